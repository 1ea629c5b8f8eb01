// The law of gatherings: who calls one, what it must say, and what it goes through.
import type { Stage } from "../../membership/rules.ts";
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { objectionToVerb, type Hand, type Row } from "../../platform/table.ts";
import { dayMs, isBefore, later, type Instant } from "../../platform/time.ts";

export const mostDays = 14;

export const problems = {
  "gathering-needs-membership": {
    status: 403,
    says: "Gatherings are called by members, from their trial on.",
    rule: "membership",
    changedBy: "the board, which admits members",
  },
  "gathering-in-the-past": { status: 422, says: "A gathering begins in the future." },
  "gathering-ends-first": { status: 422, says: "A gathering ends after it begins, within {most} days." },
  "gathering-nowhere": { status: 422, says: "A gathering has a place, a link, or both." },
  "no-such-hour": { status: 422, says: "The clocks of {zone} skip {clock}: they go forward on that day. Choose another hour." },
  "caller-only": {
    status: 403,
    says: "Only whoever called this gathering may do that.",
    rule: "a gathering belongs to its caller",
    changedBy: "the board, which can cancel it",
  },
  "gathering-begun": { status: 409, says: "This gathering has begun; what is said of it stands." },
  "gathering-changed": { status: 409, says: "This gathering was changed meanwhile. Read it again." },
  "places-promised": { status: 409, says: "{taken} places are taken or offered already; there cannot be fewer." },
} as const satisfies Problems;

/** `open`: members call it and everybody may come. `assembly`: the board calls it and members decide; its own law says how. */
export const gatheringKinds = ["open", "assembly"] as const;
export type GatheringKind = (typeof gatheringKinds)[number];

/** The last three are those of assemblies alone. */
export const gatheringStates = ["called", "cancelled", "open", "closed", "lapsed"] as const;
export type GatheringState = (typeof gatheringStates)[number];

export const gatheringVerbs = ["call", "change", "cancel"] as const;
export type GatheringVerb = (typeof gatheringVerbs)[number];

/** The life of an open gathering. When its hour is over nothing happens to it: it was. */
export const gatheringTable: readonly Row<GatheringState, GatheringVerb>[] = [
  { from: "none", verb: "call", who: "member", to: "called", fact: "gathering.called" },
  { from: "called", verb: "change", who: "caller", to: "called", fact: "gathering.changed" },
  { from: "called", verb: "cancel", who: "caller", to: "cancelled", fact: "gathering.cancelled" },
  { from: "called", verb: "cancel", who: "board", to: "cancelled", fact: "gathering.cancelled" },
];

/** The stages in which a member calls gatherings. */
export const gathering: readonly Stage[] = ["trial", "member", "associate"];

/** What a gathering says of time and place. */
export type Called = {
  readonly from: Instant;
  readonly until: Instant;
  readonly place?: string | undefined;
  readonly link?: string | undefined;
};

/** A gathering as its verbs meet it. */
export type GatheringHeld = Called & { readonly kind: GatheringKind; readonly state: GatheringState; readonly calledBy: Id };

/** Why this cannot be called so. */
export function objectionToCalling({ from, until, place, link }: Called, now: Instant): Refusal | undefined {
  if (!isBefore(now, from)) return refuse("gathering-in-the-past");
  if (!isBefore(from, until) || isBefore(later(from, mostDays * dayMs), until)) return refuse("gathering-ends-first", { most: mostDays });
  return place === undefined && link === undefined ? refuse("gathering-nowhere") : undefined;
}

/** What a person is to a gathering. */
export const handsOn = (held: { readonly calledBy: Id }, actor: Actor): readonly Hand[] =>
  actor.kind === "person"
    ? [...(actor.person === held.calledBy ? (["caller"] as const) : []), ...(actor.roles.includes("board") ? (["board"] as const) : [])]
    : [];

/** Why this person may not change or cancel it now. */
export function objectionToGathering(held: GatheringHeld, verb: "change" | "cancel", actor: Actor, now: Instant): Refusal | undefined {
  const hands = handsOn(held, actor);
  if (!gatheringTable.some((row) => row.verb === verb && hands.includes(row.who))) return refuse("caller-only");
  if (held.kind === "assembly" && verb === "change") return refuse("assembly-stands");
  return objectionToVerb(gatheringTable, held.state, verb) ?? (isBefore(now, held.from) ? undefined : refuse("gathering-begun"));
}
