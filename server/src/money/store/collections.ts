// How much of an invoice is paid, in SQL.
import { sql } from "kysely";
import type { OpenInvoice } from "@partcommune/shared/money/rules/bank-line";
import type { Earned } from "@partcommune/shared/money/rules/collection";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Scope } from "../../platform/scope.ts";

/** What is open of an invoice, less what was credited of it. */
export async function collectionOf({ tx }: Pick<Scope, "tx">, invoice: Id): Promise<OpenInvoice | undefined> {
  const row = await tx
    .selectFrom("money.collection as collection")
    .innerJoin("money.document as document", "document.id", "collection.invoice")
    .select(["document.currency", "collection.gross_minor", "collection.paid_minor", "collection.credited_minor"])
    .where("invoice", "=", invoice)
    .where("document.kind", "=", "invoice")
    .executeTakeFirst();
  return (
    row && {
      gross: { minor: row.gross_minor - row.credited_minor, currency: row.currency },
      paid: { minor: row.paid_minor, currency: row.currency },
    }
  );
}

export type Collected = OpenInvoice & {
  readonly client: Id;
  readonly engagement: Id;
  readonly milestone: Id;
  /** The coop whose member did the work, by its host. */
  readonly sister: { readonly host: Id } | undefined;
  /** What each who did the work still earns of it, the lead first. */
  readonly earnings: readonly Earned[];
};

/** What each who did the work earns of an invoice, less what was credited of that, and what is held no more; the lead first. */
export async function earningsOf({ tx }: Pick<Scope, "tx">, invoice: Id, currency: string): Promise<readonly Earned[]> {
  const rows = await tx
    .selectFrom("money.earning as earning")
    .leftJoin("money.payable as payable", (join) =>
      join.onRef("payable.invoice", "=", "earning.invoice").onRef("payable.member", "=", "earning.member"),
    )
    .selectAll("earning")
    .select(["payable.ahead_at", "payable.freed_minor"])
    .where("earning.invoice", "=", invoice)
    .orderBy("earning.number")
    .execute();
  return rows.map((row) => ({
    member: row.member,
    into: row.into_budget ?? undefined,
    budget: { minor: row.budget_minor - row.credited_minor - (row.freed_minor ?? 0n), currency },
    ahead: row.ahead_at !== null,
  }));
}

/** Counts a payment if that much is open; what the invoice then is, less what was credited of it. Rivals wait for the row and see what it became. */
export async function collect({ tx }: Pick<Scope, "tx">, invoice: Id, { minor, currency }: Money): Promise<Collected | undefined> {
  const row = await tx
    .updateTable("money.collection as collection")
    .from("money.document as document")
    // What was given up and comes in after all is lost no more.
    .set((eb) => ({
      paid_minor: eb("collection.paid_minor", "+", minor),
      lost_minor: sql<bigint>`greatest(collection.lost_minor - ${minor}::bigint, 0)`,
    }))
    .whereRef("document.id", "=", "collection.invoice")
    .where("collection.invoice", "=", invoice)
    .where("document.kind", "=", "invoice")
    .where("document.currency", "=", currency)
    .where((eb) =>
      eb(eb(eb("collection.paid_minor", "+", minor), "+", eb.ref("collection.credited_minor")), "<=", eb.ref("collection.gross_minor")),
    )
    .returning(["collection.paid_minor", "collection.gross_minor", "collection.credited_minor"])
    .returning(["document.client", "document.engagement", "document.milestone", "document.sister"])
    .$narrowType<{ client: Id }>()
    .executeTakeFirst();
  if (!row) return undefined;
  const { client, engagement, milestone, paid_minor: paid } = row;
  const money = (amount: bigint): Money => ({ minor: amount, currency });
  const earnings = await earningsOf({ tx }, invoice, currency);
  const sister = row.sister === null ? undefined : { host: row.sister };
  return { client, engagement, milestone, sister, paid: money(paid), gross: money(row.gross_minor - row.credited_minor), earnings };
}
