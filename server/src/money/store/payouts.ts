// Payouts in SQL: what is ready, the frozen batches, their signatures, and what the bank has carried out.
import { sql } from "kysely";
import type { OrderedItem } from "@partcommune/shared/money/rules/bank-line";
import type { Chosen, PayableAbout } from "@partcommune/shared/money/rules/payout";
import { payoutTable, type PayoutState } from "@partcommune/shared/money/rules/payout-batch";
import type { Id } from "@partcommune/shared/platform/id";
import type { Where } from "@partcommune/shared/money/rules/self-billing";
import { zero, type Money } from "@partcommune/shared/platform/money";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import type { Day } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";
import { shortOf } from "./advances.ts";
import { newestBilling } from "./billing.ts";
import { payColumns, payFrom, type PayToPost } from "./pay.ts";
import { countingIban, factsOfPayable, leaving, whereOf, type PayableOwed } from "./payables.ts";
import { allPaidOf } from "./paying.ts";

export type PayableToOrder = Chosen & {
  readonly id: Id;
  readonly member: Id;
  /** The member's name and the invoice's number, or what else it is about, as the file for the bank will say them. */
  readonly name: string;
  readonly about: PayableAbout;
  readonly number: string | null;
  /** What leaves, and of that the VAT of the invoice that is written in the member's name by these details. */
  readonly amount: Money;
  readonly vat: Money;
  readonly billing: Id | null;
  /** Of whoever is employed, what they have in hand of it. */
  readonly pay: Id | null;
  readonly iban: { readonly id: Id; readonly digest: Buffer; readonly masked: string } | undefined;
};

/** The chosen payables with what decides whether they can be ordered, in the order of their ids: two who order the same ones wait and never deadlock. */
export async function payablesToOrder({ tx, now }: Scope, ids: readonly Id[]): Promise<readonly PayableToOrder[]> {
  const rows = await factsOfPayable(tx, now)
    .leftJoin("money.iban as account", "account.id", "counting.id")
    .innerJoin("membership.member_card as card", "card.id", "payable.member")
    .leftJoin("money.document as document", "document.id", "payable.invoice")
    .select(["account.id as iban", "account.digest", "account.masked", "card.name", "document.number"])
    .where("payable.id", "in", ids)
    .orderBy("payable.id")
    // A credit of the invoice waits for the order, or the order for the credit.
    .forUpdate("payable")
    .execute();
  const short = await shortOf({ db: tx, now }, rows);
  const where = await whereOf({ db: tx, now });
  return rows.map(({ iban, digest, masked, ...row }) => ({
    ...row,
    name: row.name ?? "",
    short: short.has(row.id),
    ...ordering(row, where),
    iban: iban === null || digest === null || masked === null ? undefined : { id: iban, digest, masked },
  }));
}

/** What is ordered of a payable: of what leaves, the VAT of a paper that is still to be written. */
function ordering(row: PayableOwed, where: Where): Pick<PayableToOrder, "amount" | "vat"> {
  const { amount, vat } = leaving(row, where);
  return { amount, vat: row.billing === null ? zero(row.currency) : vat };
}

export type NewBatch = {
  readonly id: Id;
  readonly total: Money;
  readonly frozen: string;
  readonly hash: Buffer;
  readonly orderedBy: Id;
  readonly items: readonly (Pick<PayableToOrder, "member" | "amount" | "vat" | "billing" | "pay"> & {
    readonly id: Id;
    readonly payable: Id;
    readonly iban: Id;
  })[];
};

/** Saves a frozen batch with its first signature. False when one of its payables is in another batch by now. */
export async function saveBatch({ tx, now }: Scope, { id, total, items, orderedBy, ...frozen }: NewBatch): Promise<boolean> {
  const { minor: total_minor, currency } = total;
  const batch = { id, ...frozen, total_minor, currency, items: items.length, state: "ordered", ordered_by: orderedBy, ordered_at: now };
  await tx.insertInto("money.payout_batch").values(batch).execute();
  const saved = await tx
    .insertInto("money.payout_item")
    .values(items.map(({ amount, vat, ...item }) => ({ ...item, batch: id, amount_minor: amount.minor, vat_minor: vat.minor, currency })))
    .onConflict((conflict) => conflict.column("payable").where("live", "=", sql.lit(true)).doNothing())
    .executeTakeFirst();
  await saveSignature({ tx, now }, id, 1, orderedBy);
  return saved.numInsertedOrUpdatedRows === BigInt(items.length);
}

/** Keeps a signature. False when this person, or somebody before them, has signed so already. */
export async function saveSignature({ tx, now }: Pick<Scope, "tx" | "now">, batch: Id, no: 1 | 2, person: Id): Promise<boolean> {
  const row = await tx
    .insertInto("money.payout_signature")
    .values({ batch, no, person, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return row.numInsertedOrUpdatedRows === 1n;
}

export type HeldBatch = { readonly state: PayoutState; readonly hash: string; readonly orderedBy: Id; readonly items: number };

/** A batch held until the transaction ends: who signs, cancels or settles it stands in line here. */
export async function heldBatch({ tx }: Pick<Scope, "tx">, id: Id): Promise<HeldBatch | undefined> {
  const row = await tx
    .selectFrom("money.payout_batch")
    .select(["state", "hash", "ordered_by", "items"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row && { state: row.state as PayoutState, hash: row.hash.toString("hex"), orderedBy: row.ordered_by, items: row.items };
}

/** Moves a batch on. The caller holds it. */
export async function moveBatch({ tx }: Pick<Scope, "tx">, id: Id, to: "signed" | "exported" | "settled"): Promise<void> {
  await tx.updateTable("money.payout_batch").set({ state: to }).where("id", "=", id).execute();
}

/** Cancels a batch; its payables are free again. The caller holds it. */
export async function cancelBatch({ tx }: Pick<Scope, "tx">, id: Id, person: Id): Promise<void> {
  await tx.updateTable("money.payout_batch").set({ state: "cancelled", cancelled_by: person }).where("id", "=", id).execute();
  await tx.updateTable("money.payout_item").set({ live: false }).where("batch", "=", id).execute();
}

/** Whether an account of a batch no longer counts, or is about to be changed, or somebody bills in another way by now. */
export async function accountsMoved({ tx, now }: Pick<Scope, "tx" | "now">, batch: Id): Promise<boolean> {
  const row = await tx
    .selectFrom("money.payout_item as item")
    .leftJoinLateral(countingIban(now, sql.ref("item.member")), (join) => join.onTrue())
    .leftJoinLateral(newestBilling(sql.ref("item.member")), (join) => join.on("item.billing", "is not", null))
    .select("item.id")
    .where("item.batch", "=", batch)
    .where((eb) => eb.or([eb("counting.id", "is distinct from", eb.ref("item.iban")), eb("billing.id", "<>", eb.ref("item.billing"))]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

type Item = {
  readonly id: Id;
  readonly payable: Id;
  readonly member: Id;
  /** The budget that its invoice went into; undefined: the first. */
  readonly into: Id | undefined;
  readonly amount: Money;
  /** Of that, the VAT of the invoice that is written in the member's name by these details. */
  readonly vat: Money;
  readonly billing: Id | null;
  /** Of whoever is employed: what of their work this is, and whether it was posted before. */
  readonly pay: PayToPost | undefined;
};

/** What an item pays: a member's part of an invoice, an advance, or what they spent. */
export type Paid =
  | { readonly about: "invoice"; readonly invoice: Id; readonly engagement: Id; readonly milestone: Id }
  | { readonly about: "advance" | "expense"; readonly source: Id };

export type ItemToPost = Item & Paid;

type PaidRow = {
  readonly about: string;
  readonly invoice: Id | null;
  readonly engagement: Id | null;
  readonly milestone: Id | null;
  readonly source: Id | null;
};

function paidFrom({ about, invoice, engagement, milestone, source }: PaidRow): Paid {
  if (invoice !== null && engagement !== null && milestone !== null) return { about: "invoice", invoice, engagement, milestone };
  if (source === null) throw new Error("something is owed for nothing");
  return { about: about === "expense" ? "expense" : "advance", source };
}

/** The items of a batch as they are posted. */
export async function itemsOf({ tx }: Pick<Scope, "tx">, batch: Id): Promise<readonly ItemToPost[]> {
  const rows = await tx
    .selectFrom("money.payout_item as item")
    .innerJoin("money.payable as payable", "payable.id", "item.payable")
    .leftJoin("money.earning as earning", (join) =>
      join.onRef("earning.invoice", "=", "payable.invoice").onRef("earning.member", "=", "payable.member"),
    )
    .leftJoin("money.expense as expense", "expense.id", "payable.source")
    .leftJoin("money.pay as pay", "pay.id", "item.pay")
    .select(["item.pay", ...payColumns])
    .select(["item.id", "item.payable", "item.member", "item.amount_minor", "item.currency", "item.vat_minor", "item.billing"])
    .select((eb) => eb.fn.coalesce("earning.into_budget", "expense.into_budget").as("into_budget"))
    .select(["payable.about", "payable.invoice", "payable.engagement", "payable.milestone", "payable.source"])
    .where("item.batch", "=", batch)
    .orderBy("item.id")
    .execute();
  return rows.map(({ id, payable, member, billing, amount_minor: minor, vat_minor: vat, currency, into_budget: into, ...row }) => ({
    id,
    payable,
    member,
    billing,
    into: into ?? undefined,
    amount: { minor, currency },
    vat: { minor: vat, currency },
    pay: payFrom(row.pay, row, currency),
    ...paidFrom(row),
  }));
}

/** What the rule asks of an item whose payment stands on the bank's statement. */
export async function itemToSettle({ tx }: Pick<Scope, "tx">, id: Id): Promise<OrderedItem | undefined> {
  const row = await tx
    .selectFrom("money.payout_item as item")
    .innerJoin("money.payout_batch as batch", "batch.id", "item.batch")
    .select(["item.amount_minor", "item.currency", "item.settled_on", "batch.state"])
    .where("item.id", "=", id)
    .executeTakeFirst();
  return (
    row && {
      amount: { minor: row.amount_minor, currency: row.currency },
      batch: row.state as PayoutState,
      settled: row.settled_on !== null,
    }
  );
}

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
      and item.settled_on is null and item.amount_minor = given.minor
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
      and not exists (select from money.payout_item where batch = payout_batch.id and settled_on is null)`.execute(tx);
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

export type ReturnedItem = Paid & { readonly payable: Id; readonly member: Id; readonly into: Id | undefined; readonly isPay: boolean };

/** Ends a settled item that the bank sent back; its payable can be ordered once more. Undefined when it was sent back already. */
export async function returnItem(
  { tx }: Pick<Scope, "tx">,
  item: Id,
  line: { readonly id: Id; readonly bookedOn: Day; readonly amount: Money },
): Promise<ReturnedItem | undefined> {
  const row = await tx
    .updateTable("money.payout_item as item")
    .from("money.payable as payable")
    .leftJoin("money.earning as earning", (join) =>
      join.onRef("earning.invoice", "=", "payable.invoice").onRef("earning.member", "=", "payable.member"),
    )
    .leftJoin("money.expense as expense", "expense.id", "payable.source")
    .set({ live: false, returned_on: line.bookedOn, returned_line: line.id })
    .whereRef("payable.id", "=", "item.payable")
    .where("item.id", "=", item)
    .where("item.live", "=", true)
    .where("item.settled_on", "is not", null)
    .where("item.amount_minor", "=", line.amount.minor)
    .returning(["payable.id as payable", "payable.member", "payable.about", "payable.engagement", "payable.milestone"])
    .returning(["payable.invoice", "payable.source", "item.pay"])
    .returning((eb) => eb.fn.coalesce("earning.into_budget", "expense.into_budget").as("into_budget"))
    .executeTakeFirst();
  if (!row) return undefined;
  const { payable, member, into_budget: into, ...of } = row;
  return { payable, member, into: into ?? undefined, isPay: of.pay !== null, ...paidFrom(of) };
}
