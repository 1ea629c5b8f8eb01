// The law of a bank's statement: read whole or not at all, kept, and worked line by line where its balances add up, or where two people answer for it.
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { objectionToVerb, type Row } from "../../platform/table.ts";
import type { Day } from "../../platform/time.ts";

export const statementStates = ["taken", "broken", "vouched", "accepted"] as const;
export type StatementState = (typeof statementStates)[number];

/** Why a statement waits for two people. */
export const statementFaults = ["noBalance", "doesNotAddUp"] as const;
export type StatementFault = (typeof statementFaults)[number];

/** Why a file is no statement of ours: nothing of it is kept. */
export const fileFaults = [
  "gzip",
  "size",
  "encoding",
  "doctype",
  "namespace",
  "xml",
  "statement",
  "report",
  "account",
  "balance",
  "entry",
  "amount",
  "currency",
  "day",
] as const;
export type FileFault = (typeof fileFaults)[number];

export const problems = {
  "bank-file-unreadable": {
    status: 422,
    says: "This is no file of a bank that can be read: {because}. Nothing of it was kept.",
    rule: "a file of the bank is read whole or not at all",
    changedBy: "the bank, with a statement in the form camt.053, version 2, 4 or 8, or a report in the form pain.002, version 3 or 10",
  },
  "bank-file-of-another": {
    status: 409,
    says: "This statement is of the account {account}, and the coop's is another. Nothing of it was kept.",
    rule: "statements of the coop's own account only",
    changedBy: "two treasurers, who set the account",
  },
} as const satisfies Problems;

/** `take`: it adds up. `doubt`: it does not, and posts nothing. `vouch` and `accept`: two people answer for it in writing. */
export const statementTable: readonly Row<StatementState, "take" | "doubt" | "vouch" | "accept">[] = [
  { from: "none", verb: "take", who: "treasurer", to: "taken", fact: "statement.taken" },
  { from: "none", verb: "doubt", who: "treasurer", to: "broken", fact: "statement.taken" },
  { from: "broken", verb: "vouch", who: "treasurer", to: "vouched", fact: "statement.vouched" },
  { from: "vouched", verb: "accept", who: "treasurer", to: "accepted", fact: "statement.accepted" },
];

/** What an account was moved by: above zero it came, below it left. */
export type LineRead = {
  readonly bookedOn: Day;
  readonly minor: bigint;
  /** The bank's own reference; empty where it gives none. */
  readonly bankRef: string;
  /** What was given with a transfer of ours, and comes back with it. */
  readonly endToEnd: string;
  /** Our own name of the file that a transfer stood in, or all those that the bank booked as one sum; empty where it gives none. */
  readonly batch: string;
  /** What the other side wrote: structured references first, then free words. */
  readonly words: readonly string[];
  readonly party: string;
  /** A transfer that came back. */
  readonly returned: boolean;
};

export type StatementRead = {
  readonly iban: string;
  readonly name: string;
  readonly currency: string;
  readonly until: Day;
  readonly opening: bigint | undefined;
  readonly closing: bigint | undefined;
  readonly lines: readonly LineRead[];
};

/** What speaks against believing a statement as it stands. */
export function faultOf({ opening, closing, lines }: Pick<StatementRead, "opening" | "closing" | "lines">): StatementFault | undefined {
  if (opening === undefined || closing === undefined) return "noBalance";
  return lines.reduce((all, { minor }) => all + minor, opening) === closing ? undefined : "doesNotAddUp";
}

/** Each line with its place among those of the same day, reference and amount: what tells two equal ones apart, in whichever file they stand. */
export function placed<Line extends LineRead>(lines: readonly Line[]): readonly (Line & { readonly place: number })[] {
  const counts = new Map<string, number>();
  return lines.map((line) => {
    const key = `${line.bookedOn} ${line.minor} ${line.bankRef}`;
    const place = counts.get(key) ?? 0;
    counts.set(key, place + 1);
    return { ...line, place };
  });
}

/** Why this person does not answer for this statement. */
export function objectionToVouching(
  { state, vouchedBy }: { readonly state: StatementState; readonly vouchedBy: Id | undefined },
  person: Id,
): Refusal | undefined {
  if (state === "vouched" && vouchedBy === person) return refuse("second-person-needed");
  return objectionToVerb(statementTable, state, state === "vouched" ? "accept" : "vouch");
}
