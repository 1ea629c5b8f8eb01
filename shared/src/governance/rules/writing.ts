// The law of writing and carrying a proposal: who may, what it must say, and what stands in its way.
import type { Stage } from "../../membership/rules.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { hourMs, isBefore, later, type Instant } from "../../platform/time.ts";
import { same } from "../../platform/same.ts";
import { objectionToVerb } from "../../platform/table.ts";
import type { Id } from "../../platform/id.ts";
import type { Day } from "../../platform/time.ts";
import { objectionToElecting, type CollegeSeats } from "./election.ts";
import { proposalTable, type Payload, type ProposalState } from "./proposal.ts";
import { objectionToValues, type BylawValues } from "./together.ts";
import { objectionToMandate, objectionToTerms } from "./treaty-terms.ts";
import { bylawRegister, type BylawKeyName } from "./bylaws.ts";

export const problems = {
  "associates-only": {
    status: 403,
    says: "Associates write, carry and vote proposals; you become one with your first share.",
    rule: "who owns, decides",
    changedBy: "you, by taking a share",
  },
  "author-only": { status: 403, says: "Only whoever wrote this proposal may do that.", rule: "a text belongs to its author" },
  "bylaw-twice": { status: 422, says: "{key} stands twice in this proposal. Name each rule once." },
  "bylaw-unfit": { status: 422, says: "{key} cannot be that.", rule: "each rule has its bounds" },
  "bylaw-unchanged": { status: 422, says: "{key} is already what this proposal asks for." },
  "bylaw-moved": {
    status: 409,
    says: "{key} was changed since this proposal was written: version {current} is in force or voted, not {base}. Read it and word the proposal anew.",
    rule: "members vote on what they were shown",
  },
  "kind-stays": { status: 422, says: "A proposal stays of the kind it was begun as. Begin another one." },
  "proposal-changed": { status: 409, says: "This proposal was changed meanwhile. Read it again." },
  "proposals-enough": {
    status: 409,
    says: "You have {open} proposals open; {most} at a time are allowed.",
    rule: "proposal.openPerMember",
    changedBy: "the members, by vote",
  },
  "not-to-amend": {
    status: 409,
    says: "Another version can be proposed while the first is an idea or in deliberation, and for the same kind of question.",
  },
  "not-an-election": { status: 409, says: "Nobody is elected by this proposal." },
  "judge-needed": {
    status: 403,
    says: "Two people say whether this may be voted: one of the board and one drawn by lot. You are neither.",
    rule: "two people look at every text",
  },
  "appeal-late": {
    status: 409,
    says: "A panel is asked until {until}. This text was kept from the vote before that.",
    rule: "an author has two weeks to ask a panel",
  },
  "appealed-already": { status: 409, says: "A panel drawn by lot has looked at this text already.", rule: "a text is appealed once" },
  "ground-needed": { status: 422, says: "A no names its ground and says why in words." },
  "seat-unknown": { status: 422, says: "Nobody holds this seat." },
  "applicant-unknown": {
    status: 422,
    says: "This person has not applied, is a member already, or does not show their application to the members.",
    rule: "an application is the applicant's own",
    changedBy: "the applicant",
  },
  "purpose-over": { status: 422, says: "The last day on which the money is spent must lie ahead; {until} does not." },
  "terms-enough": {
    status: 409,
    says: "You have held a seat for {terms} terms in a row. Others stand this time.",
    rule: "board.termsInRow",
    changedBy: "the members, by vote",
  },
  "asked-otherwise-late": {
    status: 409,
    says: "What it asks was changed once within the last 48 hours already. It is fixed as it stands; reasons may still be worded.",
    rule: "whoever put their name to a proposal has 48 hours when it asks for something else, once",
    changedBy: "its author, by withdrawing it and asking anew",
  },
} as const satisfies Problems;

/** What a bylaw is now: its newest version, in force or still to come, and its value. */
export type Current = { readonly version: number; readonly value: unknown };
export type CurrentBylaws = Readonly<Record<BylawKeyName, Current>>;

/** What a payload names besides bylaws, as far as it exists. */
export type Named = {
  readonly seat?: Id | undefined;
  readonly applicant?: Id | undefined;
  /** The seats of a college, and whether another election of them is under way. */
  readonly college?: (CollegeSeats & { readonly runs: boolean }) | undefined;
  readonly today?: Day | undefined;
  /** What of our own books bears on the terms of a treaty. */
  readonly book?: { readonly currency: string; readonly now: Instant } | undefined;
};

export type Writer = { readonly member: Id; readonly stage: Stage };

/** Whoever writes, carries, argues or stands. */
export const objectionToSpeaking = ({ stage }: { readonly stage: Stage }): Refusal | undefined =>
  stage === "associate" ? undefined : refuse("associates-only");

/** Why this cannot be asked; asked when it is written, published, fixed, and once more before it is carried out. */
export function objectionToPayload(payload: Payload, bylaws: CurrentBylaws, named: Named): Refusal | undefined {
  if (payload.kind === "recall" && named.seat === undefined) return refuse("seat-unknown");
  if (payload.kind === "election" && named.college)
    return named.college.runs ? refuse("election-runs") : objectionToElecting(named.college);
  if (payload.kind === "admission" && named.applicant === undefined) return refuse("applicant-unknown");
  if (payload.kind === "budget" && named.today !== undefined && payload.until <= named.today)
    return refuse("purpose-over", { until: payload.until });
  if (payload.kind === "treaty") return objectionToTreaty(payload, bylaws, named);
  return payload.kind === "bylaws" ? objectionToChanges(payload.changes, bylaws) : undefined;
}

function objectionToTreaty(
  { terms, mandate }: Extract<Payload, { kind: "treaty" }>,
  bylaws: CurrentBylaws,
  { book }: Named,
): Refusal | undefined {
  if (!terms || !book) return undefined;
  const bounds = { ...book, exposure: bylaws["treaty.exposure"].value as string, termMonths: bylaws["treaty.termMonths"].value as number };
  return objectionToTerms(terms, bounds) ?? (mandate && objectionToMandate(mandate, terms, bounds));
}

/** Why what it asks cannot become this: terms that were laid before members stay. */
export const objectionToRewording = (before: Payload, after: Payload): Refusal | undefined => {
  if (before.kind !== after.kind) return refuse("kind-stays");
  return before.kind === "treaty" && !same(before, after) ? refuse("treaty-stays") : undefined;
};

/** How long whoever put their name to a text has to take it back once it asks for something else. */
const secondThoughtMs = 48 * hourMs;

type Words = { readonly title: string; readonly text: string; readonly payload: Payload };

/** When a deliberation ends, and whether that was moved once. */
type Deliberated = { readonly deliberateUntil: Instant | null; readonly prolonged: boolean };

/** Until when is deliberated after its author worded it anew: a late change of what is asked moves the end, reasons for the same do not. */
export function deliberatedAfter(proposal: Words & Deliberated, after: Words, now: Instant): Deliberated {
  const { deliberateUntil, prolonged } = proposal;
  return isLate(proposal, after, now) ? { deliberateUntil: later(now, secondThoughtMs), prolonged: true } : { deliberateUntil, prolonged };
}

/** Why it asks for nothing else any more: the end moves once, or an author could keep a question from its vote for ever. */
export const objectionToLateChange = (proposal: Words & Deliberated, after: Words, now: Instant): Refusal | undefined =>
  proposal.prolonged && isLate(proposal, after, now) ? refuse("asked-otherwise-late") : undefined;

const isLate = (before: Words & Deliberated, after: Words, now: Instant): boolean =>
  before.deliberateUntil !== null && asksOtherwise(before, after) && isBefore(before.deliberateUntil, later(now, secondThoughtMs));

/** A question with yes and no that enacts nothing is its words. */
function asksOtherwise(before: Words, after: Words): boolean {
  const isWords = after.payload.kind === "resolution" && !after.payload.answers;
  return before.title !== after.title || !same(before.payload, after.payload) || (isWords && before.text !== after.text);
}

type Changes = Extract<Payload, { kind: "bylaws" }>["changes"];

function objectionToChanges(changes: Changes, bylaws: CurrentBylaws): Refusal | undefined {
  const keys = changes.map(({ key }) => key);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice) return refuse("bylaw-twice", { key: twice });
  for (const { key, base, value } of changes) {
    if (!isFit(key, value)) return refuse("bylaw-unfit", { key });
    const { version, value: now } = bylaws[key];
    if (version !== base) return refuse("bylaw-moved", { key, base, current: version });
    if (same(value, now)) return refuse("bylaw-unchanged", { key });
  }
  const now = Object.fromEntries(Object.entries(bylaws).map(([key, { value }]) => [key, value])) as BylawValues;
  return objectionToValues({ ...now, ...Object.fromEntries(changes.map(({ key, value }) => [key, value])) });
}

/** Whether it is a rule of ours, and a value within its bounds: a release may have narrowed them since it was proposed. */
const isFit = (key: string, value: unknown): boolean =>
  Object.hasOwn(bylawRegister, key) && bylawRegister[key as BylawKeyName].schema.safeParse(value).success;

export type Proposal = { readonly author: Id | null; readonly state: ProposalState };

/** Why this member may not word this proposal anew. */
export function objectionToRevising(proposal: Proposal, member: Id): Refusal | undefined {
  if (proposal.author !== member) return refuse("author-only");
  return objectionToVerb(proposalTable, proposal.state, "revise");
}

/** Why this member may not take up another version of a proposal. */
export const objectionToMerging = (first: Proposal, other: Proposal, member: Id): Refusal | undefined =>
  objectionToRevising(first, member) ?? objectionToVerb(proposalTable, other.state, "merge");

/** Why this member may not publish it; `open`: what they have open already. */
export function objectionToPublishing(proposal: Proposal, writer: Writer, open: number, most: number): Refusal | undefined {
  if (proposal.author !== writer.member) return refuse("author-only");
  return (
    objectionToSpeaking(writer) ??
    objectionToVerb(proposalTable, proposal.state, "publish") ??
    (open >= most ? refuse("proposals-enough", { open, most }) : undefined)
  );
}

/** Why this member may not withdraw it. */
export function objectionToWithdrawing(proposal: Proposal, member: Id): Refusal | undefined {
  if (proposal.author !== member) return refuse("author-only");
  return objectionToVerb(proposalTable, proposal.state, "withdraw");
}

/** Why this cannot be another version of that proposal. */
export function objectionToAmending(
  first: { readonly state: ProposalState; readonly kind: string; readonly amends: Id | null },
  kind: string,
): Refusal | undefined {
  const open = first.state === "idea" || first.state === "deliberation";
  return open && first.amends === null && first.kind === kind && (kind === "bylaws" || kind === "resolution")
    ? undefined
    : refuse("not-to-amend");
}

/** Why its author may not ask a panel about a no. `until`: the end of the time for it. */
export function objectionToAppealing(
  { author, state, appealed, until }: Proposal & { readonly appealed: boolean; readonly until: Instant },
  { member, now }: { readonly member: Id; readonly now: Instant },
): Refusal | undefined {
  if (author !== member) return refuse("author-only");
  const unfit = objectionToVerb(proposalTable, state, "appeal");
  if (unfit) return unfit;
  if (appealed) return refuse("appealed-already");
  return isBefore(now, until) ? undefined : refuse("appeal-late", { until });
}
