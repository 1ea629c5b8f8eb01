// Other coops: what passes between them and us.
import { sql, type Kysely } from "kysely";
import { engine } from "./0013-federation/engine.sql.ts";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`create schema federation; grant usage on schema federation to partcommune_app`.execute(db);
  await sql.raw(engine).execute(db);
}
