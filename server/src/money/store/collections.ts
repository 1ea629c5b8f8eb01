// How much of an invoice is paid, in SQL.
import type { OpenInvoice } from "@partcommune/shared/money/rules/bank-line";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Scope } from "../../platform/scope.ts";

/** What is open of an invoice. */
export async function collectionOf({ tx }: Pick<Scope, "tx">, invoice: Id): Promise<OpenInvoice | undefined> {
  const row = await tx
    .selectFrom("money.collection as collection")
    .innerJoin("money.document as document", "document.id", "collection.invoice")
    .select(["document.currency", "collection.gross_minor", "collection.paid_minor"])
    .where("invoice", "=", invoice)
    .executeTakeFirst();
  return row && { gross: { minor: row.gross_minor, currency: row.currency }, paid: { minor: row.paid_minor, currency: row.currency } };
}

export type Collected = OpenInvoice & {
  readonly client: Id;
  readonly member: Id;
  readonly engagement: Id;
  readonly milestone: Id;
  readonly budget: Money;
};

/** Counts a payment if that much is open; what the invoice then is. Rivals wait for the row and see what it became. */
export async function collect({ tx }: Pick<Scope, "tx">, invoice: Id, { minor, currency }: Money): Promise<Collected | undefined> {
  const row = await tx
    .updateTable("money.collection as collection")
    .from("money.document as document")
    .set((eb) => ({ paid_minor: eb("collection.paid_minor", "+", minor) }))
    .whereRef("document.id", "=", "collection.invoice")
    .where("collection.invoice", "=", invoice)
    .where("document.currency", "=", currency)
    .where((eb) => eb(eb("collection.paid_minor", "+", minor), "<=", eb.ref("collection.gross_minor")))
    .returning(["collection.paid_minor", "collection.gross_minor", "document.budget_minor"])
    .returning(["document.client", "document.member", "document.engagement", "document.milestone"])
    .executeTakeFirst();
  if (!row) return undefined;
  const { paid_minor: paid, gross_minor: gross, budget_minor: budget, ...parts } = row;
  const money = (amount: bigint): Money => ({ minor: amount, currency });
  return { ...parts, paid: money(paid), gross: money(gross), budget: money(budget) };
}
