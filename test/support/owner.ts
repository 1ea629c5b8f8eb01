// The owner of a test coop's tables, for what the server's own role may not do.
import { sql, type Kysely } from "kysely";
import type { Test } from "tap";
import { kyselyOn, openPool } from "@partcommune/server/platform/database";
import type { TestCoop } from "./coop.ts";
import { databaseAt, startTestPostgres } from "./postgres.ts";

export async function ownerOf(t: Test, { db }: Pick<TestCoop, "db">): Promise<Kysely<never>> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
  const admin = process.env["TEST_POSTGRES_URL"] ?? (await startTestPostgres()).url;
  const owner = kyselyOn<never>(openPool(databaseAt(admin, rows[0]?.name ?? ""), "owner", 1, () => undefined));
  t.teardown(() => owner.destroy());
  return owner;
}
