// What the bank reports on payouts, in SQL: each report kept as it came, what it says of each transfer, and what it refused.
import { sql } from "kysely";
import type { Answer, StatusRead } from "@partcommune/shared/money/rules/bank-report";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { insertion } from "../../platform/rows.ts";
import type { Scope, View } from "../../platform/scope.ts";

/** The transfers of a payout, in the order of their ids. */
export async function itemsIn({ tx }: Pick<Scope, "tx">, batch: Id): Promise<readonly Id[]> {
  const rows = await tx.selectFrom("money.payout_item").select("id").where("batch", "=", batch).orderBy("id").execute();
  return rows.map(({ id }) => id);
}

export type NewReport = StatusRead & {
  readonly batch: Id;
  readonly name: string;
  readonly hash: Buffer;
  readonly file: Buffer;
  readonly by: Id;
};

/** Keeps a report with its answers. Undefined where the very file has been read before. */
export async function saveReport(
  { tx, now, id }: Scope,
  { by, ...report }: NewReport,
  answers: readonly Answer[],
): Promise<Id | undefined> {
  const row = await tx
    .insertInto("money.payout_report")
    .values({ id: id(), ...report, read_by: by, read_at: now })
    .onConflict((conflict) => conflict.column("hash").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (answers.length > 0) {
    const rows = answers.map((answer) => ({ report: row.id, ...answer }));
    await insertion("money.payout_answer", rows).execute(tx);
  }
  return row.id;
}

/** How many of these the bank's statement has shown, whatever a report says. */
export async function settledOf({ tx }: Pick<Scope, "tx">, items: readonly Id[]): Promise<number> {
  const these = sql<Id>`any (${[...items]}::uuid[])`;
  const rows = await tx
    .selectFrom("money.payout_item")
    .select("id")
    .where("id", "=", these)
    .where("settled_on", "is not", null)
    .where("returned_on", "is", null)
    .execute();
  return rows.length;
}

/** A batch of which nothing waits any more is over: settled where the bank booked something of it, else refused. The caller holds it. */
export async function endBatch({ tx }: Pick<Scope, "tx">, batch: Id): Promise<void> {
  await sql`
    update money.payout_batch set state = case when exists (
        select from money.payout_item where batch = payout_batch.id and settled_on is not null) then 'settled' else 'refused' end
    where id = ${batch} and state = 'exported'
      and not exists (select from money.payout_item where batch = payout_batch.id and live and settled_on is null)`.execute(tx);
}

export type SaidOf = StatusRead & { readonly of: Id; readonly at: Instant };

/** The last that the bank said of these payouts, and of their transfers, by either. */
export async function lastSaid({ db }: Pick<View, "db">, batches: readonly Id[]): Promise<ReadonlyMap<Id, SaidOf>> {
  if (batches.length === 0) return new Map();
  const these = sql`any (${[...batches]}::uuid[])`;
  const { rows } = await sql<SaidOf>`
    select distinct on (batch) batch as of, status, reason, words, read_at as at from money.payout_report
    where batch = ${these} and status <> '' order by batch, id desc`.execute(db);
  const { rows: answers } = await sql<SaidOf>`
    select distinct on (answer.item) answer.item as of, answer.status, answer.reason, answer.words, read_at as at
    from money.payout_report report join money.payout_answer answer on answer.report = report.id
    where report.batch = ${these} order by answer.item, report.id desc`.execute(db);
  return new Map([...rows, ...answers].map((said) => [said.of, said]));
}

/** What the bank reported when it last refused a transfer of each of these payables. */
export async function refusedBefore({ db }: Pick<View, "db">, payables: readonly Id[]): Promise<ReadonlyMap<Id, SaidOf>> {
  if (payables.length === 0) return new Map();
  const { rows } = await sql<SaidOf>`
    select distinct on (item.payable) item.payable as of, answer.status, answer.reason, answer.words, read_at as at
    from money.payout_item item join money.payout_report report on report.id = item.refused_by
    join money.payout_answer answer on answer.report = report.id and answer.item = item.id
    where item.payable = any (${[...payables]}::uuid[]) order by item.payable, item.id desc`.execute(db);
  return new Map(rows.map((said) => [said.of, said]));
}

/** Which of these transfers the bank refused by a report. */
export async function refusedAmong({ db }: Pick<View, "db">, items: readonly Id[]): Promise<ReadonlySet<Id>> {
  if (items.length === 0) return new Set();
  const rows = await db
    .selectFrom("money.payout_item")
    .select("id")
    .where("id", "=", sql<Id>`any (${[...items]}::uuid[])`)
    .where("refused_on", "is not", null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
