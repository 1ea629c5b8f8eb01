// The law of objecting to the roll: from the notice until the vote opens, anybody about themselves and a member about another; the board answers.
import type { Person } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Notice } from "./notice.ts";
import type { VoteState } from "./vote.ts";
import { colleges, type College } from "./words.ts";

export const problems = {
  "roll-frozen": {
    status: 409,
    says: "The roll of this vote was frozen when it opened. Once the vote is counted, it can be contested.",
    rule: "objections are taken from the notice until the vote opens",
  },
  "college-silent": {
    status: 422,
    says: "This college is not asked in this vote.",
    rule: "vote.colleges",
    changedBy: "the members, by vote",
  },
  "member-unnamed": { status: 422, says: "No member is called that, or more than one is. Write the name as it stands on their page." },
  "objection-waits": { status: 409, says: "You have objected to this entry already. The board answers you before the vote opens." },
  "objection-answered": { status: 409, says: "This objection was answered a moment ago." },
  "own-objection": {
    status: 403,
    says: "You raised this objection, or it is about you. Somebody else of the board answers it.",
    rule: "nobody decides about themselves",
    changedBy: "any other board member",
  },
  "associate-needed": {
    status: 409,
    says: "Only an associate stands in the college of members, and the register says that this person is none.",
    rule: "the college of members is that of the associates",
    changedBy: "the board, by correcting the register",
  },
} as const satisfies Problems;

/** `missing`: who ought to stand on the roll does not. `college`: in another college. `notEntitled`: who stands on it ought not to. */
export const objectionGrounds = ["missing", "college", "notEntitled"] as const;
export type ObjectionGround = (typeof objectionGrounds)[number];

/** Why an entry is another one than was announced. */
export const changeReasons = ["admitted", "left", "moved", "objection"] as const;

/** Why somebody is not on the roll that was announced, by what the register says of them today. */
export const absences = [
  "noMember",
  "noAssociate",
  "tooNew",
  "otherCollege",
  "objection",
  "addressOpen",
  "clientUnpaid",
  "clientTooNew",
  "otherOwner",
] as const;
export type Absence = (typeof absences)[number];

/** The colleges that a vote asks, in the order in which somebody of several is put into one. */
export const collegesAsked = ({ weights }: Pick<Notice, "weights">): readonly College[] =>
  colleges.filter((college) => weights[college] !== undefined);

/** Why somebody does not speak of an entry: of another's only a member does, of their own whoever belongs to the coop in some way. */
export const objectionToSpeakingOf = (
  whose: "another" | "own",
  { member, buysFor, roles }: Pick<Person, "member" | "buysFor" | "roles">,
): Refusal | undefined =>
  member !== undefined || (whose === "own" && buysFor.length + roles.length > 0) ? undefined : refuse("members-only");

/** Why nobody objects now, or not with this college. */
export function objectionToObjecting(state: VoteState, notice: Pick<Notice, "weights">, college: College | undefined): Refusal | undefined {
  if (state !== "convened") return refuse("roll-frozen");
  return college === undefined || collegesAsked(notice).includes(college) ? undefined : refuse("college-silent");
}

export type Objection = {
  readonly by: Id;
  readonly about: Id;
  readonly college: College | null;
  readonly isAnswered: boolean;
  /** Whether the register says that whom it is about is an associate. */
  readonly isAssociate: boolean;
};

/** Why this person does not answer it so. */
export function objectionToAnswer(state: VoteState, objection: Objection, person: Id, upheld: boolean): Refusal | undefined {
  if (state !== "convened") return refuse("roll-frozen");
  if (objection.isAnswered) return refuse("objection-answered");
  if (objection.by === person || objection.about === person) return refuse("own-objection");
  return upheld && objection.college === "members" && !objection.isAssociate ? refuse("associate-needed") : undefined;
}
