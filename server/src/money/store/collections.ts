// How much of an invoice is paid, in SQL.
import { sql } from "kysely";
import { objectionToClientPayment, type OpenInvoice } from "@partcommune/shared/money/rules/bank-line";
import { worthOfPart } from "@partcommune/shared/money/rules/foreign";
import type { Earned } from "@partcommune/shared/money/rules/collection";
import type { Id } from "@partcommune/shared/platform/id";
import { minus, sum, type Money } from "@partcommune/shared/platform/money";
import type { Scope } from "../../platform/scope.ts";

/** What is open of an invoice, less what was credited of it, and what that is worth in the coop's own money. */
export type Standing = OpenInvoice & { readonly worth: Money };

const standings = ({ tx }: Pick<Scope, "tx">, invoices: readonly Id[]) =>
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
    .where("invoice", "=", sql<Id>`any (${[...invoices]}::uuid[])`)
    .where("document.kind", "=", "invoice")
    .orderBy("invoice")
    .$narrowType<{ client: Id }>();

type Row = Awaited<ReturnType<ReturnType<typeof standings>["executeTakeFirstOrThrow"]>>;

const standingFrom = (row: Row): Standing => ({
  gross: { minor: row.gross_minor - row.credited_minor, currency: row.currency },
  paid: { minor: row.paid_minor, currency: row.currency },
  worth: { minor: row.worth_minor, currency: row.home },
});

/** How an invoice stands. */
export async function collectionOf(scope: Pick<Scope, "tx">, invoice: Id): Promise<Standing | undefined> {
  const row = await standings(scope, [invoice]).executeTakeFirst();
  return row && standingFrom(row);
}

/** Counts what a client paid beyond an invoice, or, below zero, had back of that. Rivals wait for the row and see what it became. */
export async function countOver(
  { tx }: Pick<Scope, "tx">,
  invoice: Id,
  minor: bigint,
): Promise<(Standing & { readonly client: Id; readonly engagement: Id }) | undefined> {
  const row = await standings({ tx }, [invoice]).forUpdate("collection").executeTakeFirst();
  if (!row) return undefined;
  await tx
    .updateTable("money.collection")
    .set((eb) => ({ paid_minor: eb("paid_minor", "+", minor), worth_minor: eb("worth_minor", "-", minor) }))
    .where("invoice", "=", invoice)
    .execute();
  return { ...standingFrom(row), client: row.client, engagement: row.engagement };
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

/** What each who did the work earns of these invoices, less what was credited of that, and what is held no more; the lead first. */
export async function earningsOf(
  { tx }: Pick<Scope, "tx">,
  invoices: readonly Id[],
  currency: string,
): Promise<ReadonlyMap<Id, readonly Earned[]>> {
  const rows = await tx
    .selectFrom("money.earning as earning")
    .leftJoin("money.payable as payable", (join) =>
      join.onRef("payable.invoice", "=", "earning.invoice").onRef("payable.member", "=", "earning.member"),
    )
    .selectAll("earning")
    .select(["payable.ahead_at", "payable.freed_minor"])
    .where("earning.invoice", "=", sql<Id>`any (${[...invoices]}::uuid[])`)
    .orderBy("earning.number")
    .execute();
  const earned = ({ member, into_budget: into, ahead_at: aheadAt, ...row }: (typeof rows)[number]): Earned => ({
    member,
    into: into ?? undefined,
    budget: { minor: row.budget_minor - row.credited_minor - (row.freed_minor ?? 0n), currency },
    ahead: aheadAt !== null,
  });
  return new Map([...Map.groupBy(rows, ({ invoice }) => invoice)].map(([invoice, of]) => [invoice, of.map(earned)]));
}

export type Payment = { readonly invoice: Id; readonly amount: Money };

/** Counts payments, of different invoices, each if that much is open; what those invoices then are, less what was credited of them. Rivals wait for the rows and see what they became. */
export async function collect({ tx }: Pick<Scope, "tx">, payments: readonly Payment[]): Promise<ReadonlyMap<Id, Collected>> {
  const invoices = payments.map(({ invoice }) => invoice);
  const rows = new Map((await standings({ tx }, invoices).forUpdate("collection").execute()).map((row) => [row.invoice, row]));
  const counted = payments.flatMap(({ invoice, amount }) => {
    const row = rows.get(invoice);
    return row && !objectionToClientPayment(amount, standingFrom(row)) ? [countedOn(row, amount)] : [];
  });
  await saveCounted({ tx }, counted);
  const [home = ""] = counted.map(({ row }) => row.home);
  const earnings = await earningsOf({ tx }, invoices, home);
  return new Map(counted.map(({ row, ...of }) => [row.invoice, { ...collectedOf(row, of), earnings: earnings.get(row.invoice) ?? [] }]));
}

type Counted = { readonly row: Row; readonly amount: Money; readonly worth: Money };

function countedOn(row: Row, amount: Money): Counted {
  const { gross, paid, worth } = standingFrom(row);
  return { row, amount, worth: worthOfPart({ open: minus(gross, paid), worth }, amount) };
}

const collectedOf = (row: Row, { amount, worth }: Omit<Counted, "row">): Omit<Collected, "earnings"> => {
  const { client, engagement, milestone, sister } = row;
  const { gross, paid } = standingFrom(row);
  return { client, engagement, milestone, sister: sister === null ? undefined : { host: sister }, gross, paid: sum(paid, amount), worth };
};

/** What was given up and comes in after all is lost no more. */
async function saveCounted({ tx }: Pick<Scope, "tx">, counted: readonly Counted[]): Promise<void> {
  if (counted.length === 0) return;
  const texts = (minor: (each: Counted) => bigint): readonly string[] => counted.map((each) => String(minor(each)));
  await sql`
    update money.collection set paid_minor = paid_minor + amount, worth_minor = worth_minor - worth, lost_minor = greatest(lost_minor - amount, 0)
    from unnest(${counted.map(({ row }) => row.invoice)}::uuid[], ${texts(({ amount }) => amount.minor)}::bigint[],
      ${texts(({ worth }) => worth.minor)}::bigint[]) counted (of, amount, worth)
    where invoice = counted.of`.execute(tx);
}
