// What a line of the bank's own file means without anybody's word: only what a checked reference says, in the same currency, of what is open.
import { daysBetween } from "../../platform/calendar.ts";
import type { Id } from "../../platform/id.ts";
import { minus, type Money } from "../../platform/money.ts";
import type { Day } from "../../platform/time.ts";
import { idOfBankId } from "./bank-id.ts";
import {
  objectionToBatch,
  objectionToClientPayment,
  objectionToReturn,
  objectionToSettlement,
  type OpenInvoice,
  type OrderedBatch,
  type OrderedItem,
} from "./bank-line.ts";
import { isRfReference, rfOfBelgian } from "./reference.ts";
import type { LineRead } from "./statement.ts";

/** References that may stand in words, each in its European form: each is checked, and people write spaces anywhere. */
export function referencesIn(words: readonly string[]): readonly string[] {
  const tight = words.map((text) => text.toUpperCase().replaceAll(/[\s\u00a0]/g, ""));
  return [...new Set([...tight.flatMap(europeanIn), ...tight.flatMap(belgianIn)])];
}

const europeanIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/RF(\d\d)(\d{1,21})/g), ([, check = "", body = ""]) =>
    Array.from({ length: body.length }, (_, at) => `RF${check}${body.slice(0, at + 1)}`),
  )
    .flat()
    .filter(isRfReference);

/** Between its own marks, or alone: of any twelve digits one in 97 would check by chance. */
const belgianIn = (text: string): readonly string[] =>
  Array.from(
    text.matchAll(/(?<mark>\+{3}|\*{3})(?<marked>[\d/]{12,14})\k<mark>|^(?<alone>\d{12}|\d{3}\/\d{4}\/\d{5})$/g),
    ({ groups = {} }) => rfOfBelgian((groups["marked"] ?? groups["alone"] ?? "").replaceAll("/", "")),
  ).filter((reference) => reference !== undefined);

/** A line that somebody typed, and what it is about. */
export type Typed = {
  readonly id: Id;
  readonly state: string;
  readonly reference: string;
  readonly kind: string;
  readonly about: Id | null;
  readonly bookedOn: Day;
  readonly amount: Money;
};

const daysApart = 7;

/** The same line as somebody typed it before the file came: by the bank's own reference, or else within a week of it by what both mean. */
export function typedAs(line: Pick<LineRead, "bankRef" | "bookedOn">, amount: Money, aim: Matched | Left, typed: readonly Typed[]) {
  const like = typed.filter((each) => each.amount.minor === amount.minor && each.amount.currency === amount.currency);
  const means = ({ kind, about, bookedOn }: Typed): boolean =>
    !("left" in aim) && kind === aim.kind && about === aboutOf(aim) && Math.abs(daysBetween(bookedOn, line.bookedOn)) <= daysApart;
  return like.find(({ reference }) => line.bankRef !== "" && reference === line.bankRef) ?? like.find(means);
}

/** Lines in turns, in their order: of two that speak of the same item or invoice, what the first does decides what is open for the second. */
export function inTurns<Line>(lines: readonly Line[], subjectsOf: (line: Line) => readonly Id[]): readonly (readonly Line[])[] {
  const turns: Line[][] = [];
  let spokenOf = new Set<Id>();
  for (const line of lines) {
    const subjects = subjectsOf(line);
    const turn = turns.at(-1);
    if (turn && !subjects.some((subject) => spokenOf.has(subject))) turn.push(line);
    else {
      turns.push([line]);
      spokenOf = new Set();
    }
    for (const subject of subjects) spokenOf.add(subject);
  }
  return turns;
}

/** All that a line speaks of. */
export const subjectsIn = ({ item, batch, invoices }: Named): readonly Id[] =>
  [item ?? [], batch?.items ?? [], invoices].flat().map(({ id }) => id);

/** The item of a payout that a line names; its name came from us and comes back. */
export const itemNamedBy = ({ endToEnd }: Pick<LineRead, "endToEnd">): Id | undefined => idOfBankId(endToEnd.trim());

/** The payout that a line names as a whole: it left, and no single transfer is named. */
export const batchNamedBy = ({ minor, endToEnd, batch }: Pick<LineRead, "minor" | "endToEnd" | "batch">): Id | undefined =>
  minor < 0n && itemNamedBy({ endToEnd }) === undefined ? idOfBankId(batch) : undefined;

/** What the references of a line lead to. */
export type Named = {
  readonly item: (OrderedItem & { readonly id: Id; readonly live: boolean }) | undefined;
  readonly batch: (OrderedBatch & { readonly id: Id }) | undefined;
  readonly invoices: readonly (OpenInvoice & { readonly id: Id })[];
};

export type Matched =
  | { readonly kind: "clientPaid"; readonly invoice: Id }
  | { readonly kind: "payoutSettled"; readonly item: Id }
  | { readonly kind: "payoutReturned"; readonly item: Id }
  | { readonly kind: "batchSettled"; readonly payout: Id };

/** Several invoices by one transfer, each of them whole. */
export type MatchedEach = {
  readonly kind: "several";
  readonly parts: readonly { readonly amount: Money; readonly means: { readonly kind: "clientPaid"; readonly invoice: Id } }[];
};

/** The invoice, the item or the payout that a line is about. */
export function aboutOf(matched: Matched): Id {
  if ("invoice" in matched) return matched.invoice;
  return "item" in matched ? matched.item : matched.payout;
}

/** Why a line is left to people. */
export const leftReasons = ["noReference", "severalReferences", "notOpen", "batchDiffers", "refusedBefore"] as const;
export type Left = { readonly left: (typeof leftReasons)[number] };

const left = (why: Left["left"]): Left => ({ left: why });

/** What a line is about by its references, whether or not that is still open. */
export function aimOf({ minor, returned }: Pick<LineRead, "minor" | "returned">, { item, batch, invoices }: Named): Matched | Left {
  if (minor < 0n && batch) return { kind: "batchSettled", payout: batch.id };
  if (minor < 0n) return item ? { kind: "payoutSettled", item: item.id } : left("noReference");
  if (returned) return item ? { kind: "payoutReturned", item: item.id } : left("noReference");
  const [invoice, ...others] = invoices;
  if (!invoice) return left("noReference");
  return others.length > 0 ? left("severalReferences") : { kind: "clientPaid", invoice: invoice.id };
}

/** Whether a line fits what it is about to the cent: a payout as a whole, a client's payment within what is open. */
export function fits(amount: Money, { kind }: Matched, { item, batch, invoices }: Named): boolean {
  if (amount.minor <= 0n) return false;
  if (kind === "batchSettled") return batch !== undefined && objectionToBatch(amount, batch) === undefined;
  if (kind === "clientPaid") return invoices[0] !== undefined && objectionToClientPayment(amount, invoices[0]) === undefined;
  if (!item?.live) return false;
  return (kind === "payoutSettled" ? objectionToSettlement(amount, item) : objectionToReturn(amount, item)) === undefined;
}

/** A transfer of ours that left or came back, or a client's payment. Whatever does not fit exactly is left to people. */
export function meaningOf(line: Pick<LineRead, "minor" | "returned">, currency: string, named: Named): Matched | MatchedEach | Left {
  const aim = aimOf(line, named);
  if ("left" in aim) return aim.left === "severalReferences" ? (eachWhole(line, currency, named) ?? aim) : aim;
  if (fits({ minor: line.minor < 0n ? -line.minor : line.minor, currency }, aim, named)) return aim;
  return left(aim.kind === "batchSettled" ? "batchDiffers" : "notOpen");
}

/** All invoices that a transfer names, where it pays them whole to the cent; which of them a part was for nobody could tell. */
function eachWhole({ minor }: Pick<LineRead, "minor">, currency: string, { invoices }: Named): MatchedEach | undefined {
  const parts = invoices.map(({ id: invoice, gross, paid }) => ({
    amount: minus(gross, paid),
    means: { kind: "clientPaid", invoice } as const,
  }));
  const whole = parts.every(({ amount }) => amount.currency === currency && amount.minor > 0n);
  const sum = parts.reduce((so, { amount }) => so + amount.minor, 0n);
  return whole && sum === minor ? { kind: "several", parts } : undefined;
}
