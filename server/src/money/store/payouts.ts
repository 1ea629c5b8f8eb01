// Payouts in SQL: what is ready, the frozen batches, their signatures, and what the bank has carried out.
import { sql } from "kysely";
import type { Chosen, OutlayAbout, PayableAbout } from "@partcommune/shared/money/rules/payout";
import type { PayoutState } from "@partcommune/shared/money/rules/payout-batch";
import type { Id } from "@partcommune/shared/platform/id";
import type { Where } from "@partcommune/shared/money/rules/self-billing";
import type { Money } from "@partcommune/shared/platform/money";
import { insertion } from "../../platform/rows.ts";
import type { Scope } from "../../platform/scope.ts";
import { shortOf } from "./advances.ts";
import { newestBilling } from "./billing.ts";
import { payColumns, payFrom, type PayToPost } from "./pay.ts";
import { countingIban, factsOfPayable, isVatBilled, leaving, whereOf, type PayableOwed } from "./payables.ts";

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
    .where("payable.id", "=", sql<Id>`any (${[...ids]}::uuid[])`)
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
  const { amount, toBill } = leaving(row, where);
  return { amount, vat: toBill };
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
  const rows = items.map(({ amount, vat, ...item }) => ({
    ...item,
    batch: id,
    amount_minor: amount.minor,
    vat_minor: vat.minor,
    currency,
    live: true,
  }));
  const { numAffectedRows: saved } = await sql`
    ${insertion("money.payout_item", rows)} on conflict (payable) where live do nothing`.execute(tx);
  await saveSignature({ tx, now }, id, 1, orderedBy);
  return saved === BigInt(items.length);
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
  /** And of that, the VAT of papers that were written before. */
  readonly billed: Money;
  readonly billing: Id | null;
  /** Of whoever is employed: what of their work this is, and whether it was posted before. */
  readonly pay: PayToPost | undefined;
};

/** What an item pays: a member's part of an invoice, or something beside. */
export type Paid =
  | { readonly about: "invoice"; readonly invoice: Id; readonly engagement: Id; readonly milestone: Id }
  | { readonly about: OutlayAbout; readonly source: Id };

export type ItemToPost = Item & Paid;

export type PaidRow = {
  readonly about: string;
  readonly invoice: Id | null;
  readonly engagement: Id | null;
  readonly milestone: Id | null;
  readonly source: Id | null;
};

const outlays: readonly OutlayAbout[] = ["advance", "expense", "billedVat"];

/** Of a payable's row, what it is paid for. */
export function paidFrom({ about, invoice, engagement, milestone, source }: PaidRow): Paid {
  if (invoice !== null && engagement !== null && milestone !== null) return { about: "invoice", invoice, engagement, milestone };
  const outlay = outlays.find((each) => each === about);
  if (source === null || outlay === undefined) throw new Error("something is owed for nothing");
  return { about: outlay, source };
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
    .leftJoin("money.self_billed as paper", (join) => join.onRef("paper.payable", "=", "payable.id").on("paper.item", "is not", null))
    .select(["item.pay", ...payColumns])
    .select(isVatBilled.as("billed"))
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
    billed: { minor: row.billed, currency },
    pay: payFrom(row.pay, row, currency),
    ...paidFrom(row),
  }));
}
