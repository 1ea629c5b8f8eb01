// Proposals and votes: what members ask each other, who may answer, what they answered, and the one way a rule is changed.
import { sql, type Kysely } from "kysely";
import { enacting } from "./0011-governance-votes/enacting.sql.ts";
import { panels } from "./0011-governance-votes/panels.sql.ts";
import { proposals } from "./0011-governance-votes/proposals.sql.ts";
import { rolls } from "./0011-governance-votes/rolls.sql.ts";
import { votes } from "./0011-governance-votes/votes.sql.ts";

export async function up(db: Kysely<never>): Promise<void> {
  await sql.raw(votes).execute(db);
  await sql.raw(rolls).execute(db);
  await sql.raw(proposals).execute(db);
  await sql.raw(enacting).execute(db);
  await sql.raw(panels).execute(db);
}
