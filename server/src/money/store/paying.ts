// How the invoices of what is being paid stand, in SQL.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Scope } from "../../platform/scope.ts";
import { isCollected, isOwed, isUnfreed } from "./payables.ts";

/** How the invoice of something that is ordered stands, and what of it is this member's. */
export type InvoiceStanding = {
  readonly collected: boolean;
  readonly fronted: boolean;
  /** It was paid ahead of the client before, and came back. */
  readonly ahead: boolean;
  readonly budget: Money;
  readonly gross: Money;
  readonly paid: Money;
};

/** By payable; the invoices are held until the transaction ends, in the order of their ids. */
export async function standingsHeld({ tx }: Pick<Scope, "tx">, payables: readonly Id[]): Promise<ReadonlyMap<Id, InvoiceStanding>> {
  if (payables.length === 0) return new Map();
  const these = sql<Id>`any (${[...payables]}::uuid[])`;
  await tx
    .selectFrom("money.collection")
    .select("invoice")
    .where("invoice", "in", (eb) => eb.selectFrom("money.payable").select("invoice").where("id", "=", these))
    .orderBy("invoice")
    .forUpdate()
    .execute();
  const rows = await tx
    .selectFrom("money.payable as payable")
    .innerJoin("money.collection as collection", "collection.invoice", "payable.invoice")
    .select(["payable.id", "payable.currency", "payable.fronted_at", "payable.ahead_at", "collection.paid_minor"])
    .select(isCollected.as("collected"))
    .select(isUnfreed.as("budget"))
    .select(sql<bigint>`collection.gross_minor - collection.credited_minor`.as("gross"))
    .where("payable.id", "=", these)
    .execute();
  return new Map(
    rows.map(({ id, currency, fronted_at, ahead_at, paid_minor: paid, budget, gross, collected }) => [
      id,
      {
        collected,
        fronted: fronted_at !== null,
        ahead: ahead_at !== null,
        budget: { minor: budget, currency },
        gross: { minor: gross, currency },
        paid: { minor: paid, currency },
      },
    ]),
  );
}

/** Keeps that members were paid before their clients. */
export async function noteAhead({ tx, now }: Pick<Scope, "tx" | "now">, payables: readonly Id[]): Promise<void> {
  if (payables.length === 0) return;
  const these = sql<Id>`any (${[...payables]}::uuid[])`;
  await tx.updateTable("money.payable").set({ ahead_at: now }).where("id", "=", these).where("ahead_at", "is", null).execute();
}

export type HeldPayable = {
  readonly member: Id;
  readonly owed: bigint;
  /** Of that, what repaid an advance. */
  readonly used: bigint;
  readonly ordered: boolean;
};

/** What each who did the work is still owed for an invoice, and whether it is ordered; held, so that no order comes between. */
export async function payablesHeld({ tx }: Pick<Scope, "tx">, invoice: Id): Promise<readonly HeldPayable[]> {
  const rows = await tx
    .selectFrom("money.payable")
    .select(["id", "member", "amount_minor", "credited_minor", "drawn_minor"])
    .where("invoice", "=", invoice)
    .orderBy("id")
    .forUpdate()
    .execute();
  // What was invoiced in their name, or became pay, counts as ordered, though the bank may have sent the payment back.
  const items = await tx
    .selectFrom("money.payout_item as item")
    .innerJoin("money.payable as payable", "payable.id", "item.payable")
    .leftJoin("money.self_billed as paper", "paper.item", "item.id")
    .leftJoin("money.pay as pay", "pay.id", "item.pay")
    .select("payable.id")
    .where("payable.invoice", "=", invoice)
    .where((eb) => eb.or([eb("item.live", "=", true), eb("paper.id", "is not", null), eb("pay.posted_at", "is not", null)]))
    .execute();
  const ordered = new Set(items.map(({ id }) => id));
  return rows.map((row) => ({
    member: row.member,
    owed: row.amount_minor - row.credited_minor,
    used: row.drawn_minor,
    ordered: ordered.has(row.id),
  }));
}

/** Those of invoices for which nobody is owed anything any more. Those who settle for the same invoice stand in line here: the last one sees the others. */
export async function allPaidOf({ tx }: Pick<Scope, "tx">, invoices: readonly Id[]): Promise<ReadonlySet<Id>> {
  if (invoices.length === 0) return new Set();
  const these = sql<Id>`any (${[...invoices]}::uuid[])`;
  await tx.selectFrom("money.collection").select("invoice").where("invoice", "=", these).orderBy("invoice").forUpdate().execute();
  const rows = await tx
    .selectFrom("money.payable as payable")
    .leftJoin("money.payout_item as item", (join) =>
      join.onRef("item.payable", "=", "payable.id").on("item.settled_on", "is not", null).on("item.live", "=", true),
    )
    .select("payable.invoice")
    .where("payable.invoice", "=", these)
    .where(isOwed, ">", 0n)
    .where("item.id", "is", null)
    .execute();
  const unpaid = new Set(rows.map(({ invoice }) => invoice));
  return new Set(invoices.filter((invoice) => !unpaid.has(invoice)));
}
