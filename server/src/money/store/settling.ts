// What the bank did with the items of signed payouts, in SQL: carried out, or sent back.
import { sql } from "kysely";
import { payoutTable, type PayoutState } from "@partcommune/shared/money/rules/payout-batch";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import type { Day } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";
import { allPaidOf } from "./paying.ts";
import { paidFrom, type Paid, type PaidRow } from "./payouts.ts";

export type SettledItem = Paid & {
  readonly payable: Id;
  readonly member: Id;
  /** With it everybody who is owed something for that invoice is paid. */
  readonly whole: boolean;
};

/** What the bank has carried out of an item. */
export type CarriedOut = { readonly item: Id; readonly line: Id; readonly bookedOn: Day; readonly amount: Money };

/** Settles items of signed batches, each once, and a batch with its last one; what was settled, by item. */
export async function settleItems({ tx }: Pick<Scope, "tx">, carriedOut: readonly CarriedOut[]): Promise<ReadonlyMap<Id, SettledItem>> {
  const batches = await signedOf({ tx }, carriedOut);
  const { rows } = await sql<PaidRow & { readonly item: Id; readonly payable: Id; readonly member: Id }>`
    update money.payout_item item set settled_on = given.booked_on, settled_line = given.line
    from money.payable, unnest(${carriedOut.map(({ item }) => item)}::uuid[], ${carriedOut.map(({ line }) => line)}::uuid[],
      ${carriedOut.map(({ bookedOn }) => bookedOn)}::date[], ${carriedOut.map(({ amount }) => String(amount.minor))}::bigint[])
      given (of, line, booked_on, minor)
    where payable.id = item.payable and item.id = given.of and item.batch = any (${batches}::uuid[])
      and item.live and item.settled_on is null and item.amount_minor = given.minor
    returning item.id as item, payable.id as payable, payable.member, payable.about, payable.engagement, payable.milestone,
      payable.invoice, payable.source`.execute(tx);
  await endSettled({ tx }, batches);
  return whole({ tx }, carriedOut, new Map(rows.map(({ item, payable, member, ...row }) => [item, { payable, member, ...paidFrom(row) }])));
}

/** The batches of items that can be settled, held: of two last items at once, the second sees the first settled. */
async function signedOf({ tx }: Pick<Scope, "tx">, carriedOut: readonly CarriedOut[]): Promise<readonly Id[]> {
  const items = sql<Id>`any (${carriedOut.map(({ item }) => item)}::uuid[])`;
  const rows = await tx
    .selectFrom("money.payout_batch")
    .select(["id", "state"])
    .where("id", "in", (eb) => eb.selectFrom("money.payout_item").select("batch").where("id", "=", items))
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.filter(({ state }) => !objectionToVerb(payoutTable, state as PayoutState, "settle")).map(({ id }) => id);
}

/** A batch of which nothing is open any more is settled. */
async function endSettled({ tx }: Pick<Scope, "tx">, batches: readonly Id[]): Promise<void> {
  await sql`
    update money.payout_batch set state = 'settled' where id = any (${batches}::uuid[])
      and not exists (select from money.payout_item where batch = payout_batch.id and live and settled_on is null)`.execute(tx);
}

type Settled = Omit<SettledItem, "whole"> & Paid;

/** Of several who are paid for the same invoice, the last one makes it whole. */
async function whole(
  { tx }: Pick<Scope, "tx">,
  carriedOut: readonly CarriedOut[],
  settled: ReadonlyMap<Id, Settled>,
): Promise<ReadonlyMap<Id, SettledItem>> {
  const lastOf = new Map(carriedOut.flatMap(({ item }) => invoiceIn(settled.get(item)).map((invoice) => [invoice, item] as const)));
  const paid = await allPaidOf({ tx }, [...lastOf.keys()]);
  const isWhole = (item: Id, of: Settled): boolean => invoiceIn(of).every((invoice) => paid.has(invoice) && lastOf.get(invoice) === item);
  return new Map([...settled].map(([item, of]) => [item, { ...of, whole: isWhole(item, of) }]));
}

const invoiceIn = (paid: Paid | undefined): readonly Id[] => (paid?.about === "invoice" ? [paid.invoice] : []);

export type ReturnedItem = Paid & {
  readonly item: Id;
  readonly amount: Money;
  readonly payable: Id;
  readonly member: Id;
  readonly into: Id | undefined;
  readonly isPay: boolean;
};

type Ended = { readonly returned_on: Day; readonly returned_line: Id } | { readonly refused_on: Day; readonly refused_by: Id };

/** Ends living items; their payables can be ordered once more. */
const ending = ({ tx }: Pick<Scope, "tx">, items: readonly Id[], ended: Ended) =>
  tx
    .updateTable("money.payout_item as item")
    .from("money.payable as payable")
    .leftJoin("money.earning as earning", (join) =>
      join.onRef("earning.invoice", "=", "payable.invoice").onRef("earning.member", "=", "payable.member"),
    )
    .leftJoin("money.expense as expense", "expense.id", "payable.source")
    .set({ live: false, ...ended })
    .whereRef("payable.id", "=", "item.payable")
    .where("item.id", "=", sql<Id>`any (${[...items]}::uuid[])`)
    .where("item.live", "=", true)
    .returning(["payable.id as payable", "payable.member", "payable.about", "payable.engagement", "payable.milestone"])
    .returning(["payable.invoice", "payable.source", "item.pay", "item.id as item", "item.amount_minor as minor", "item.currency"])
    .returning((eb) => eb.fn.coalesce("earning.into_budget", "expense.into_budget").as("into_budget"));

type EndedRow = Awaited<ReturnType<ReturnType<typeof ending>["executeTakeFirstOrThrow"]>>;

const returnedFrom = ({ item, minor, currency, payable, member, into_budget: into, ...of }: EndedRow): ReturnedItem => ({
  item,
  amount: { minor, currency },
  payable,
  member,
  into: into ?? undefined,
  isPay: of.pay !== null,
  ...paidFrom(of),
});

/** Ends a settled item that the bank sent back. Undefined when it was sent back already. */
export async function returnItem(
  scope: Pick<Scope, "tx">,
  item: Id,
  line: { readonly id: Id; readonly bookedOn: Day; readonly amount: Money },
): Promise<ReturnedItem | undefined> {
  const row = await ending(scope, [item], { returned_on: line.bookedOn, returned_line: line.id })
    .where("item.settled_on", "is not", null)
    .where("item.amount_minor", "=", line.amount.minor)
    .executeTakeFirst();
  return row && returnedFrom(row);
}

/** Ends those of these items that the bank refused by a report and has not booked. The caller holds their batch. */
export async function refuseItems(
  scope: Pick<Scope, "tx">,
  { report, on }: { readonly report: Id; readonly on: Day },
  items: readonly Id[],
): Promise<readonly ReturnedItem[]> {
  const rows = await ending(scope, items, { refused_on: on, refused_by: report }).where("item.settled_on", "is", null).execute();
  return rows.map(returnedFrom);
}
