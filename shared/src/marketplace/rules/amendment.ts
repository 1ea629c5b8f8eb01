// The law of amendments: how two sides who have signed agree on something else, and what of the work no amendment touches.
import type { Actor } from "../../platform/actor.ts";
import { sum, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, type Day, type Instant } from "../../platform/time.ts";
import { changesOf, planAfter, type AgreedMilestone, type WantedMilestone } from "./amended.ts";
import { failedChecks, type CoverCheck, type CoverFacts } from "./cover.ts";
import { objectionToPay } from "./pay.ts";
import {
  engagementTable,
  isOf,
  sideOf,
  wordOf,
  type EngagementState,
  type EngagementVerb,
  type Parties,
  type Side,
  type Word,
} from "./engagement.ts";
import { objectionToPlan } from "./plan.ts";
import { objectionToVerb } from "../../platform/table.ts";

export const problems = {
  "amendment-open": {
    status: 409,
    says: "A change of this engagement waits for its signatures already. Sign, decline or withdraw that one first.",
    rule: "one change at a time",
  },
  "amendment-over": {
    status: 409,
    says: "This change waits for nobody any more: it was answered, its 14 days are over, or the work went on without it.",
    rule: "14 days to sign",
  },
  "amendment-changes-nothing": { status: 422, says: "This is what you have agreed on already. Change something first." },
  "amendment-leaves-nothing": {
    status: 422,
    says: "No milestone would be left. To end the whole, cancel the engagement.",
    rule: "amendments",
  },
  "amendment-held-up": {
    status: 409,
    says: "An adviser looks at this change first. The lines beside it say which check does not hold.",
    rule: "checks before work",
    changedBy: "an adviser, in writing",
  },
  "milestone-stays": {
    status: 409,
    says: "“{title}” was handed in, so no change touches it. What is agreed later goes into a milestone of its own.",
    rule: "work handed in stays as it was agreed",
    changedBy: "both sides, by another milestone",
  },
  "end-past": { status: 422, says: "The work would end on {endOn}, and that day is past. The earliest is {today}." },
  "own-amendment": { status: 409, says: "Your side proposed this change. Withdraw it instead." },
  "others-amendment": { status: 409, says: "The other side proposed this change. Decline it instead." },
  "promise-would-be-lost": {
    status: 409,
    says: "“{title}” is guaranteed as it stands, and the guarantee does not answer for its higher price. Leave it as it was, and put what is added into a milestone of its own.",
    rule: "a promise is never taken back",
    changedBy: "both sides, by another milestone; the lines of the guarantee say who can change each answer",
  },
} as const satisfies Problems;

/** How a proposed change ended, or that it has not. */
export const outcomes = ["open", "signed", "declined", "withdrawn", "sentBack", "lapsed", "void"] as const;
export type Outcome = (typeof outcomes)[number];

/** A proposed change as the law asks about it. */
export type Amendment = {
  readonly by: Side;
  readonly hash: string;
  readonly standsUntil: Instant;
  /** The client once one of its people signed, and every one of the team who did. */
  readonly signedBy: readonly Word[];
  /** A check does not hold, and no adviser has answered for it yet. */
  readonly heldUp: boolean;
};

export type Amendable = Parties & { readonly state: EngagementState; readonly amendment?: Amendment | undefined };

/** Why this person may not propose a change. */
export function objectionToAmending(engagement: Amendable, proposer: Actor): Refusal | undefined {
  if (!sideOf(proposer, engagement)) return refuse("approver-needed");
  return (
    objectionToVerb(engagementTable, engagement.state, "proposeAmendment") ?? (engagement.amendment ? refuse("amendment-open") : undefined)
  );
}

/** What both have agreed on so far. */
export type AgreedTerms = {
  readonly startOn: Day;
  readonly endOn: Day;
  readonly text: string;
  /** All that were not dropped, in order. */
  readonly milestones: readonly AgreedMilestone[];
};

/** What is wanted instead. The milestones are those nothing was handed in of, in their order, and new ones after them. */
export type WantedTerms = { readonly endOn: Day; readonly text: string; readonly milestones: readonly WantedMilestone[] };

export type AmendmentLimits = { readonly today: Day; readonly wageFloor?: Money | undefined; readonly weekdays: bigint };

/** What the whole costs after a change; undefined where nothing would be left of it. */
export function priceAfter(agreed: AgreedTerms, wanted: WantedTerms): Money | undefined {
  const [first, ...others] = planAfter(agreed.milestones, wanted.milestones).map(({ amount }) => amount);
  return first && sum(first, ...others);
}

/** Why these two may not agree on this, whoever proposes it. */
export function objectionToTerms(agreed: AgreedTerms, wanted: WantedTerms, currency: string, limits: AmendmentLimits): Refusal | undefined {
  const { startOn, milestones } = agreed;
  const { endOn, text } = wanted;
  const stays = milestones.find(({ id, changeable }) => !changeable && wanted.milestones.some((each) => each.id === id));
  if (stays) return refuse("milestone-stays", { title: stays.title });
  const foreign = wanted.milestones.find(({ amount }) => amount.currency !== currency);
  if (foreign) return refuse("currency-differs", { wanted: currency, given: foreign.amount.currency });
  const same = text === agreed.text && endOn === agreed.endOn && changesOf(milestones, wanted.milestones).length === 0;
  if (same) return refuse("amendment-changes-nothing");
  const price = priceAfter(agreed, wanted);
  if (!price) return refuse("amendment-leaves-nothing");
  if (endOn < startOn) return refuse("dates-reversed", { startOn, endOn });
  return objectionToOpenPart(wanted, startOn) ?? objectionToLateTerms(agreed, { price, endOn }, limits);
}

/** What may speak against a change only later, while it waits: its last day is past, or members voted a higher floor. */
export function objectionToLateTerms(
  agreed: Pick<AgreedTerms, "endOn">,
  { price, endOn }: { readonly price: Money; readonly endOn: Day },
  { today, wageFloor, weekdays }: AmendmentLimits,
): Refusal | undefined {
  if (endOn !== agreed.endOn && endOn < today) return refuse("end-past", { endOn, today });
  return objectionToPay({ price, weekdays }, wageFloor);
}

/** Why the milestones that are wanted lie outside the work. */
function objectionToOpenPart({ milestones, endOn }: WantedTerms, startOn: Day): Refusal | undefined {
  const [first, ...others] = milestones.map(({ amount }) => amount);
  return first && objectionToPlan(milestones, sum(first, ...others), { startOn, endOn });
}

/** How a change stands to what was signed: work for longer, or for less. */
export type Turn = { readonly longer: boolean; readonly less: boolean };

/** The checks that a change does not pass for somebody who does the work: who may work longer, and where, and in a team the pay of each; the pay of all was asked before. */
export const checksHeldUp = (facts: CoverFacts, { longer, less }: Turn): readonly CoverCheck[] =>
  failedChecks(facts).filter((check) => (check === "wageFloor" ? longer || less : longer && (check === "declared" || check === "border")));

type Answer = Extract<EngagementVerb, "signAmendment" | "declineAmendment" | "withdrawAmendment">;

/** Why this person may not answer this change so, as it was shown to them. */
export function objectionToAnswering(engagement: Amendable, actor: Actor, answer: Answer, hash: string, now: Instant): Refusal | undefined {
  const word = wordOf(actor, engagement);
  return word === undefined ? refuse("approver-needed") : objectionToAnswerOf(engagement, word, answer, hash, now);
}

/** Why this word is not taken so, whoever gives it. Of a team any one takes back what their side proposed, since without each it is not signed. */
export function objectionToAnswerOf(engagement: Amendable, word: Word, answer: Answer, hash: string, now: Instant): Refusal | undefined {
  const side: Side = word === "client" ? "client" : "member";
  const { amendment, state } = engagement;
  const unfit = objectionToVerb(engagementTable, state, answer);
  if (unfit) return unfit;
  if (!amendment || !isBefore(now, amendment.standsUntil)) return refuse("amendment-over");
  if (amendment.hash !== hash) return refuse("quote-differs");
  if (answer === "withdrawAmendment") return amendment.by === side ? undefined : refuse("others-amendment");
  if (answer === "declineAmendment") return amendment.by === side ? refuse("own-amendment") : undefined;
  if (amendment.signedBy.includes(word)) return refuse("signed-already");
  return amendment.heldUp ? refuse("amendment-held-up") : undefined;
}

/** Why this adviser may not answer for a change that a check holds up. */
export function objectionToAdvising(
  engagement: Amendable,
  adviser: Actor,
  verb: Extract<EngagementVerb, "coverAmendment" | "sendBackAmendment">,
  hash: string,
  now: Instant,
): Refusal | undefined {
  const { amendment, state, client, team } = engagement;
  const isSide = adviser.kind === "person" && (isOf(team, adviser) || adviser.buysFor.some((buying) => buying.client === client));
  if (isSide) return refuse("own-engagement");
  const unfit = objectionToVerb(engagementTable, state, verb);
  if (unfit) return unfit;
  if (!amendment?.heldUp || !isBefore(now, amendment.standsUntil)) return refuse("amendment-over");
  return amendment.hash === hash ? undefined : refuse("quote-differs");
}
