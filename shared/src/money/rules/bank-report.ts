// The law of what a bank reports on a payment file of ours (pain.002): what it says of each transfer, and that a refusal gives back what was ordered, once, and nothing else does.
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { idOfBankId } from "./bank-id.ts";
import type { PayoutState } from "./payout-batch.ts";

export const problems = {
  "bank-report-of-another": {
    status: 409,
    says: "This report is about a file that is not the coop's, or about transfers that do not stand in it. Nothing of it was kept.",
    rule: "reports on the coop's own payouts only",
    changedBy: "the bank, with the report on a file that was taken here",
  },
} as const satisfies Problems;

/** A status by its code (ISO 20022, empty where none is given), the code of its reason, and what the bank writes beside. */
export type StatusRead = { readonly status: string; readonly reason: string; readonly words: string };

/** `of`: our own name of what it is said of. */
type Said = StatusRead & { readonly of: string };

export type ReportRead = {
  /** The bank's own name of the report. */
  readonly name: string;
  readonly group: Said;
  readonly payments: readonly (Said & { readonly transfers: readonly Said[] })[];
};

/** The payout that a report is about; undefined where it names none of ours, or more than one. */
export function payoutReported({ group, payments }: ReportRead): Id | undefined {
  const named = new Set([group, ...payments].flatMap(({ of }) => idOfBankId(of) ?? []));
  return named.size === 1 ? [...named][0] : undefined;
}

/** What a report says of the file as a whole: of its payment, or else of the message. */
export function wholeOf({ group, payments }: ReportRead): StatusRead {
  const { status, reason, words } = payments.find((payment) => payment.status !== "") ?? group;
  return { status, reason, words };
}

export type Answer = StatusRead & { readonly item: Id };

/** `PART`: the transfers differ, so that it says nothing of one that is not named. */
const ofEach = (status: string): boolean => status !== "" && status !== "PART";

/** What a report says of these transfers of ours, the narrowest word of each. Undefined where it names one that is not among them. */
export function answersOf(report: ReportRead, items: readonly Id[]): readonly Answer[] | undefined {
  const here = new Set(items);
  const named = report.payments.flatMap(({ transfers }) => transfers).map(({ of, ...said }) => ({ item: idOfBankId(of), said }));
  const own = new Map<Id, StatusRead>();
  for (const { item, said } of named) {
    if (item === undefined || !here.has(item)) return undefined;
    if (said.status !== "") own.set(item, said);
  }
  const whole = wholeOf(report);
  return items.flatMap((item) => {
    const said = own.get(item) ?? (ofEach(whole.status) ? whole : undefined);
    return said ? [{ item, ...said }] : [];
  });
}

/** Only a refusal moves anything: whatever else a bank says of a transfer is read, and its statement says what left. */
export const isRefused = ({ status }: Pick<StatusRead, "status">): boolean => status === "RJCT";

/** A bank reports on a file that somebody took. What is over by then stays as it is. */
export const objectionToReport = (state: PayoutState): Refusal | undefined =>
  state === "exported" || state === "settled" || state === "refused" ? undefined : refuse("not-in-this-state", { state });
