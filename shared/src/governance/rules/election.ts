// The law of elections: which seats of the board are to be filled, who may stand for them, and when whoever was elected sits down.
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day, Instant } from "../../platform/time.ts";
import type { ProposalKind, ProposalState } from "./proposal.ts";

export const problems = {
  "board-full": {
    status: 409,
    says: "All seats of this college are held beyond {until}. Whoever sits on the board keeps the seat until the term ends.",
    rule: "board.seats",
    changedBy: "the members, by recalling somebody first",
  },
  "college-seatless": {
    status: 422,
    says: "This college has no seat on the board.",
    rule: "board.seats",
    changedBy: "the members, by vote",
  },
  "other-college": {
    status: 403,
    says: "Each college elects its own seats, and you do not belong to this one.",
    rule: "vote.colleges",
    changedBy: "the members, by vote",
  },
  "election-runs": {
    status: 409,
    says: "An election of this college is under way. Stand in that one, or wait for how it ends.",
    rule: "a college holds one election at a time",
  },
  "resignation-day": {
    status: 422,
    says: "The last day on the board is today or one of the next {days} days.",
  },
  "last-seat": {
    status: 409,
    says: "Nobody else sits on the board. You stay until an election has filled another seat.",
    rule: "a coop is not without a board",
    changedBy: "the members, by an election",
  },
  "seat-lasts": {
    status: 409,
    says: "You sit on the board until {until}, and this election fills other seats.",
    rule: "nobody holds two seats",
  },
} as const satisfies Problems;

/** How many people sit on the smallest board. */
export const fewestSeats = 3;

/** How many seats a board may have in all: an odd number, so that it cannot part in two halves. */
export const isBoardSize = (seats: number): boolean => seats >= fewestSeats && seats <= 15 && seats % 2 === 1;

/** A seat that is held, or that somebody elected waits for: whose, since when or from when on, and until when. */
export type Held = { readonly person: Id; readonly from: Instant; readonly until: Instant };

/** The seats of a college, as an election meets them. */
export type CollegeSeats = {
  /** How many the bylaw gives it; undefined where it gives none. */
  readonly seats: number | undefined;
  readonly held: readonly Held[];
  /** A seat whose term ends by then is as good as vacant: an election that begins now is over no earlier. */
  readonly by: Instant;
};

/** Each seat as it is held in the end: whoever was elected for the next term holds one on whose term ends then. */
function lastOf({ held }: Pick<CollegeSeats, "held">): readonly Held[] {
  const followed = new Set<Held>();
  for (const { from } of held) {
    const before = held.find((seat) => seat.until === from && !followed.has(seat));
    if (before) followed.add(before);
  }
  return held.filter((seat) => !followed.has(seat));
}

const lasting = (college: CollegeSeats): readonly Held[] => lastOf(college).filter(({ until }) => until > college.by);

/** How many seats an election would fill. */
export const openSeats = (college: CollegeSeats): number => Math.max(0, (college.seats ?? 0) - lasting(college).length);

/** Until when all seats of a college are held; now, where one is vacant or held over. */
export const heldUntil = ({ seats, held }: Omit<CollegeSeats, "by">, now: Instant): Instant =>
  [now, ...held.map(({ until }) => until).filter((until) => until > now)].toSorted().find((by) => openSeats({ seats, held, by }) > 0) ??
  now;

/** Why nobody is elected now: the college has no seats, or all are held. */
export function objectionToElecting(college: CollegeSeats): Refusal | undefined {
  if (college.seats === undefined) return refuse("college-seatless");
  return openSeats(college) > 0 ? undefined : refuse("board-full", { until: college.by });
}

/** States in which candidates come and go. */
const standing: readonly ProposalState[] = ["idea", "deliberation"];

/** Who would stand: whether they belong to the college, for how many terms in a row they have sat, and the seat they hold, if any. */
export type Standing = {
  readonly belongs: boolean;
  readonly terms: number;
  readonly most: number;
  readonly seat: Held | undefined;
  readonly by: Instant;
};

/** Why nobody stands in this now. */
export function objectionToCandidacies({
  kind,
  state,
}: {
  readonly kind: ProposalKind;
  readonly state: ProposalState;
}): Refusal | undefined {
  if (kind !== "election") return refuse("not-an-election");
  return standing.includes(state) ? undefined : refuse("not-in-this-state", { state });
}

/** Why this person does not stand: a college elects its own, so many terms in a row are enough, and nobody holds two seats. */
export function objectionToStanding({ belongs, terms, most, seat, by }: Standing): Refusal | undefined {
  if (!belongs) return refuse("other-college");
  if (seat && seat.until > by) return refuse("seat-lasts", { until: seat.until });
  return terms >= most ? refuse("terms-enough", { terms }) : undefined;
}

/**
 * From when on each of those elected sits, in the order in which they were elected. Whoever sits stays until the term ends: a seat that is
 * vacant, or held over, is taken now; any other at the end of its term, one's own by whoever was elected again.
 */
export function sittingsOf(elected: readonly Id[], college: CollegeSeats, now: Instant): readonly Pick<Held, "person" | "from">[] {
  const [ends, stay] = [lastOf(college), lasting(college)];
  const ending = ends.filter(({ until }) => until <= college.by).toSorted((one, other) => (one.until < other.until ? -1 : 1));
  const fromEndOf = ({ until }: Held): Instant => (until > now ? until : now);
  const able = elected.filter((person) => !stay.some((seat) => seat.person === person)).slice(0, openSeats(college));
  const again = ending.filter(({ person }) => able.includes(person));
  const vacant = Math.max(0, (college.seats ?? 0) - ends.length);
  const others = [...Array.from({ length: vacant }, () => now), ...ending.filter((seat) => !again.includes(seat)).map(fromEndOf)];
  const free = others.slice(Math.max(0, others.length + again.length - openSeats(college)))[Symbol.iterator]();
  return able.map((person) => {
    const own = again.find((seat) => seat.person === person);
    return { person, from: own ? fromEndOf(own) : (free.next().value ?? now) };
  });
}

type Sitting = Held & { readonly id: Id };

/** Which seats a college has too many of: while more people sit than it has seats, those held over, the longest first. */
export function surplusOf(sitting: readonly Sitting[], seats: number, now: Instant): readonly Id[] {
  const over = sitting.filter(({ until }) => until <= now).toSorted((one, other) => (one.until < other.until ? -1 : 1));
  return over.slice(0, Math.max(0, sitting.length - seats)).map(({ id }) => id);
}

/** Which seats end when somebody sits down: their own, whose term is over; then what is too many. What is held over is held until an election has filled it, no longer. */
export function endingFor(taker: Id, sitting: readonly Sitting[], seats: number, now: Instant): readonly Id[] {
  const own = sitting.filter(({ person, until }) => person === taker && until <= now);
  const others = sitting.filter((seat) => !own.includes(seat));
  return [...own.map(({ id }) => id), ...surplusOf(others, seats - 1, now)];
}

/** How far ahead somebody may say that they leave. */
export const resignationDays = 180;

/** Whether somebody may leave the board: it is not to be empty, unless members end the last seat themselves. `others`: who else sits. */
export const objectionToLeaving = (others: number): Refusal | undefined => (others > 0 ? undefined : refuse("last-seat"));

/** Why nobody leaves the board on that day. */
export function objectionToResigning(
  day: Day,
  { today, latest, others }: { today: Day; latest: Day; others: number },
): Refusal | undefined {
  if (day < today || day > latest) return refuse("resignation-day", { days: resignationDays });
  return objectionToLeaving(others);
}
