// The law of who comes: what one may say, when a place is one's own, and how a freed place goes to who waits.
import type { Stage } from "../../membership/rules.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Row } from "../../platform/table.ts";
import { isBefore, later, type Instant } from "../../platform/time.ts";
import { gathering, type GatheringKind, type GatheringState } from "./gathering.ts";

export const mostGuests = 5;
const offerMs = 24 * 3_600_000;

export const problems = {
  "gathering-off": { status: 409, says: "This gathering is cancelled." },
  "answers-over": { status: 409, says: "This gathering has begun: whoever comes now is welcome at the door." },
  "members-come-alone": { status: 422, says: "Members come to an assembly without guests.", rule: "an assembly is its members'" },
  "party-too-large": { status: 409, says: "There are {capacity} places in all, fewer than you and your guests." },
  "places-too-few": { status: 409, says: "{free} more places are free, too few for these guests. Your own place stays yours." },
} as const satisfies Problems;

/** What a person says. */
export const sayings = ["going", "maybe", "no"] as const;
export type Said = (typeof sayings)[number];

/** Where they stand then. `waiting`: in line for a place. `offered`: a freed place is kept for them. `lapsed`: they let it pass. */
export const answerStates = ["going", "maybe", "no", "waiting", "offered", "lapsed"] as const;
export type AnswerState = (typeof answerStates)[number];

export const answerVerbs = ["come", "wait", "think", "decline", "offer", "lapse"] as const;
export type AnswerVerb = (typeof answerVerbs)[number];

const rowsOf = (
  from: AnswerState | "none",
  verbs: readonly ("come" | "wait" | "think" | "decline")[],
): readonly Row<AnswerState, AnswerVerb>[] =>
  verbs.map((verb) => ({ from, verb, who: "guest", to: led[verb], fact: "gathering.answered" }));
const led = { come: "going", wait: "waiting", think: "maybe", decline: "no" } as const;

/** The life of an answer. Everybody may think again until it begins; who waits has no place but by an offer, and an offer ends by itself. */
export const answerTable: readonly Row<AnswerState, AnswerVerb>[] = [
  ...rowsOf("none", ["come", "wait", "think", "decline"]),
  ...rowsOf("maybe", ["come", "wait", "think", "decline"]),
  ...rowsOf("no", ["come", "wait", "think", "decline"]),
  ...rowsOf("lapsed", ["come", "wait", "think", "decline"]),
  ...rowsOf("going", ["come", "think", "decline"]),
  ...rowsOf("waiting", ["wait", "think", "decline"]),
  { from: "waiting", verb: "offer", who: "software", to: "offered", fact: "place.offered" },
  ...rowsOf("offered", ["come", "think", "decline"]),
  { from: "offered", verb: "lapse", who: "clock", to: "lapsed", fact: "place.lapsed" },
];

/** Whether a place is theirs, or kept for them. */
export const holdsPlace = (state: AnswerState | "none"): boolean => state === "going" || state === "offered";

/** What somebody stands at, with how many beside them. */
export type Answer = { readonly state: AnswerState | "none"; readonly guests: number };

/** Places that an answer takes. */
export const placesOf = ({ state, guests }: Answer): number => (holdsPlace(state) ? 1 + guests : 0);

/** The room there is: undefined where nobody counts. */
export type Room = { readonly capacity: number | undefined; readonly taken: number };

export const freeIn = ({ capacity, taken }: Room): number => (capacity === undefined ? Infinity : capacity - taken);

/** What it means for them to say so: a place where there is one, else to stand in line. */
export function verbFor(before: Answer, said: Said, guests: number, room: Room): AnswerVerb {
  if (said !== "going") return said === "maybe" ? "think" : "decline";
  if (before.state === "waiting") return "wait";
  return holdsPlace(before.state) || 1 + guests <= freeIn(room) ? "come" : "wait";
}

/** What is answered: a gathering's state and hour, whom it is for, and its room. */
export type Answered = Room & { readonly kind: GatheringKind; readonly state: GatheringState; readonly from: Instant };
/** What somebody says, with the stage of their membership where they have one. */
export type Saying = { readonly said: Said; readonly guests: number; readonly stage: Stage | undefined };

/** Why this person may not say this now. */
export function objectionToAnswer(asked: Answered, before: Answer, { said, guests, stage }: Saying, now: Instant): Refusal | undefined {
  if (asked.kind === "assembly" && !gathering.some((each) => each === stage)) return refuse("members-attend");
  if (asked.state === "cancelled") return refuse("gathering-off");
  if (asked.state !== "called" || !isBefore(now, asked.from)) return refuse("answers-over");
  if (asked.kind === "assembly" && guests > 0) return refuse("members-come-alone");
  if (said === "going" && asked.capacity !== undefined && 1 + guests > asked.capacity)
    return refuse("party-too-large", { capacity: asked.capacity });
  const more = 1 + guests - placesOf(before);
  return said === "going" && holdsPlace(before.state) && more > freeIn(asked)
    ? refuse("places-too-few", { free: freeIn(asked) })
    : undefined;
}

/** How long a freed place is kept: a day, or until it begins. */
export const offeredUntil = (now: Instant, from: Instant): Instant => (isBefore(later(now, offerMs), from) ? later(now, offerMs) : from);
