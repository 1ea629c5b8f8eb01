// The law of treaties: how two coops come to one, and what becomes of it.
import type { TreatyAct } from "../../governance/rules/terms.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { verbsFor, type Row } from "../../platform/table.ts";
import { dayMs, millisecondsOf, type Instant } from "../../platform/time.ts";

export const problems = {
  "treaty-none": { status: 409, says: "There is no treaty with this coop, and none is on its way." },
  "treaty-stands": {
    status: 409,
    says: "A treaty with this coop is signed already. It can be ended by a vote, and then made anew.",
    rule: "one treaty between two coops",
  },
  "treaty-not-in-force": { status: 409, says: "No treaty with this coop is in force, so none can be ended." },
  "treaty-terms-needed": { status: 422, says: "Say the terms that we would offer, and how far our officers may go from them." },
  "treaty-terms-theirs": {
    status: 422,
    says: "The other coop has laid terms on the table. The members say yes or no to those; for others, officers tell the other coop what we wish for.",
    rule: "both memberships vote on the same words",
  },
  "treaty-changed": {
    status: 409,
    says: "The other coop has laid other terms on the table meanwhile. Read them first.",
    rule: "members vote on what they were shown",
  },
  "treaty-with-members": {
    status: 409,
    says: "The members are deciding about this offer. Officers do not refuse it before they have.",
    rule: "what is before the members, the members decide",
  },
  "treaty-differs": {
    status: 409,
    says: "What the other coop agreed to is not what lies on the table now.",
    rule: "both memberships vote on the same words",
  },
} as const satisfies Problems;

export const treatyStates = ["offered", "received", "accepted", "active", "paused", "refused", "withdrawn", "ended"] as const;
export type TreatyState = (typeof treatyStates)[number];

export const treatyVerbs = [
  "offer",
  "receive",
  "redraft",
  "wish",
  "withdraw",
  "refuse",
  "accept",
  "countersign",
  "pause",
  "resume",
  "end",
  "expire",
] as const;
export type TreatyVerb = (typeof treatyVerbs)[number];

/**
 * The life of a treaty as one of the two coops sees it. `offer`: our members voted for it, and it goes to the other coop. `receive`: theirs
 * did, and ours have yet to; where both offered at once, one of the two offers gives way. `redraft`: whoever offered lays other terms on the table; officers as far as members let them, further by another
 * vote. `wish`: whoever was offered them says which terms it would rather have. `accept`: our members voted for what was offered to
 * us. `countersign`: both hold the other's signature, and it is in force. `pause`: no new jobs and bids pass for now, all else goes on.
 * `end`, `expire`: nothing new passes any more; what runs is brought to its end.
 */
export const treatyTable: readonly Row<TreatyState, TreatyVerb>[] = [
  { from: "none", verb: "offer", who: "software", to: "offered", fact: "treaty.offered" },
  { from: "none", verb: "receive", who: "software", to: "received", fact: "treaty.received" },
  { from: "offered", verb: "receive", who: "software", to: "received", fact: "treaty.received" },
  { from: "offered", verb: "redraft", who: "officer", to: "offered", fact: "treaty.redrafted" },
  { from: "received", verb: "redraft", who: "software", to: "received", fact: "treaty.redrafted" },
  { from: "offered", verb: "redraft", who: "software", to: "offered", fact: "treaty.redrafted" },
  { from: "accepted", verb: "redraft", who: "software", to: "received", fact: "treaty.redrafted" },
  { from: "offered", verb: "wish", who: "software", to: "offered", fact: "treaty.redrafted" },
  { from: "received", verb: "wish", who: "officer", to: "received", fact: "treaty.redrafted" },
  { from: "offered", verb: "withdraw", who: "officer", to: "withdrawn", fact: "treaty.withdrawn" },
  { from: "received", verb: "withdraw", who: "software", to: "withdrawn", fact: "treaty.withdrawn" },
  { from: "accepted", verb: "withdraw", who: "software", to: "withdrawn", fact: "treaty.withdrawn" },
  { from: "offered", verb: "refuse", who: "software", to: "refused", fact: "treaty.refused" },
  { from: "received", verb: "refuse", who: "officer", to: "refused", fact: "treaty.refused" },
  { from: "received", verb: "accept", who: "software", to: "accepted", fact: "treaty.accepted" },
  { from: "offered", verb: "countersign", who: "software", to: "active", fact: "treaty.begun" },
  { from: "accepted", verb: "countersign", who: "software", to: "active", fact: "treaty.begun" },
  { from: "active", verb: "pause", who: "officer", to: "paused", fact: "treaty.paused" },
  { from: "active", verb: "pause", who: "clock", to: "paused", fact: "treaty.paused" },
  { from: "paused", verb: "resume", who: "officer", to: "active", fact: "treaty.resumed" },
  { from: "active", verb: "end", who: "software", to: "ended", fact: "treaty.ended" },
  { from: "paused", verb: "end", who: "software", to: "ended", fact: "treaty.ended" },
  { from: "active", verb: "expire", who: "clock", to: "ended", fact: "treaty.ended" },
  { from: "paused", verb: "expire", who: "clock", to: "ended", fact: "treaty.ended" },
];

/** What an officer can do about a treaty on its page. */
export const treatyOfficerVerbs = ["redraft", "wish", "withdraw", "refuse", "pause", "resume"] as const satisfies readonly TreatyVerb[];
export type TreatyOfficerVerb = (typeof treatyOfficerVerbs)[number];

export const actsOfOfficers = (state: TreatyState): readonly TreatyOfficerVerb[] =>
  treatyOfficerVerbs.filter((verb) => verbsFor(treatyTable, state, ["officer"]).includes(verb));

/** States in which two coops are about to be bound, or are. */
export const liveStates = ["offered", "received", "accepted", "active", "paused"] as const satisfies readonly TreatyState[];

/** Which of two coops that would speak at once does: the one whose origin sorts first. */
export const goesFirst = (ours: string, theirs: string): boolean => ours < theirs;

type Crossing = { readonly ours: boolean; readonly state: TreatyState };

/** Whether what they offer crosses an offer of ours: it is their members' own vote, and no answer of their officers to what ours voted. */
export const crosses = ({ ours, state }: Crossing, theirVote: string | undefined): boolean =>
  ours && state === "offered" && theirVote !== undefined;

type OnTheTable = { readonly state: TreatyState; readonly hash: string };
type Asked = { readonly act: TreatyAct; readonly hash?: string | undefined; readonly hasTerms: boolean };

/** Why members are not asked this about a coop, given what lies on the table. */
export function objectionToAskingMembers({ act, hash, hasTerms }: Asked, treaty: OnTheTable | undefined): Refusal | undefined {
  if (act === "end") return treaty && inForce(treaty.state) ? undefined : refuse("treaty-not-in-force");
  if (treaty?.state === "received") return objectionToTheirs(hash, hasTerms, treaty);
  if (treaty && treaty.state !== "offered") return refuse("treaty-stands");
  return hasTerms ? undefined : refuse("treaty-terms-needed");
}

function objectionToTheirs(hash: string | undefined, hasTerms: boolean, treaty: OnTheTable): Refusal | undefined {
  if (hasTerms) return refuse("treaty-terms-theirs");
  return hash === treaty.hash ? undefined : refuse("treaty-changed");
}

export const inForce = (state: TreatyState): boolean => state === "active" || state === "paused";

/** Why officers cannot do this now. `before`: whether members have an offer before them, which officers then do not refuse. */
export function objectionToOfficer(state: TreatyState, verb: TreatyOfficerVerb, before = false): Refusal | undefined {
  if (!actsOfOfficers(state).includes(verb)) return refuse("not-in-this-state", { state });
  return verb === "refuse" && before ? refuse("treaty-with-members") : undefined;
}

/** Why an answer of the other coop does not close the treaty: it speaks of other terms, or of another offer. */
export const objectionToAnswer = (
  heard: { readonly offer?: string | undefined; readonly hash: string },
  treaty: { readonly offer?: string | undefined; readonly hash: string },
): Refusal | undefined =>
  heard.hash === treaty.hash && (heard.offer === undefined || heard.offer === treaty.offer) ? undefined : refuse("treaty-differs");

/** What a coop is to us, as the public list says it. */
export const modes = ["neighbour", "applicant", "sister", "resting", "over", "blocked"] as const;
export type Mode = (typeof modes)[number];

/** `over`: the last treaty with it ended, or none came of what was offered; undefined where there was never one. */
export function modeOf(treaty: TreatyState | undefined, isBlocked = false): Mode {
  if (isBlocked) return "blocked";
  if (treaty === undefined) return "neighbour";
  if (treaty === "active") return "sister";
  if (treaty === "paused") return "resting";
  return treaty === "offered" || treaty === "received" || treaty === "accepted" ? "applicant" : "over";
}

/** So many days before a treaty ends the board is told: a new one takes two votes. */
export const warningDays = [90, 30] as const;

/** The days at which the board is to be told now, given those at which it was told last; nothing where it knows. */
export function warningDue(now: Instant, expiresAt: Instant, warned: number | null): number | undefined {
  const days = warningDays.findLast((each) => millisecondsOf(now) >= millisecondsOf(expiresAt) - each * dayMs);
  return days !== undefined && (warned === null || warned > days) ? days : undefined;
}
