// What members are owed, in SQL, and the papers of an engagement for its workspace.
import { sql, type RawBuilder } from "kysely";
import type { OutlayAbout, PayableAbout, QueueReason } from "@partcommune/shared/money/rules/payout";
import { employed } from "@partcommune/shared/membership/rules/employment";
import { vatToBill, vatToPay, type Where } from "@partcommune/shared/money/rules/self-billing";
import { dayOf, type CalendarName } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import { sum, type Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { newestBilling } from "./billing.ts";
import { newestPay } from "./pay.ts";
import { dunningOf, type Sent } from "./late.ts";

export type NewPayable = {
  readonly invoice: Id;
  readonly engagement: Id;
  readonly milestone: Id;
  readonly member: Id;
  readonly amount: Money;
  readonly guaranteed?: Guaranteed | undefined;
};

/** The day from which something is paid ahead of the client, the last day, and the calendar both were reckoned by. */
export type Guaranteed = { readonly frontOn: Day; readonly dueOn: Day; readonly calendar: CalendarName };

/** What a member is owed beside invoices: it is paid to them as soon as they have an account. */
export type NewOutlay = { readonly about: OutlayAbout; readonly source: Id; readonly member: Id; readonly amount: Money };

/** Opens what a member is owed for a milestone, or beside one. */
export async function openPayable(
  { tx, now, id }: Scope,
  { amount, ...rest }: NewPayable | (NewOutlay & { readonly guaranteed?: undefined }),
): Promise<Id> {
  const { guaranteed, ...payable } = rest;
  const opened = id();
  await tx
    .insertInto("money.payable")
    .values({
      id: opened,
      ...payable,
      amount_minor: amount.minor,
      currency: amount.currency,
      due_on: guaranteed?.dueOn ?? null,
      front_on: guaranteed?.frontOn ?? null,
      calendar_country: guaranteed?.calendar.country ?? null,
      calendar_region: guaranteed?.calendar.region ?? null,
      opened_at: now,
    })
    .execute();
  return opened;
}

/** The account of a member that counts; none while a change of it is under way. To be joined laterally. */
export const countingIban = (now: Instant, member: RawBuilder<unknown>) =>
  sql<{ id: Id }>`(
    select current.id from money.iban current
    where current.member = ${member} and current.live and current.counts_from <= ${now}::timestamptz
      and (not current.needs_second or current.confirmed_by is not null)
      and not exists (select from money.iban coming where coming.member = current.member and coming.live
        and (coming.counts_from > ${now}::timestamptz or (coming.needs_second and coming.confirmed_by is null)))
    order by current.counts_from desc, current.id desc limit 1
  )`.as<"counting">(sql.ref("counting"));

/** Whether nothing more is waited for: what is left of the invoice is paid, or given up, and then the guarantee bears what was promised. */
export const isCollected = sql<boolean>`(collection.paid_minor + collection.credited_minor + collection.lost_minor >= collection.gross_minor)`;

/** The same of whatever a member is owed: what is no invoice's waits for no client. */
export const isCome = sql<boolean>`(payable.about <> 'invoice' or ${isCollected})`;

/** What of a member's part is held until the client pays, as far as the client has not. */
export const isUnfreed = sql<bigint>`(payable.amount_minor - payable.credited_minor - payable.lost_minor - payable.freed_minor)`;

/** What is left to be paid of something a member is owed. */
export const isLeft = sql<bigint>`(payable.amount_minor - payable.credited_minor - payable.lost_minor - payable.drawn_minor)`;

/** What is left, with the VAT of what was used of it and billed. */
export const isOwed = sql<bigint>`(${isLeft} + payable.billed_vat_minor)`;

/** Whether a member is paid for this on an invoice. */
const isBilled = sql<boolean>`(payable.about = 'invoice' and owed.status = 'invoiced')`;

/** The VAT of papers that stand and that leaves with it: of what was used, and of the paper it was ordered by once, where the bank sent that back. */
export const isVatBilled = sql<bigint>`(payable.billed_vat_minor + coalesce(paper.vat_minor, 0))`;

/** Whether a paper is to be written when it is paid: about all of what is left, once. `paper` is the one it was ordered by. */
export const isUnbilled = sql<boolean>`(${isBilled} and paper.id is null and ${isLeft} > 0)`;

/** Whether the member's word for it is there, where it is needed. */
export const mayBill = sql<boolean>`(not ${isUnbilled} or coalesce(billing.agreed, false))`;

/** Whether a member is paid for this through payroll. */
export const isPay = sql<boolean>`(payable.about = 'invoice' and owed.status = any(${[...employed]}::text[]))`;

/** Whether it could be paid, were it known what of it is in hand: its client has, or it is set aside. */
export const couldLeave = sql<boolean>`(payable.fronted_at is not null or ${isCome})`;

/** What a month cost otherwise than it was estimated, by the payroll office's figures, less what a pot bears of it. */
export const costOff = sql<bigint>`(net_off_minor + employee_off_minor + employer_off_minor - borne_minor)`;

/** What months cost a member more than was estimated, and no pay bears yet: so much their budget lacks. */
const isLacking = sql<bigint>`(select coalesce(sum(${costOff}), 0) from money.payroll_figure where member = payable.member and taken_by is null)`;

/** Whether what was reckoned of pay still fits what is left of it, and the budget bears it. */
export const isReckoned = sql<boolean>`coalesce(pay.posted_at is not null or (
  pay.left_minor = ${isLeft} and not (item.id is null and ${couldLeave} and ${isLacking} > 0)), false)`;

/** Where and on which day what leaves today is paid: which VAT it bears follows from these. */
export const whereOf = async ({ db, now }: Pick<View, "db" | "now">): Promise<Where> => {
  const { country, zone } = await bookOf(db);
  return { country, day: dayOf(now, zone) };
};

/** Payables with what decides how far each is, and what leaves with it. */
export const factsOfPayable = (db: Database | Tx, now: Instant) =>
  db
    .selectFrom("money.payable as payable")
    .leftJoin("money.collection as collection", "collection.invoice", "payable.invoice")
    .leftJoin("money.payout_item as item", (join) => join.onRef("item.payable", "=", "payable.id").on("item.live", "=", true))
    .leftJoinLateral(countingIban(now, sql.ref("payable.member")), (join) => join.onTrue())
    .leftJoin("money.self_billed as paper", (join) => join.onRef("paper.payable", "=", "payable.id").on("paper.item", "is not", null))
    .innerJoin("membership.member_card as owed", "owed.id", "payable.member")
    .leftJoinLateral(newestBilling(sql.ref("payable.member")), (join) => join.on(isUnbilled))
    // Its columns are named by `payColumns` alone, so the query keeps its type: with one more table the compiler works for minutes.
    .$call((query) => query.leftJoinLateral(newestPay(sql.ref("payable.id")), (join) => join.on(isPay)) as unknown as typeof query)
    // What was wholly credited or used, or lost and not promised, is owed no more.
    .where(sql<boolean>`${isOwed} > 0`)
    .select(["payable.id", "payable.about", "payable.member", "payable.currency", "payable.queued_for as queuedFor"])
    .select(sql<Id | null>`pay.id`.as("pay"))
    .select(["billing.id as billing", "billing.scheme", "billing.country as seat"])
    .$narrowType<{ queuedFor: QueueReason | null; about: PayableAbout }>()
    .select((eb) => [
      isLeft.as("amount_minor"),
      isOwed.as("owed_minor"),
      isCome.as("collected"),
      eb("payable.due_on", "is not", null).$castTo<boolean>().as("guaranteed"),
      eb("payable.fronted_at", "is not", null).$castTo<boolean>().as("fronted"),
      eb("counting.id", "is not", null).$castTo<boolean>().as("counts"),
      mayBill.as("bills"),
      isVatBilled.as("billedMinor"),
      // What was posted once is reckoned for good, though the bank sent it back.
      sql<boolean>`(not ${isPay} or ${isReckoned})`.as("reckoned"),
      sql<bigint | null>`pay.net_minor + pay.along_minor`.as("inHandMinor"),
      sql<boolean>`(pay.posted_at is not null)`.as("posted"),
      isPay.as("isPay"),
      eb("item.id", "is not", null).$castTo<boolean>().as("ordered"),
      eb("item.settled_on", "is not", null).$castTo<boolean>().as("settled"),
    ]);

export type PayableOwed = Awaited<ReturnType<ReturnType<typeof factsOfPayable>["execute"]>>[number];

/** What leaves with a payable: with the VAT of papers in the member's name, of which `toBill` is to be written, or of pay what is in hand. */
export function leaving(
  row: Pick<PayableOwed, "currency" | "amount_minor" | "billedMinor" | "scheme" | "seat" | "inHandMinor" | "reckoned">,
  where: Where,
): { readonly amount: Money; readonly vat: Money; readonly toBill: Money } {
  const money = (minor: bigint): Money => ({ minor, currency: row.currency });
  if (row.inHandMinor !== null && row.reckoned) return { amount: money(row.inHandMinor), vat: money(0n), toBill: money(0n) };
  const part = money(row.amount_minor);
  const vat = vatToPay(part, row, where);
  return { amount: sum(part, vat), vat, toBill: vatToBill(part, row, where) };
}

export type Papers = {
  readonly invoice: {
    readonly id: Id;
    readonly number: string;
    readonly issuedOn: Day;
    readonly payBy: Day;
    readonly gross: Money;
    readonly paid: Money;
    readonly credited: Money;
    /** Given up, and not come in since. */
    readonly lost: Money;
    /** What was sent to the client because it was not paid. */
    readonly dunning: readonly Sent[];
  };
  /** What each who did the work is owed of it, the lead first. */
  readonly payables: readonly PayablePaper[];
};

export type PayablePaper = {
  readonly member: Id;
  readonly amount: Money;
  readonly dueOn?: Day;
  readonly state: "open" | "ordered" | "paid";
  readonly paidOn?: Day;
};

/** What several are owed, as one: all of it, by the last of their days, and as far as the last of them is. */
export function together([first, ...others]: readonly PayablePaper[]): Omit<PayablePaper, "member"> | undefined {
  if (!first) return undefined;
  const all = [first, ...others];
  const days = all.flatMap(({ dueOn }) => dueOn ?? []).toSorted();
  const dueOn = days.length === all.length ? days.at(-1) : undefined;
  const state = (["open", "ordered", "paid"] as const).find((each) => all.some((payable) => payable.state === each)) ?? first.state;
  const paidOn = all
    .flatMap((payable) => payable.paidOn ?? [])
    .toSorted()
    .at(-1);
  return {
    amount: sum(first.amount, ...others.map(({ amount }) => amount)),
    state,
    ...(dueOn === undefined ? {} : { dueOn }),
    ...(state === "paid" && paidOn !== undefined ? { paidOn } : {}),
  };
}

/** The papers of an engagement by milestone. Whoever asks has the right to see the engagement. */
export async function papersOf({ db }: Pick<View, "db">, engagement: Id): Promise<ReadonlyMap<Id, Papers>> {
  const rows = await db
    .selectFrom("money.document as document")
    .innerJoin("money.collection as collection", "collection.invoice", "document.id")
    .leftJoin("money.payable as payable", "payable.invoice", "document.id")
    .leftJoin("money.earning as earning", (join) =>
      join.onRef("earning.invoice", "=", "document.id").onRef("earning.member", "=", "payable.member"),
    )
    .leftJoin("money.payout_item as item", (join) => join.onRef("item.payable", "=", "payable.id").on("item.live", "=", true))
    .select(["document.id", "document.milestone", "document.number", "document.issued_on", "document.pay_by", "document.currency"])
    .select(["document.gross_minor", "collection.paid_minor", "payable.member", "payable.amount_minor", "payable.due_on"])
    .select("payable.currency as owed_in")
    .select(["collection.credited_minor", "collection.lost_minor"])
    .select(sql<bigint | null>`payable.credited_minor + payable.lost_minor`.as("taken_back"))
    .select(sql<boolean>`coalesce(${isOwed} = 0 and payable.drawn_minor > 0, false)`.as("used"))
    .select(
      sql<Day | null>`(select max(draw.at)::date from money.draw where draw.payable = payable.id and draw.returned_at is null)`.as(
        "used_on",
      ),
    )
    .select(["item.id as item", "item.settled_on"])
    .where("document.engagement", "=", engagement)
    .orderBy("earning.number")
    .execute();
  const sent = await dunningOf({ db }, [...new Set(rows.map(({ id }) => id))]);
  return new Map([...Map.groupBy(rows, ({ milestone }) => milestone)].flatMap(([milestone, of]) => papersFrom(milestone, of, sent)));
}

type Row = {
  id: string;
  number: string;
  issued_on: Day;
  pay_by: Day;
  currency: string;
  gross_minor: bigint;
  paid_minor: bigint;
  credited_minor: bigint;
  lost_minor: bigint;
  taken_back: bigint | null;
  member: string | null;
  amount_minor: bigint | null;
  owed_in: string | null;
  /** All that was left of it repaid an advance. */
  used: boolean;
  used_on: Day | null;
  due_on: Day | null;
  item: string | null;
  settled_on: Day | null;
};

function papersFrom(milestone: Id, rows: readonly Row[], sent: ReadonlyMap<Id, readonly Sent[]>): readonly (readonly [Id, Papers])[] {
  const [row] = rows;
  if (!row) return [];
  const money = (minor: bigint): Money => ({ minor, currency: row.currency });
  const { id, number, issued_on: issuedOn, pay_by: payBy } = row;
  const invoice = {
    id,
    number,
    issuedOn,
    payBy,
    gross: money(row.gross_minor),
    paid: money(row.paid_minor),
    credited: money(row.credited_minor),
    lost: money(row.lost_minor),
    dunning: sent.get(id) ?? [],
  };
  return [[milestone, { invoice, payables: rows.flatMap(payableFrom) }]];
}

function payableFrom({ member, owed_in: currency, amount_minor: amount, ...row }: Row): readonly PayablePaper[] {
  if (member === null || amount === null || currency === null) return [];
  const paidOn = row.settled_on ?? (row.used ? row.used_on : null);
  return [
    {
      member,
      amount: { minor: amount - (row.taken_back ?? 0n), currency },
      ...(row.due_on === null ? {} : { dueOn: row.due_on }),
      ...(paidOn === null ? { state: row.item === null ? "open" : "ordered" } : { state: "paid", paidOn }),
    },
  ];
}
