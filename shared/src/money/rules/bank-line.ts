// When a line of the bank's statement may be entered, and when it may be booked.
import type { Id } from "../../platform/id.ts";
import { minus, moneyText, sum, zero, type Money } from "../../platform/money.ts";
import { refuse, type Refusal } from "../../platform/refusal.ts";
import { objectionToVerb } from "../../platform/table.ts";
import type { Day } from "../../platform/time.ts";
import { payoutTable, type PayoutState } from "./payout-batch.ts";

/** Why a line cannot be the bank's: it has not happened yet. */
export const objectionToDay = (bookedOn: Day, today: Day): Refusal | undefined =>
  bookedOn > today ? refuse("bank-line-in-future", { bookedOn }) : undefined;

/** The coop has one book currency, and an account in another is not kept yet. */
export const objectionToCurrency = (amount: Money, wanted: string): Refusal | undefined =>
  amount.currency === wanted ? undefined : refuse("currency-differs", { wanted, given: amount.currency });

export type OpenInvoice = { readonly gross: Money; readonly paid: Money };

/** A client pays a part or the whole of what is open, and never more. */
export function objectionToClientPayment(amount: Money, { gross, paid }: OpenInvoice): Refusal | undefined {
  const wrong = objectionToCurrency(amount, gross.currency);
  if (wrong) return wrong;
  const open = minus(gross, paid);
  return amount.minor > open.minor ? refuse("more-than-open", { open: moneyText(open) }) : undefined;
}

/** What of a payment is owed back: paid twice, paid beyond the invoice, or credited after it was paid. */
export const overOf = ({ gross, paid }: OpenInvoice): Money =>
  paid.minor > gross.minor ? minus(paid, gross) : { minor: 0n, currency: gross.currency };

/** What is paid too much comes after the invoice is paid whole, and not in its place. */
export function objectionToOverpaying(amount: Money, { gross, paid }: OpenInvoice): Refusal | undefined {
  const wrong = objectionToCurrency(amount, gross.currency);
  if (wrong) return wrong;
  return paid.minor < gross.minor ? refuse("still-open", { open: moneyText(minus(gross, paid)) }) : undefined;
}

/** A client is given back what they paid too much, and never more. */
export function objectionToRepaying(amount: Money, standing: OpenInvoice): Refusal | undefined {
  const wrong = objectionToCurrency(amount, standing.gross.currency);
  if (wrong) return wrong;
  const over = overOf(standing);
  return amount.minor > over.minor ? refuse("more-than-over", { over: moneyText(over) }) : undefined;
}

/** What of an invoice a line pays: of a foreign one what two treasurers say of its own money, since the bank credits ours. */
export function objectionToPaidBy(amount: Money, settled: Money, open: OpenInvoice, home: string): Refusal | undefined {
  const wrong = objectionToCurrency(amount, home);
  if (wrong) return wrong;
  if (settled.currency === home && settled.minor !== amount.minor) return refuse("amount-differs", { wanted: moneyText(amount) });
  return objectionToClientPayment(settled, open);
}

export type OrderedItem = { readonly amount: Money; readonly batch: PayoutState; readonly settled: boolean };

/** A payout leaves the bank as it was signed: once, and to the cent. */
export function objectionToSettlement(amount: Money, item: OrderedItem & { readonly live: boolean }): Refusal | undefined {
  if (item.settled) return refuse("not-in-this-state", { state: "settled" });
  const over = objectionToVerb(payoutTable, item.batch, "settle");
  if (over) return over;
  if (!item.live) return refuse("not-in-this-state", { state: "refused" });
  const wrong = objectionToCurrency(amount, item.amount.currency);
  if (wrong) return wrong;
  return amount.minor === item.amount.minor ? undefined : refuse("amount-differs", { wanted: moneyText(item.amount) });
}

/** A payout with those of its transfers that the bank has not booked yet. */
export type OrderedBatch = {
  readonly batch: PayoutState;
  readonly items: readonly { readonly id: Id; readonly amount: Money }[];
};

/** The others, where some did not leave with them; undefined where one of those is not there at all. */
export function itemsWithout<Item extends { readonly id: Id }>(
  items: readonly Item[],
  without: readonly Id[],
): readonly Item[] | undefined {
  const others = items.filter(({ id }) => !without.includes(id));
  return others.length === items.length - new Set(without).size ? others : undefined;
}

/** A payout leaves the bank as one sum: that of all its transfers which wait, to the cent. */
export function objectionToBatch(amount: Money, { batch, items }: OrderedBatch): Refusal | undefined {
  const wrong = objectionToVerb(payoutTable, batch, "settle");
  if (wrong) return wrong;
  const waits = sum(zero(items[0]?.amount.currency ?? amount.currency), ...items.map((item) => item.amount));
  return (
    objectionToCurrency(amount, waits.currency) ??
    (amount.minor === waits.minor ? undefined : refuse("amount-differs", { wanted: moneyText(waits) }))
  );
}

/** Where a transfer is that cannot come back. */
function placeOf({ settled, live, batch }: OrderedItem & { readonly live: boolean }): string {
  if (settled) return "sentBack";
  if (live) return "signed";
  return batch === "cancelled" ? "cancelled" : "refused";
}

/** What comes back is what left: once, and to the cent. */
export function objectionToReturn(amount: Money, item: OrderedItem & { readonly live: boolean }): Refusal | undefined {
  const { settled, live, amount: left } = item;
  if (!live || !settled) return refuse("not-in-this-state", { state: placeOf(item) });
  const wrong = objectionToCurrency(amount, left.currency);
  if (wrong) return wrong;
  return amount.minor === left.minor ? undefined : refuse("amount-differs", { wanted: moneyText(left) });
}

export type Stray = {
  readonly amount: Money;
  /** Two people have said that it is a stranger's. */
  readonly came: boolean;
  /** Another line says that it went. */
  readonly sentBack: boolean;
};

/** What a stranger sent goes back once, and to the cent. */
export function objectionToSendingBack(amount: Money, { amount: came, came: isHere, sentBack }: Stray): Refusal | undefined {
  if (!isHere || sentBack) return refuse("not-in-this-state", { state: isHere ? "sentBack" : "entered" });
  const wrong = objectionToCurrency(amount, came.currency);
  if (wrong) return wrong;
  return amount.minor === came.minor ? undefined : refuse("amount-differs", { wanted: moneyText(came) });
}

/** By which money leaves the account; by every other line it comes. */
export const outgoing: ReadonlySet<string> = new Set([
  "payoutSettled",
  "batchSettled",
  "shareRepaid",
  "purposePaid",
  "settlementPaid",
  "loanRepaid",
  "vatPaid",
  "payrollRemitted",
  "clientRepaid",
  "straySentBack",
  "costPaid",
  "premiumPaid",
]);

/** Whether money comes by a line of this kind. */
export const comesBy = (kind: string): boolean => !outgoing.has(kind);

/** What a line means, as far as its direction goes. */
type Means = { readonly kind: string; readonly parts?: readonly Part[] };
export type Part = {
  readonly amount: Money;
  readonly means: { readonly kind: string; readonly invoice?: Id; readonly item?: Id; readonly purpose?: Id; readonly stray?: Id };
};

/** What several parts come to: what came less what left. */
const sumOfParts = (parts: readonly Part[]): bigint =>
  parts.reduce((so, { amount, means }) => so + (comesBy(means.kind) ? amount.minor : -amount.minor), 0n);

/** Whether money comes by a line that means this. */
export const comes = ({ kind, parts }: Means): boolean => (parts ? sumOfParts(parts) > 0n : comesBy(kind));

/** A line that came is not explained by what leaves, nor the other way round. */
export const objectionToDirection = (means: Means, came: boolean): Refusal | undefined =>
  comes(means) !== came ? refuse("line-the-other-way") : undefined;

/** Why a line does not mean these several things: they come to another sum, or one of them stands twice. */
export function objectionToParts(line: Money, parts: readonly Part[]): Refusal | undefined {
  const other = parts.find(({ amount }) => amount.currency !== line.currency);
  if (other) return refuse("currency-differs", { wanted: line.currency, given: other.amount.currency });
  const comesTo = sumOfParts(parts);
  const whole = { minor: comesTo < 0n ? -comesTo : comesTo, currency: line.currency };
  if (whole.minor !== line.minor) return refuse("parts-differ", { sum: moneyText(whole), line: moneyText(line) });
  const about = parts.flatMap(({ means: { kind, invoice, item, purpose, stray } }) =>
    invoice ? `${kind} ${invoice}` : (item ?? purpose ?? stray ?? []),
  );
  return new Set(about).size < about.length ? refuse("part-twice") : undefined;
}

/** A share has one price for all, and is bought by members whose trial is over. */
export function objectionToShare(amount: Money, price: Money, stage: string): Refusal | undefined {
  if (stage !== "member" && stage !== "associate") return refuse("not-in-this-state", { state: stage });
  const wrong = objectionToCurrency(amount, price.currency);
  if (wrong) return wrong;
  return price.minor > 0n && amount.minor % price.minor === 0n ? undefined : refuse("amount-differs", { wanted: moneyText(price) });
}

/** Between coops the difference of a round is paid, and never more than is open. */
export function objectionToSettling(amount: Money, open: Money): Refusal | undefined {
  const wrong = objectionToCurrency(amount, open.currency);
  if (wrong) return wrong;
  return amount.minor > open.minor ? refuse("more-than-open", { open: moneyText(open) }) : undefined;
}

export type EnteredLine = { readonly state: string; readonly enteredBy: Id };

/** A line is booked by another person than the one who entered it. */
export function objectionToBooking({ state, enteredBy }: EnteredLine, person: Id): Refusal | undefined {
  if (state !== "entered") return refuse("not-in-this-state", { state });
  return enteredBy === person ? refuse("second-person-needed") : undefined;
}
