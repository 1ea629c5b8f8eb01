// The law of references: both sides write once, unseen until both are in or the time is up; words, and no stars.
import type { Actor } from "../../platform/actor.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { dayMs, isBefore, type Instant } from "../../platform/time.ts";
import { isOf, sideOf, type Parties, type Side } from "./engagement.ts";
import { objectionToVerb, type Row } from "../../platform/table.ts";

export const problems = {
  "reference-too-late": { status: 409, says: "A reference could be written until {writeBy}.", rule: "14 days to write" },
  "other-side-needed": {
    status: 403,
    says: "This is the other side's to do: a reference is written by one side and answered by the other.",
    rule: "sides of an engagement",
  },
} as const satisfies Problems;

export const referenceStates = ["invited", "written", "published", "answered", "lapsed", "withheld"] as const;
export type ReferenceState = (typeof referenceStates)[number];
export const referenceVerbs = ["invite", "write", "publish", "lapse", "answer", "withhold"] as const;
export type ReferenceVerb = (typeof referenceVerbs)[number];

/** The life of a reference. `publish` is the software's once both are in, and the clock's once the time is up. */
export const referenceTable: readonly Row<ReferenceState, ReferenceVerb>[] = [
  { from: "none", verb: "invite", who: "software", to: "invited", fact: "reference.invited" },
  { from: "invited", verb: "write", who: "either", to: "written", fact: "reference.written" },
  { from: "invited", verb: "lapse", who: "clock", to: "lapsed", fact: "reference.lapsed" },
  { from: "written", verb: "publish", who: "software", to: "published", fact: "reference.published" },
  { from: "written", verb: "publish", who: "clock", to: "published", fact: "reference.published" },
  { from: "published", verb: "answer", who: "either", to: "answered", fact: "reference.answered" },
  { from: "published", verb: "withhold", who: "adviser", to: "withheld", fact: "reference.withheld" },
  { from: "answered", verb: "withhold", who: "adviser", to: "withheld", fact: "reference.withheld" },
];

/** How long both sides have to write, from the day all is done. */
export const writeMs = 14 * dayMs;

/** States in which others read it. */
export const readStates: readonly ReferenceState[] = ["published", "answered"];

export type Reference = Parties & { readonly state: ReferenceState; readonly by: Side; readonly writeBy: Instant };

/** Why this person does not write this reference now. */
export function objectionToWriting(reference: Reference, writer: Actor, now: Instant): Refusal | undefined {
  const side = sideOf(writer, reference);
  if (!side) return refuse("approver-needed");
  if (side !== reference.by) return refuse("other-side-needed");
  if (!isBefore(now, reference.writeBy)) return refuse("reference-too-late", { writeBy: reference.writeBy });
  return objectionToVerb(referenceTable, reference.state, "write");
}

/** Why this person does not answer this reference: the side it is about answers, once. */
export function objectionToAnswering(reference: Reference, answerer: Actor): Refusal | undefined {
  const side = sideOf(answerer, reference);
  if (!side) return refuse("approver-needed");
  if (side === reference.by) return refuse("other-side-needed");
  return objectionToVerb(referenceTable, reference.state, "answer");
}

/** Why this adviser does not withhold this reference. */
export function objectionToWithholding(reference: Reference, adviser: Actor): Refusal | undefined {
  const isSide =
    adviser.kind === "person" && (isOf(reference.team, adviser) || adviser.buysFor.some(({ client }) => client === reference.client));
  return isSide ? refuse("own-engagement") : objectionToVerb(referenceTable, reference.state, "withhold");
}

/** What this person may do about it now: buttons are made of this. */
export const actsOnReference = (reference: Reference, actor: Actor, now: Instant): ("write" | "answer")[] => [
  ...(objectionToWriting(reference, actor, now) ? [] : (["write"] as const)),
  ...(objectionToAnswering(reference, actor) ? [] : (["answer"] as const)),
];

/** Whether what is written is seen at once: both sides are in. */
export const areBothIn = (states: readonly ReferenceState[]): boolean => states.every((state) => state !== "invited");
