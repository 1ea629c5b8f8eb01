// The law of portfolios: who follows which members, who may hand one over, and when a trial is near its end.
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Role } from "../../platform/actor.ts";

export const problems = {
  "adviser-already": { status: 409, says: "This adviser follows the member already." },
  "no-adviser": { status: 409, says: "This person is no adviser. The board gives the role first.", rule: "roles", changedBy: "the board" },
  "own-adviser": {
    status: 409,
    says: "Nobody is their own adviser.",
    rule: "always two people",
    changedBy: "the board, which names another",
  },
  "other-portfolio": {
    status: 403,
    says: "You do not follow this member, so you cannot hand them over.",
    rule: "portfolios",
    changedBy: "the member's adviser, or the board",
  },
  "note-missing": { status: 422, says: "Write a note with the handover, so that the next adviser knows where things stand." },
} as const satisfies Problems;

export type Naming = {
  readonly memberPerson: Id;
  /** Who follows the member now. */
  readonly present: Id | undefined;
  readonly next: Id;
  readonly nextRoles: readonly Role[];
  readonly note: string | undefined;
};

type By = { readonly person: Id; readonly roles: readonly Role[] };

/** Why this person does not name this adviser: the board may always, an adviser hands over their own members with a note. */
export function objectionToNaming({ memberPerson, present, next, nextRoles, note }: Naming, by: By): Refusal | undefined {
  const isBoard = by.roles.includes("board");
  if (!isBoard && present !== by.person) return refuse("other-portfolio");
  if (!nextRoles.includes("adviser")) return refuse("no-adviser");
  if (memberPerson === next) return refuse("own-adviser");
  if (present === next) return refuse("adviser-already");
  return present === by.person && note === undefined ? refuse("note-missing") : undefined;
}

/** How long before its end a trial is told of. */
export const trialNoticeDays = 14;
