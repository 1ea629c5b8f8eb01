// The law of assemblies: called in time by the board, led by a chair, watched by two tellers, and what each goes through.
import type { Stage } from "../../membership/rules.ts";
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { objectionToVerb, type Hand, type Row } from "../../platform/table.ts";
import { isBefore, later, type Instant } from "../../platform/time.ts";
import { gathering, handsOn, type GatheringState } from "./gathering.ts";

const hourMs = 3_600_000;
/** So long before it begins people are let in. */
const doorsMs = 2 * hourMs;
/** So long after its planned end the clock closes what was left open, or lets lapse what was never opened. */
export const forgottenMs = 6 * hourMs;

export const problems = {
  "notice-too-short": {
    status: 422,
    says: "An assembly is called at least {days} days ahead: from {earliest} on.",
    rule: "vote.noticeDays",
    changedBy: "the members, by vote",
  },
  "assembly-stands": {
    status: 409,
    says: "An assembly is held as it was called. Cancel it and call another one.",
    rule: "members come to what they were called to",
  },
  "chair-only": {
    status: 403,
    says: "Only the chair of this assembly may do that.",
    rule: "an assembly has one chair",
    changedBy: "the chair, who can hand over, and the board where the chair does not come",
  },
  "members-attend": {
    status: 403,
    says: "Assemblies are attended by members, from their trial on.",
    rule: "membership",
    changedBy: "the board, which admits members",
  },
  "doors-closed": { status: 409, says: "People are let in from {from} on." },
  "not-present": { status: 409, says: "This member is not present." },
  "tellers-too-few": {
    status: 409,
    says: "Two tellers are drawn among those present besides the chair; {present} are there.",
    rule: "two tellers watch an assembly",
  },
  "tellers-drawn": { status: 409, says: "The tellers of this assembly are drawn already." },
  "item-open": { status: 409, says: "“{title}” is open. Close it first." },
} as const satisfies Problems;

export const assemblyVerbs = ["convene", "cancel", "attend", "handOver", "open", "draw", "close", "lapse"] as const;
export type AssemblyVerb = (typeof assemblyVerbs)[number];

/** The life of an assembly. `draw`: the tellers, by lot. `lapse`: nobody opened it. */
export const assemblyTable: readonly Row<GatheringState, AssemblyVerb>[] = [
  { from: "none", verb: "convene", who: "board", to: "called", fact: "assembly.convened" },
  { from: "called", verb: "cancel", who: "board", to: "cancelled", fact: "gathering.cancelled" },
  { from: "called", verb: "attend", who: "member", to: "called", fact: "assembly.attended" },
  { from: "called", verb: "handOver", who: "chair", to: "called", fact: "assembly.handedOver" },
  { from: "called", verb: "handOver", who: "board", to: "called", fact: "assembly.handedOver" },
  { from: "called", verb: "open", who: "chair", to: "open", fact: "assembly.opened" },
  { from: "called", verb: "lapse", who: "clock", to: "lapsed", fact: "assembly.lapsed" },
  { from: "open", verb: "attend", who: "member", to: "open", fact: "assembly.attended" },
  { from: "open", verb: "handOver", who: "chair", to: "open", fact: "assembly.handedOver" },
  { from: "open", verb: "handOver", who: "board", to: "open", fact: "assembly.handedOver" },
  { from: "open", verb: "draw", who: "chair", to: "open", fact: "assembly.tellersDrawn" },
  { from: "open", verb: "close", who: "chair", to: "closed", fact: "assembly.closed" },
  { from: "open", verb: "close", who: "clock", to: "closed", fact: "assembly.closed" },
];

/** An assembly as its verbs meet it. */
export type AssemblyHeld = {
  readonly state: GatheringState;
  readonly from: Instant;
  readonly calledBy: Id;
  readonly chair: Id;
};

export const ways = ["room", "link"] as const;
export type Way = (typeof ways)[number];

/** What a person is to an assembly. */
export const handsIn = (held: AssemblyHeld, actor: Actor): readonly Hand[] =>
  actor.kind === "person"
    ? [
        ...handsOn(held, actor),
        ...(actor.person === held.chair ? (["chair"] as const) : []),
        ...(actor.member === undefined ? [] : (["member"] as const)),
      ]
    : [];

/** Why an assembly cannot be called for then. */
export const objectionToNotice = (from: Instant, days: number, earliest: Instant): Refusal | undefined =>
  isBefore(from, earliest) ? refuse("notice-too-short", { days, earliest }) : undefined;

export type Chairing = "handOver" | "open" | "draw" | "close";

/** Why the chair's verb cannot be done by this person now. The board hands over where the chair does not come. */
export function objectionToChairing(held: AssemblyHeld, verb: Chairing, actor: Actor, now: Instant): Refusal | undefined {
  const hands = handsIn(held, actor);
  if (!assemblyTable.some((row) => row.verb === verb && hands.includes(row.who))) return refuse("chair-only");
  return objectionToVerb(assemblyTable, held.state, verb) ?? (verb === "open" ? objectionToDoors(held, now) : undefined);
}

/** Why nobody is let in yet. */
export const objectionToDoors = ({ from }: Pick<AssemblyHeld, "from">, now: Instant): Refusal | undefined =>
  isBefore(now, later(from, -doorsMs)) ? refuse("doors-closed", { from: later(from, -doorsMs) }) : undefined;

/** Why somebody of this stage is not noted as present, by themselves or by the chair. */
export function objectionToAttending(held: AssemblyHeld, stage: Stage | undefined, now: Instant): Refusal | undefined {
  if (!gathering.some((each) => each === stage)) return refuse("members-attend");
  return objectionToVerb(assemblyTable, held.state, "attend") ?? objectionToDoors(held, now);
}
