// Which votes ought to be secret, and why one is held by roll-call all the same: told before anybody votes.
import type { ProposalKind } from "./proposal.ts";
import type { BylawClass, VoteKind } from "./words.ts";

/** The kind of vote as the bylaw of secret ballots names it; none for what is never secret. */
export function voteKindOf(kind: ProposalKind, class_: BylawClass): VoteKind | undefined {
  if (kind === "election" || kind === "recall" || kind === "admission") return "persons";
  if (kind === "budget" || kind === "treaty") return kind;
  if (kind !== "bylaws" && kind !== "founding") return undefined;
  return { ordinary: undefined, important: "bylawImportant" as const, constitutional: "bylawConstitutional" as const }[class_];
}

/** Whether a roll-call is about people: then its names are for those who voted, and not for every visitor. */
export const isAboutPeople = (kind: ProposalKind): boolean => voteKindOf(kind, "ordinary") === "persons";

/**
 * Why a vote that ought to be secret is not: too few of a college vote for any to be hidden among them, or this software has no secret
 * ballots yet. `voters`: how many of each college that is asked; an empty one hides nobody.
 */
export function secrecyOf(
  kind: ProposalKind,
  class_: BylawClass,
  sealed: readonly VoteKind[],
  voters: readonly number[],
  least: number,
): "tooFew" | "sealedNotBuilt" | undefined {
  const wanted = voteKindOf(kind, class_);
  if (wanted === undefined || !sealed.includes(wanted)) return undefined;
  return voters.some((size) => size > 0 && size < least) ? "tooFew" : "sealedNotBuilt";
}
