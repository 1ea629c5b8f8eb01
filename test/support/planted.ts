// Faults planted in a coop's rows by the owner of its tables, with the guards switched off: each check must find the one it is for.
import type { Test } from "tap";
import { sql, type Kysely } from "kysely";
import { checks } from "@partcommune/server/money/checks";
import { failing } from "@partcommune/server/platform/checks";
import type { Database } from "@partcommune/server/platform/database";
import type { TestCoop } from "./coop.ts";
import { ownerOf } from "./owner.ts";

export type Fault = readonly [check: string, plant: string];

/** Every planted fault is found by its check, and a house without any is sound before and after. */
export async function faultsFound(t: Test, coop: TestCoop, faults: readonly Fault[]): Promise<void> {
  const found = async () => (await failing(checks, coop.db, coop.now())).map(({ name }) => name);
  t.same(await found(), [], "a sound house");
  const owner = await ownerOf(t, coop);
  for (const [check, plant] of faults) t.ok(await isFound(owner, check, plant, coop), `${check}: ${plant}`);
  t.same(await found(), [], "what was planted is gone again");
}

/** Whether the check finds what is planted; it is rolled back. */
async function isFound(owner: Kysely<never>, check: string, plant: string, coop: TestCoop): Promise<boolean> {
  let found = false;
  const undone = owner.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    const { numAffectedRows: planted = 0n } = await sql.raw(plant).execute(tx);
    if (planted === 0n) throw new Error(`nothing was planted by ${plant}`);
    for (const { name, rows } of checks) if (name === check) found = (await rows(tx as unknown as Database, coop.now())).length > 0;
    throw new Error("undone");
  });
  await undone.catch((error: Error) => {
    if (error.message !== "undone") throw error;
  });
  return found;
}
