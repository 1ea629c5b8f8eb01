// From when a member's bank account counts.
import type { Id } from "../../platform/id.ts";
import { refuse, type Refusal } from "../../platform/refusal.ts";
import { objectionToVerb, type Row } from "../../platform/table.ts";
import { dayMs, later, type Instant } from "../../platform/time.ts";

export const ibanChangeStates = ["proposed", "confirmed", "discarded"] as const;
export type IbanChangeState = (typeof ibanChangeStates)[number];

/** A change of a member's account; the first account is none. It counts when a treasurer has confirmed it and its 48 hours are over. */
export const ibanChangeTable: readonly Row<IbanChangeState, "propose" | "confirm" | "discard">[] = [
  { from: "none", verb: "propose", who: "member", to: "proposed", fact: "iban.set" },
  { from: "proposed", verb: "confirm", who: "treasurer", to: "confirmed", fact: "iban.confirmed" },
  { from: "proposed", verb: "discard", who: "treasurer", to: "discarded", fact: "iban.discarded" },
  { from: "proposed", verb: "discard", who: "member", to: "discarded", fact: "iban.set" },
  { from: "confirmed", verb: "discard", who: "member", to: "discarded", fact: "iban.set" },
];

/** Why this person does not confirm this change: whoever's account it is, is not the second. */
export const objectionToIbanChange = (
  { state, person: whose }: { readonly state: IbanChangeState; readonly person: Id },
  person: Id,
): Refusal | undefined =>
  objectionToVerb(ibanChangeTable, state, "confirm") ?? (whose === person ? refuse("second-person-needed") : undefined);

/** Long enough for the letter about it to be read before money follows. */
export const coolingMs = 2 * dayMs;

/** The first account counts at once: nothing of theirs can go astray yet, and the board has just met them. Whoever changes one waits, so that a thief is seen first. */
export const countsFrom = (now: Instant, isFirst: boolean): Instant => (isFirst ? now : later(now, coolingMs));

/** Country and the last four signs: enough to recognise one's own. */
export const masked = (iban: string): string => `${iban.slice(0, 2)}•• •••• ${iban.slice(-4)}`;
