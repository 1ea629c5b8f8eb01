// How much of an invoice is paid, in SQL.
import { objectionToClientPayment, type OpenInvoice } from "@partcommune/shared/money/rules/bank-line";
import { worthOfPart } from "@partcommune/shared/money/rules/foreign";
import type { Earned } from "@partcommune/shared/money/rules/collection";
import type { Id } from "@partcommune/shared/platform/id";
import { minus, sum, type Money } from "@partcommune/shared/platform/money";
import type { Scope } from "../../platform/scope.ts";

/** What is open of an invoice, less what was credited of it, and what that is worth in the coop's own money. */
export type Standing = OpenInvoice & { readonly worth: Money };

const standings = ({ tx }: Pick<Scope, "tx">, invoice: Id) =>
  tx
    .selectFrom("money.collection as collection")
    .innerJoin("money.document as document", "document.id", "collection.invoice")
    .innerJoin("platform.coop as coop", (join) => join.onTrue())
    .selectAll("collection")
    .select([
      "document.currency",
      "document.client",
      "document.engagement",
      "document.milestone",
      "document.sister",
      "coop.currency as home",
    ])
    .where("invoice", "=", invoice)
    .where("document.kind", "=", "invoice")
    .$narrowType<{ client: Id }>();

type Row = Awaited<ReturnType<ReturnType<typeof standings>["executeTakeFirstOrThrow"]>>;

const standingFrom = (row: Row): Standing => ({
  gross: { minor: row.gross_minor - row.credited_minor, currency: row.currency },
  paid: { minor: row.paid_minor, currency: row.currency },
  worth: { minor: row.worth_minor, currency: row.home },
});

/** How an invoice stands. */
export async function collectionOf(scope: Pick<Scope, "tx">, invoice: Id): Promise<Standing | undefined> {
  const row = await standings(scope, invoice).executeTakeFirst();
  return row && standingFrom(row);
}

export type Collected = OpenInvoice & {
  /** What of its worth in the coop's own money was paid by this. */
  readonly worth: Money;
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
export async function collect({ tx }: Pick<Scope, "tx">, invoice: Id, amount: Money): Promise<Collected | undefined> {
  const row = await standings({ tx }, invoice).forUpdate("collection").executeTakeFirst();
  if (!row || objectionToClientPayment(amount, standingFrom(row))) return undefined;
  const { gross, paid: before, worth: open } = standingFrom(row);
  const worth = worthOfPart({ open: minus(gross, before), worth: open }, amount);
  await tx
    .updateTable("money.collection")
    // What was given up and comes in after all is lost no more.
    .set({
      paid_minor: row.paid_minor + amount.minor,
      worth_minor: row.worth_minor - worth.minor,
      lost_minor: row.lost_minor > amount.minor ? row.lost_minor - amount.minor : 0n,
    })
    .where("invoice", "=", invoice)
    .execute();
  const { client, engagement, milestone } = row;
  const earnings = await earningsOf({ tx }, invoice, row.home);
  const sister = row.sister === null ? undefined : { host: row.sister };
  return { client, engagement, milestone, sister, gross, paid: sum(before, amount), worth, earnings };
}
