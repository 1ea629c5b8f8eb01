// The law of settlements: how the two sides of a dispute agree on a share of the price, and how an adviser mediates without deciding.
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { moneyText, share, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, type Instant } from "../../platform/time.ts";
import { buysFrom } from "./acceptance.ts";
import { missingWords, sideOf, wordOf, type Parties, type Side, type Word } from "./engagement.ts";
import { milestoneTable, type Milestone, type MilestoneVerb } from "./milestone.ts";
import { objectionToVerb } from "../../platform/table.ts";

export const problems = {
  "mediated-already": { status: 409, says: "An adviser mediates this dispute already." },
  "mediator-needed": {
    status: 403,
    says: "Only the adviser who took the mediation may suggest a share, and only while they are no side of it.",
    rule: "mediation",
  },
  "proposal-lapsed": {
    status: 409,
    says: "The proposal stood until {standsUntil}. Make it again, or make another.",
    rule: "10 days to agree",
  },
  "proposal-replaced": { status: 409, says: "The proposal stands no longer: another took its place, or the dispute has ended." },
  "agreed-already": { status: 409, says: "You, or your side, agreed to this already." },
  "share-too-small": { status: 422, says: "{share} % of {price} is less than the smallest coin. Propose a larger share, or none." },
} as const satisfies Problems;

/** How long a proposal stands, in days of the engagement's zone; the day it is made is day 0. */
export const standsDays = 10;

/** Shares of the price go in steps of so many per cent, from nothing to the whole. */
export const shareStep = 5;

const ppmOfPercent = 10_000n;

/** What a share of a price comes to, rounded half to even once; the rest is never owed. */
export const priceAt = (price: Money, percent: number): Money => share(price, BigInt(percent) * ppmOfPercent);

/** Whose proposal it is. An adviser suggests; the two sides agree. */
export type Proposer = Side | "adviser";

export type Proposal = {
  readonly standsUntil: Instant;
  /** Another of the same proposer took its place, or the dispute ended. */
  readonly ended: boolean;
  /** Whoever proposes for a side has agreed. */
  readonly agreed: readonly Word[];
};

/** How a proposal stands to those who read it. */
export const standings = ["open", "lapsed", "replaced", "agreed"] as const;

export function standingOf(
  { standsUntil, ended, agreed }: Proposal,
  parties: Pick<Parties, "team">,
  now: Instant,
): (typeof standings)[number] {
  if (missingWords(parties, agreed).length === 0) return "agreed";
  if (ended) return "replaced";
  return isBefore(now, standsUntil) ? "open" : "lapsed";
}

/** Which verb settles a dispute at a share. */
export const settlingVerb = (percent: number): Extract<MilestoneVerb, "settle" | "settleAtNothing"> =>
  percent === 0 ? "settleAtNothing" : "settle";

export type Disputed = Milestone & { readonly mediator?: Id };

const isOfASide = (actor: Actor, parties: Parties): boolean => sideOf(actor, parties) !== undefined || buysFrom(actor, parties.client);

/** Why this adviser may not take the mediation. */
export function objectionToMediation(dispute: Disputed, adviser: Actor): Refusal | undefined {
  if (isOfASide(adviser, dispute)) return refuse("own-engagement");
  return (
    objectionToVerb(milestoneTable, dispute.state, "takeMediation") ??
    (dispute.mediator === undefined ? undefined : refuse("mediated-already"))
  );
}

/** Why this share cannot be proposed: what it comes to must be money, or nothing at all. */
function objectionToShare(price: Money, percent: number): Refusal | undefined {
  const nothing = percent > 0 && priceAt(price, percent).minor === 0n;
  return nothing ? refuse("share-too-small", { share: percent, price: moneyText(price) }) : undefined;
}

/** Why this person may not propose this share for their side. */
export function objectionToProposal(dispute: Milestone, proposer: Actor, price: Money, percent: number): Refusal | undefined {
  if (!sideOf(proposer, dispute)) return refuse("approver-needed");
  return objectionToVerb(milestoneTable, dispute.state, "propose") ?? objectionToShare(price, percent);
}

/** Why this adviser may not suggest this share. */
export function objectionToSuggestion(dispute: Disputed, adviser: Actor, price: Money, percent: number): Refusal | undefined {
  const unfit = objectionToVerb(milestoneTable, dispute.state, "suggest");
  if (unfit) return unfit;
  const mediates = adviser.kind === "person" && adviser.person === dispute.mediator && !isOfASide(adviser, dispute);
  return mediates ? objectionToShare(price, percent) : refuse("mediator-needed");
}

/** Why this person may not agree to this proposal now. */
export function objectionToAgreement(dispute: Milestone, proposal: Proposal, agreeing: Actor, now: Instant): Refusal | undefined {
  const word = wordOf(agreeing, dispute);
  if (word === undefined) return refuse("approver-needed");
  const unfit = objectionToVerb(milestoneTable, dispute.state, "agree");
  if (unfit) return unfit;
  if (proposal.ended) return refuse("proposal-replaced");
  if (!isBefore(now, proposal.standsUntil)) return refuse("proposal-lapsed", { standsUntil: proposal.standsUntil });
  return proposal.agreed.includes(word) ? refuse("agreed-already") : undefined;
}
