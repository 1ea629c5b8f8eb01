// The law of claims: what one coop is owed for work by its member at another, from its word to the money.
import { figuresOfPart, type Figures } from "../../money/rules/split.ts";
import { bylawMinor } from "../../governance/rules/bylaws.ts";
import type { Terms } from "../../governance/rules/terms.ts";
import { dayAfter, monthOf, monthsAfter } from "../../platform/calendar.ts";
import { divideHalfEven, share, type Money, type Ppm } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { verbsFor, type Row } from "../../platform/table.ts";
import type { Day } from "../../platform/time.ts";

export const problems = {
  "statement-unreadable": {
    status: 422,
    says: "This is not a statement that a sister signed with its own key, for this coop and now.",
    rule: "statements between coops",
    changedBy: "nobody",
  },
  "claim-unsound": {
    status: 409,
    says: "The parts of this claim are not its whole, or it is in another currency than the book. {coop} can withdraw it or raise it anew.",
    rule: "figures of a claim",
    changedBy: "the treasurers of the other coop",
  },
  "claim-sum-unknown": {
    status: 409,
    says: "{coop} names no sum for this work. You can withdraw the claim, or its treasurers can accept it as it is.",
    rule: "a claim is raised anew with the sum that the other coop holds",
    changedBy: "the treasurers of the other coop",
  },
} as const satisfies Problems;

/**
 * What a claim is about, by its turn at a milestone: the work; what of it the client never pays, which takes back a part of what is owed; and each
 * sum of that which comes in after all.
 */
export const claimKinds = ["work", "loss", "recovery"] as const;
export type ClaimKind = (typeof claimKinds)[number];
export const kindOfClaim = (turn: number): ClaimKind => claimKinds[Math.min(turn, claimKinds.length - 1)] ?? "recovery";

/** Whether it is our word: work is claimed by whoever is owed for it, a loss and what comes in of it by whoever has the client. */
export const isOurWord = ({ ours, turn }: { readonly ours: boolean; readonly turn: number }): boolean => (turn === 0) === ours;

export const claimStates = ["expected", "raised", "accepted", "disputed", "netted", "settled", "withdrawn"] as const;
export type ClaimState = (typeof claimStates)[number];

export const claimVerbs = ["expect", "raise", "accept", "dispute", "withdraw", "net", "settle"] as const;
export type ClaimVerb = (typeof claimVerbs)[number];

/**
 * A claim as one of the two coops sees it. `expect`: a client here approved, and we know what we shall owe. `raise`: a member of ours did the
 * work, and we say what we are owed, or a client of ours never pays, and we say what the sister bears of it; disputed or withdrawn, a treasurer may say it anew with the sum that the other coop holds. `accept`: what
 * was said is what was expected, or a treasurer of whoever owes takes it as it is. `dispute`: it is not, and people look at it; nothing moves
 * in the book. `withdraw`: whoever said it says so no more; what the other coop had expected it expects again. `net`: it was set off in a round that both coops hold. `settle`: what was left of that round is paid.
 */
export const claimTable: readonly Row<ClaimState, ClaimVerb>[] = [
  { from: "none", verb: "expect", who: "software", to: "expected", fact: "claim.expected" },
  { from: "none", verb: "raise", who: "software", to: "raised", fact: "claim.raised" },
  { from: "none", verb: "accept", who: "software", to: "accepted", fact: "claim.accepted" },
  { from: "none", verb: "dispute", who: "software", to: "disputed", fact: "claim.disputed" },
  { from: "expected", verb: "accept", who: "software", to: "accepted", fact: "claim.accepted" },
  { from: "expected", verb: "dispute", who: "software", to: "disputed", fact: "claim.disputed" },
  { from: "raised", verb: "accept", who: "software", to: "accepted", fact: "claim.accepted" },
  { from: "raised", verb: "dispute", who: "software", to: "disputed", fact: "claim.disputed" },
  { from: "disputed", verb: "dispute", who: "software", to: "disputed", fact: "claim.disputed" },
  { from: "disputed", verb: "expect", who: "software", to: "expected", fact: "claim.withdrawn" },
  { from: "disputed", verb: "raise", who: "treasurer", to: "raised", fact: "claim.raised" },
  { from: "disputed", verb: "accept", who: "treasurer", to: "accepted", fact: "claim.accepted" },
  { from: "disputed", verb: "accept", who: "software", to: "accepted", fact: "claim.accepted" },
  { from: "disputed", verb: "withdraw", who: "treasurer", to: "withdrawn", fact: "claim.withdrawn" },
  { from: "disputed", verb: "withdraw", who: "software", to: "withdrawn", fact: "claim.withdrawn" },
  { from: "withdrawn", verb: "raise", who: "treasurer", to: "raised", fact: "claim.raised" },
  { from: "withdrawn", verb: "accept", who: "software", to: "accepted", fact: "claim.accepted" },
  { from: "accepted", verb: "net", who: "software", to: "netted", fact: "claim.netted" },
  { from: "netted", verb: "settle", who: "software", to: "settled", fact: "claim.settled" },
];

/** What a treasurer can do about a claim that is disputed. */
export const claimActs = ["raise", "accept", "withdraw"] as const satisfies readonly ClaimVerb[];
export type ClaimAct = (typeof claimActs)[number];

type Standing = { readonly state: ClaimState; readonly ours: boolean; readonly turn: number };

/** Whoever said it withdraws or raises it anew, the other accepts. */
export const actsOnClaim = ({ state, ...claim }: Standing): readonly ClaimAct[] =>
  claimActs.filter((act) => (act === "accept") !== isOurWord(claim) && verbsFor(claimTable, state, ["treasurer"]).includes(act));

/** Why a treasurer cannot do this about a claim now. */
export const objectionToClaimAct = (claim: Standing, act: ClaimAct): Refusal | undefined =>
  actsOnClaim(claim).includes(act) ? undefined : refuse("not-in-this-state", { state: claim.state });

export const exposureLevels = ["calm", "near", "full"] as const;
export type ExposureLevel = (typeof exposureLevels)[number];

/** How close what one coop may come to owe the other is to the limit that both signed. */
export function exposureLevel(exposure: Money, limit: Money | undefined): ExposureLevel {
  if (limit === undefined || exposure.minor * 10n < limit.minor * 8n) return "calm";
  return exposure.minor < limit.minor ? "near" : "full";
}

/** The most that one coop may come to owe the other in a currency; undefined where the treaty names none, and nothing is owed in it. */
export function limitIn({ exposure }: Pick<Terms, "exposure">, currency: string): Money | undefined {
  const agreed = exposure.find((each) => each.currency === currency);
  return agreed && { minor: bylawMinor(agreed.amount, currency), currency };
}

/** Whether what is agreed now brings the exposure near its limit, where it was not. */
export const comesNear = (before: Money, after: Money, limit: Money | undefined): boolean =>
  exposureLevel(before, limit) === "calm" && exposureLevel(after, limit) !== "calm";

/** What is to be paid of rounds, and since when the oldest claim is accepted that is in none. */
export type Open = { readonly due: readonly Day[]; readonly oldest?: Day | undefined };

/** The day on which exposure should fall: when a round is to be paid, or the next one would be. */
export function fallsOn(today: Day, { nettingDay, settleWithinDays }: Pick<Terms, "nettingDay" | "settleWithinDays">, open: Open): Day {
  const [first] = open.due.filter((day) => day >= today).toSorted();
  if (first !== undefined) return first;
  const nettedOn = dayAfter(monthsAfter(monthOf(open.oldest ?? today), 1), nettingDay - 1);
  return dayAfter(nettedOn >= today ? nettedOn : today, settleWithinDays);
}

/** What is claimed: of which milestone of which engagement, at its address, in which turn, and what everybody gets of it. */
export type Claimed = Figures & { readonly engagement: string; readonly milestone: string; readonly turn: number };

const figures = ["gross", "fee", "hostFund", "homeFund", "member", "due"] as const;

const areSame = (said: Figures, expected: Figures): boolean =>
  figures.every((each) => said[each].minor === expected[each].minor && said[each].currency === expected[each].currency);

/** Whether a claim says to the cent what is expected. */
export const isAsExpected = (said: Claimed, expected: Claimed): boolean =>
  said.engagement === expected.engagement &&
  said.milestone === expected.milestone &&
  said.turn === expected.turn &&
  areSame(said, expected);

const isWithin = (part: bigint, whole: bigint): boolean => (whole < 0n ? part <= 0n && part >= whole : part >= 0n && part <= whole);

/** Of what came in, all may be VAT, which is nobody's between coops. */
const hasSign: Readonly<Record<ClaimKind, (gross: bigint) => boolean>> = {
  work: (gross) => gross > 0n,
  loss: (gross) => gross < 0n,
  recovery: (gross) => gross >= 0n,
};

/** Whether the parts of a claim are its whole, whatever was agreed. A loss takes back, so all of it is below zero; of work all is due but the host's part of the fee. */
export const addsUp = ({ gross, fee, hostFund, homeFund, member, due, turn }: Figures & { readonly turn: number }): boolean =>
  [fee, hostFund, homeFund, member, due].every(({ minor, currency }) => currency === gross.currency && isWithin(minor, gross.minor)) &&
  hasSign[kindOfClaim(turn)](gross.minor) &&
  hostFund.minor + homeFund.minor === fee.minor &&
  member.minor + fee.minor === gross.minor &&
  (turn > 0 || due.minor + hostFund.minor === gross.minor);

/** What both hold of work, what of a loss of it the member's coop bears, and what was accepted of that: the loss, and what came in of it. */
export type Bearing = { readonly work: Figures; readonly homeLossPpm: Ppm; readonly before: readonly Figures[] };

const sumOf = (all: readonly Figures[], each: "gross" | "due"): bigint => all.reduce((so, one) => so + one[each].minor, 0n);

/** What the member's coop reckons of a price that is lost, or that came in after all; undefined where it bears nothing of it. */
export function expectedOfLoss(
  { work, homeLossPpm, before }: Bearing,
  { gross, turn }: Pick<Claimed, "gross" | "turn">,
): Figures | undefined {
  const [loss] = before;
  if (kindOfClaim(turn) === "loss") {
    const isOfWork = gross.currency === work.gross.currency && gross.minor < 0n && -gross.minor <= work.gross.minor;
    return isOfWork && homeLossPpm > 0n ? figuresOfPart(work, gross, share(gross, homeLossPpm)) : undefined;
  }
  if (!loss || gross.currency !== loss.gross.currency || gross.minor < 0n) return undefined;
  const recovered = sumOf(before.slice(1), "gross") + gross.minor;
  if (recovered > -loss.gross.minor) return undefined;
  const back = divideHalfEven(-loss.due.minor * recovered, -loss.gross.minor);
  return figuresOfPart(work, gross, { ...gross, minor: back - sumOf(before.slice(1), "due") });
}

/** Whether a claim says to the cent what is reckoned of a loss. */
export function isAsLost(said: Claimed, bearing: Bearing): boolean {
  const expected = expectedOfLoss(bearing, said);
  return expected !== undefined && areSame(said, expected);
}
