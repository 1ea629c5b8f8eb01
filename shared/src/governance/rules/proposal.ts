// The law of proposals: what may be put to a vote, how a text becomes a question, and what it has gone through.
import type { Row } from "../../platform/table.ts";
import type { Id } from "../../platform/id.ts";
import type { Day } from "../../platform/time.ts";
import { bylawRegister, type BylawKeyName } from "./bylaws.ts";
import type { PurposePot } from "./purpose-pots.ts";
import type { Mandate, Terms, TreatyAct } from "./terms.ts";
import { classes, type BylawClass, type College } from "./words.ts";

/**
 * What a proposal asks. `bylaws`: change rules of the register, together or not at all. `founding`: say yes to the rules the founders
 * began with. `election`: fill the seats of the board that a college has to fill, as many as the bylaw says. `recall`: end a seat. `admission`: let somebody in who applied. `budget`: set money
 * of a pot aside for a purpose. `treaty`: bind us to another coop, or end that. `resolution`: words alone; they enact nothing.
 */
export const proposalKinds = ["bylaws", "founding", "election", "recall", "admission", "budget", "treaty", "resolution"] as const;
export type ProposalKind = (typeof proposalKinds)[number];

/** A bylaw and what it shall be; `base` is the version the writer had before them. */
export type Change = { readonly key: BylawKeyName; readonly base: number; readonly value: unknown };

/** What software carries out when it passes. Free text never enacts anything. */
export type Payload =
  | { readonly kind: "bylaws"; readonly changes: readonly Change[]; readonly from?: Day | undefined }
  | { readonly kind: "founding" }
  | { readonly kind: "election"; readonly college: College }
  | { readonly kind: "recall"; readonly seat: Id }
  | { readonly kind: "admission"; readonly member: Id }
  | {
      readonly kind: "budget";
      readonly pot: PurposePot;
      /** Decimal text in the book currency, as bylaws say amounts. */
      readonly amount: string;
      readonly purpose: string;
      readonly until: Day;
    }
  | {
      readonly kind: "treaty";
      readonly act: TreatyAct;
      /** The other coop, where it is, and what it calls itself. */
      readonly host: Id;
      readonly origin: string;
      readonly name: string;
      readonly terms?: Terms | undefined;
      /** How far our officers may then go from these terms; absent where the other coop laid them on the table. */
      readonly mandate?: Mandate | undefined;
      /** The offer of the other coop that this says yes to: its number, and the hash of its terms. */
      readonly draft?: number | undefined;
      readonly hash?: string | undefined;
    }
  /** Yes or no; or which of several answers, by ticking all one agrees with or by points for each. */
  | { readonly kind: "resolution"; readonly answers?: readonly string[] | undefined; readonly by?: "approval" | "score" | undefined };

const gravest = (each: readonly BylawClass[]): BylawClass => classes.findLast((class_) => each.includes(class_)) ?? "ordinary";

/** How grave it is: of several bylaws the gravest counts; of a treaty members voted it. */
export function classOf(payload: Payload, treaty: BylawClass): BylawClass {
  if (payload.kind === "bylaws") return gravest(payload.changes.map(({ key }) => bylawRegister[key].class));
  return {
    founding: "important",
    election: "ordinary",
    recall: "important",
    admission: "ordinary",
    budget: "important",
    treaty,
    resolution: "ordinary",
  }[payload.kind] as BylawClass;
}

/** What it is about, by name: two proposals about the same are not voted at once, and one that was rejected is not soon asked again. */
export function subjectsOf(payload: Payload): readonly string[] {
  if (payload.kind === "bylaws") return payload.changes.map(({ key }) => key);
  if (payload.kind === "recall") return [`seat:${payload.seat}`];
  if (payload.kind === "election") return [aboutBoard(payload.college)];
  if (payload.kind === "treaty") return [aboutSister(payload.host)];
  return payload.kind === "admission" ? [aboutApplicant(payload.member)] : [];
}

export const aboutBoard = (college: College): string => `board:${college}`;

export const aboutSister = (host: Id): string => `treaty:${host}`;

export const aboutApplicant = (member: Id): string => `applicant:${member}`;

export const proposalStates = [
  "draft",
  "idea",
  "deliberation",
  "final",
  "admitted",
  "convened",
  "passed",
  "enacted",
  "rejected",
  "noQuorum",
  "blocked",
  "annulled",
  "inadmissible",
  "appealed",
  "lapsed",
  "withdrawn",
  "merged",
] as const;
export type ProposalState = (typeof proposalStates)[number];

export const proposalVerbs = [
  "draft",
  "appeal",
  "call",
  "revise",
  "publish",
  "withdraw",
  "merge",
  "sponsor",
  "unsponsor",
  "deliberate",
  "argue",
  "lapse",
  "fix",
  "judge",
  "admit",
  "refuse",
  "appeal",
  "stand",
  "pass",
  "convene",
  "release",
  "adopt",
  "reject",
  "miss",
  "conveneAnew",
  "readAgain",
  "enact",
  "block",
  "annul",
] as const;
export type ProposalVerb = (typeof proposalVerbs)[number];

/**
 * The life of a proposal. `appeal`, of none: whoever applied and was refused asks the members. `call`: a seat is vacant or a term ends, and
 * nobody has asked for an election. `merge`: the author of the first version took this one up, and it is voted under the first. `deliberate`: enough members put their name to it. `fix`: from now on nobody changes a word. `judge`: one of two says whether
 * it may be voted; when both said yes or both no, it is settled. `pass`: they did not agree in time. `appeal`: its author asks a panel drawn
 * by lot, which admits it or lets the no `stand`. `convene`: it has a day. `release`: the assembly it was convened in did not come to it.
 * `adopt`, `reject`, `miss`: what the vote came to. `conveneAnew`: too few
 * came, and the bylaw asks for another day. `readAgain`: a constitutional change is voted twice. `block`: the rule it wanted to change was changed meanwhile.
 */
export const proposalTable: readonly Row<ProposalState, ProposalVerb>[] = [
  { from: "none", verb: "draft", who: "associate", to: "draft", fact: "proposal.drafted" },
  { from: "none", verb: "appeal", who: "person", to: "idea", fact: "proposal.published" },
  { from: "none", verb: "call", who: "clock", to: "deliberation", fact: "election.called" },
  { from: "draft", verb: "revise", who: "author", to: "draft", fact: "proposal.revised" },
  { from: "draft", verb: "publish", who: "author", to: "idea", fact: "proposal.published" },
  { from: "draft", verb: "withdraw", who: "author", to: "withdrawn", fact: "proposal.withdrawn" },
  { from: "idea", verb: "revise", who: "author", to: "idea", fact: "proposal.revised" },
  { from: "idea", verb: "sponsor", who: "associate", to: "idea", fact: "proposal.sponsored" },
  { from: "idea", verb: "unsponsor", who: "associate", to: "idea", fact: "proposal.unsponsored" },
  { from: "idea", verb: "deliberate", who: "software", to: "deliberation", fact: "proposal.supported" },
  { from: "idea", verb: "withdraw", who: "author", to: "withdrawn", fact: "proposal.withdrawn" },
  { from: "idea", verb: "merge", who: "software", to: "merged", fact: "proposal.merged" },
  { from: "idea", verb: "lapse", who: "clock", to: "lapsed", fact: "proposal.lapsed" },
  { from: "deliberation", verb: "argue", who: "associate", to: "deliberation", fact: "proposal.argued" },
  { from: "deliberation", verb: "revise", who: "author", to: "deliberation", fact: "proposal.revised" },
  { from: "deliberation", verb: "sponsor", who: "associate", to: "deliberation", fact: "proposal.sponsored" },
  { from: "deliberation", verb: "unsponsor", who: "associate", to: "deliberation", fact: "proposal.unsponsored" },
  { from: "deliberation", verb: "withdraw", who: "author", to: "withdrawn", fact: "proposal.withdrawn" },
  { from: "deliberation", verb: "merge", who: "software", to: "merged", fact: "proposal.merged" },
  { from: "deliberation", verb: "lapse", who: "clock", to: "lapsed", fact: "proposal.lapsed" },
  { from: "deliberation", verb: "fix", who: "clock", to: "final", fact: "proposal.fixed" },
  { from: "final", verb: "judge", who: "admitter", to: "final", fact: "proposal.judged" },
  { from: "final", verb: "admit", who: "software", to: "admitted", fact: "proposal.admitted" },
  { from: "final", verb: "refuse", who: "software", to: "inadmissible", fact: "proposal.refused" },
  { from: "inadmissible", verb: "appeal", who: "author", to: "appealed", fact: "proposal.appealed" },
  { from: "appealed", verb: "admit", who: "software", to: "admitted", fact: "proposal.admitted" },
  { from: "appealed", verb: "stand", who: "software", to: "inadmissible", fact: "proposal.refused" },
  { from: "final", verb: "pass", who: "clock", to: "admitted", fact: "proposal.admitted" },
  { from: "admitted", verb: "convene", who: "clock", to: "convened", fact: "vote.convened" },
  { from: "convened", verb: "release", who: "software", to: "admitted", fact: "proposal.released" },
  { from: "convened", verb: "adopt", who: "software", to: "passed", fact: "proposal.settled" },
  { from: "convened", verb: "reject", who: "software", to: "rejected", fact: "proposal.settled" },
  { from: "convened", verb: "miss", who: "software", to: "noQuorum", fact: "proposal.settled" },
  { from: "convened", verb: "conveneAnew", who: "software", to: "admitted", fact: "proposal.settled" },
  { from: "passed", verb: "readAgain", who: "clock", to: "admitted", fact: "proposal.readAgain" },
  { from: "passed", verb: "enact", who: "clock", to: "enacted", fact: "proposal.enacted" },
  { from: "admitted", verb: "block", who: "clock", to: "blocked", fact: "proposal.blocked" },
  { from: "passed", verb: "block", who: "clock", to: "blocked", fact: "proposal.blocked" },
  { from: "passed", verb: "annul", who: "software", to: "annulled", fact: "vote.annulled" },
  { from: "rejected", verb: "annul", who: "software", to: "annulled", fact: "vote.annulled" },
  { from: "noQuorum", verb: "annul", who: "software", to: "annulled", fact: "vote.annulled" },
];

/** States in which a proposal counts among those its author has open. */
export const openStates: readonly ProposalState[] = ["idea", "deliberation", "final", "appealed", "admitted", "convened", "passed"];

/** States in which it is discussed: from the day it is published until it is decided. */
export const discussedStates: readonly ProposalState[] = ["idea", "deliberation", "final", "appealed", "admitted", "convened"];

/** How long an author has to ask a panel after a no. */
export const appealDays = 14;

/** States in which a proposal ended without a vote: another version that was written beside it stands alone. */
export const fallenStates: readonly ProposalState[] = ["lapsed", "withdrawn", "merged", "inadmissible", "blocked"];

/** How long two people have to look at a text before silence admits it. */
export const admissionDays = 5;
