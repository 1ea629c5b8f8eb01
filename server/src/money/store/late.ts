// Clients who are late, in SQL: what is to be sent, and what was.
import { sql } from "kysely";
import type { printDunning } from "@partcommune/shared/money/api";
import type { DunningKind } from "@partcommune/shared/money/rules/late";
import { blockedAfterDays } from "@partcommune/shared/money/rules/late";
import { seesInvoice } from "@partcommune/shared/money/rules/rights";
import { dayAfter } from "@partcommune/shared/platform/calendar";
import type { InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";

/** An invoice that is not paid, and how many steps it has behind it. */
export type Late = {
  readonly invoice: Id;
  readonly number: string;
  readonly reference: string;
  readonly client: Id;
  readonly engagement: Id;
  readonly payBy: Day;
  readonly open: Money;
  readonly steps: number;
};

const mostAtOnce = 200;

/** Invoices whose next step is due by a day, the latest first. What was given up is not asked for any more. */
export async function invoicesToDun({ db }: Pick<View, "db">, today: Day, days: readonly number[], only?: Id): Promise<readonly Late[]> {
  const { rows } = await sql<Omit<Late, "open"> & { minor: bigint; currency: string }>`
    select document.id as invoice, number, reference, client, engagement, collection.pay_by as "payBy", sent.steps,
      collection.gross_minor - paid_minor - credited_minor as minor, currency
    from money.collection join money.document on document.id = collection.invoice
    join lateral (select coalesce(max(step), 0) as steps from money.dunning where dunning.invoice = document.id) sent on true
    where kind = 'invoice' and paid_minor + credited_minor < collection.gross_minor and lost_minor = 0
      and collection.pay_by < ${today}::date and collection.pay_by + (${[...days]}::int[])[sent.steps + 1] <= ${today}::date
      and (${only ?? null}::uuid is null or document.id = ${only ?? null}::uuid)
    order by collection.pay_by, document.id limit ${mostAtOnce}`.execute(db);
  return rows.map(({ minor, currency, ...late }) => ({ ...late, open: { minor, currency } }));
}

export type NewDunning = Sent & { readonly invoice: Id; readonly open: Money };

/** Keeps that something is sent. True for exactly one caller. */
export async function saveDunning({ tx, now }: Pick<Scope, "tx" | "now">, { sentOn, open, ...dunning }: NewDunning): Promise<boolean> {
  const saved = await tx
    .insertInto("money.dunning")
    .values({ ...dunning, open_minor: open.minor, sent_on: sentOn, sent_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

export type Sent = { readonly step: number; readonly kind: DunningKind; readonly sentOn: Day };

/** What was sent, by invoice, in its order. */
export async function dunningOf({ db }: Pick<View, "db">, invoices: readonly Id[]): Promise<ReadonlyMap<Id, readonly Sent[]>> {
  if (invoices.length === 0) return new Map();
  const rows = await db.selectFrom("money.dunning").selectAll().where("invoice", "in", invoices).orderBy("step").execute();
  const sent = rows.map(({ invoice, step, kind, sent_on: sentOn }) => ({ invoice, sent: { step, kind: kind as DunningKind, sentOn } }));
  return new Map([...Map.groupBy(sent, ({ invoice }) => invoice)].map(([invoice, of]) => [invoice, of.map((each) => each.sent)]));
}

export type DunningLetter = Sent & { readonly open: Money; readonly frozen: string };

/** One letter with the invoice it is about, for those who may read that. */
export async function dunningLetter({ db, actor }: View, { invoice, step }: InputOf<typeof printDunning>): Promise<DunningLetter> {
  const row = found(
    await db
      .selectFrom("money.dunning as dunning")
      .innerJoin("money.document as document", "document.id", "dunning.invoice")
      .select(["dunning.step", "dunning.kind", "dunning.sent_on", "dunning.open_minor", "document.currency", "document.frozen"])
      .select(["document.client", "document.team"])
      .$narrowType<{ client: Id }>()
      .where("dunning.invoice", "=", invoice)
      .where("dunning.step", "=", step)
      .executeTakeFirst(),
  );
  found(seesInvoice(actor, row) || undefined);
  const { kind, sent_on: sentOn, open_minor: minor, currency, frozen } = row;
  return { step: row.step, kind: kind as DunningKind, sentOn, open: { minor, currency }, frozen };
}

/** Whether a client is too late with something that is guaranteed; what was given up and never came in counts, too. */
export async function isTooLate({ db }: Pick<View, "db">, client: Id, today: Day): Promise<boolean> {
  const row = await db
    .selectFrom("money.collection as collection")
    .innerJoin("money.document as document", "document.id", "collection.invoice")
    .innerJoin("money.payable as payable", "payable.invoice", "document.id")
    .select("document.id")
    .where("document.client", "=", client)
    .where("payable.due_on", "is not", null)
    .where("collection.pay_by", "<", dayAfter(today, -blockedAfterDays))
    .where(sql<boolean>`collection.paid_minor + collection.credited_minor < collection.gross_minor`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
