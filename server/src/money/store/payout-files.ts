// Files of payouts in SQL: who took which, and what one is made of.
import type { FrozenBatch } from "@partcommune/shared/money/rules/payout-batch";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import { openIban } from "./ibans.ts";

/** Fixes what the file says besides the frozen batch. The caller holds the batch. */
export async function fixFile({ tx, now }: Scope, batch: Id, account: Id, executeOn: Day): Promise<void> {
  const fixed = { state: "exported", account, exported_at: now, execute_on: executeOn };
  await tx.updateTable("money.payout_batch").set(fixed).where("id", "=", batch).execute();
}

export async function saveTaking({ tx, now, id }: Scope, batch: Id, person: Id): Promise<void> {
  await tx.insertInto("money.payout_taking").values({ id: id(), batch, person, at: now }).execute();
}

export type Taking = { readonly batch: Id; readonly by: string; readonly person: Id; readonly at: Instant };

/** Who took the files of these batches, first first. */
export async function takings({ db }: Pick<View, "db">, batches: readonly Id[]): Promise<readonly Taking[]> {
  if (batches.length === 0) return [];
  const rows = await db
    .selectFrom("money.payout_taking as taking")
    .innerJoin("membership.person_card as taker", "taker.id", "taking.person")
    .select(["taking.batch", "taking.person", "taking.at", "taker.name as by"])
    .where("taking.batch", "in", batches)
    .orderBy("taking.id")
    .execute();
  return rows.map((row) => ({ ...row, by: row.by ?? "" }));
}

export type FileToWrite = {
  readonly id: Id;
  readonly frozen: FrozenBatch;
  readonly at: Instant;
  readonly executeOn: Day;
  readonly from: { readonly iban: string; readonly bic: string | null; readonly holder: string };
  /** By item: the account as the member gave it, and its digest. */
  readonly accounts: ReadonlyMap<Id, { readonly iban: string; readonly digest: string }>;
};

/** What the file of a batch is made of; undefined while nobody has taken it. */
export async function fileToWrite({ db, keys }: View, id: Id): Promise<FileToWrite | undefined> {
  const row = await db
    .selectFrom("money.payout_batch as batch")
    .innerJoin("money.house_account as house", "house.id", "batch.account")
    .select(["batch.frozen", "batch.exported_at", "batch.execute_on", "house.iban", "house.bic", "house.holder"])
    .where("batch.id", "=", id)
    .executeTakeFirst();
  if (!row || row.exported_at === null || row.execute_on === null) return undefined;
  const items = await db
    .selectFrom("money.payout_item as item")
    .innerJoin("money.iban as account", "account.id", "item.iban")
    .select(["item.id", "account.member", "account.sealed", "account.digest"])
    .where("item.batch", "=", id)
    .execute();
  const { frozen, exported_at: at, execute_on: executeOn, ...from } = row;
  const accounts = items.map(
    (item) => [item.id, { iban: openIban(keys, item.member, item.sealed), digest: item.digest.toString("hex") }] as const,
  );
  return { id, frozen: JSON.parse(frozen) as FrozenBatch, at, executeOn, from, accounts: new Map(accounts) };
}

/** Whether a batch is there at all. */
export const batchStands = async ({ db }: Pick<View, "db">, id: Id): Promise<boolean> =>
  (await db.selectFrom("money.payout_batch").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;
