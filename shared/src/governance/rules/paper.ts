// The law of a vote on paper: what can be asked so, and how two tellers count until both say the same.
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Cast } from "./count.ts";
import type { Answer } from "./counting/yes-no.ts";
import type { Notice } from "./notice.ts";
import type { Mode, VoteState } from "./vote.ts";
import { colleges } from "./words.ts";

export const problems = {
  "paper-unfit": {
    status: 422,
    says: "“{title}” cannot be voted on paper: only a question with yes and no that one group answers can.",
    rule: "what two people count by hand, everybody must be able to count again",
  },
  "vote-on-paper": {
    status: 409,
    says: "This vote is on paper, in the assembly: nothing is cast on a screen.",
    rule: "a vote is held as its notice says",
  },
  "tellers-only": {
    status: 403,
    says: "Papers are counted by the two tellers of this assembly.",
    rule: "two tellers watch an assembly",
    changedBy: "the lot, which drew them",
  },
  "papers-entered": { status: 409, says: "You have entered your count. The other teller enters theirs." },
  "papers-agreed": { status: 409, says: "Both tellers have counted the same." },
  "papers-too-many": {
    status: 422,
    says: "{entered} papers are more than the {most} that can be in the box: one for each who is present and on the roll.",
    rule: "one member, one vote",
  },
  "papers-uncounted": {
    status: 409,
    says: "The two tellers have not counted the same yet.",
    rule: "two tellers count a vote on paper",
    changedBy: "the tellers, who count again",
  },
} as const satisfies Problems;

/** How many papers say what. */
export type Papers = Readonly<Record<Answer, number>>;

/** What one teller counted, in which round: after two unlike counts both count again. */
export type Entered = { readonly teller: Id; readonly round: number; readonly papers: Papers };

const answers = ["yes", "no", "abstain"] as const;

export const papersIn = ({ yes, no, abstain }: Papers): number => yes + no + abstain;

/** Papers that two tellers never agreed on. */
export const noPapers: Papers = { yes: 0, no: 0, abstain: 0 };

/** Each paper as a ballot of the one college that answers. */
export const castOn = (papers: Papers, { weights }: Pick<Notice, "weights">): readonly Cast[] =>
  colleges
    .filter((college) => weights[college] !== undefined)
    .flatMap((college) => answers.flatMap((choice) => Array.from({ length: papers[choice] }, () => ({ college, choice }))));

/** Why this is not asked on paper. */
export function objectionToPaper({ method, weights, titles }: Pick<Notice, "method" | "weights" | "titles">): Refusal | undefined {
  const [title] = Object.values(titles);
  return method === "yesNo" && Object.keys(weights).length === 1 ? undefined : refuse("paper-unfit", { title });
}

const isSame = (one: Papers, other: Papers): boolean => one.yes === other.yes && one.no === other.no && one.abstain === other.abstain;

/** Where the counting stands: the round, who has entered in it, and what both agree on. */
export type Counting = { readonly round: number; readonly entered: readonly Id[]; readonly agreed?: Papers };

export function countingOf(entries: readonly Entered[]): Counting {
  const round = Math.max(1, ...entries.map((entry) => entry.round));
  const [one, other] = entries.filter((entry) => entry.round === round);
  if (!one || !other) return { round, entered: one ? [one.teller] : [] };
  return isSame(one.papers, other.papers)
    ? { round, entered: [one.teller, other.teller], agreed: one.papers }
    : { round: round + 1, entered: [] };
}

/** `most`: how many papers can be in the box. */
export type Box = { readonly mode: Mode; readonly state: VoteState; readonly counting: Counting; readonly most: number };

/** Why this teller's count is not taken. */
export function objectionToEntering({ mode, state, counting, most }: Box, teller: Id, papers: Papers): Refusal | undefined {
  if (mode !== "paper" || state !== "open") return refuse("not-in-this-state", { state });
  if (counting.agreed) return refuse("papers-agreed");
  if (counting.entered.includes(teller)) return refuse("papers-entered");
  const entered = papersIn(papers);
  return entered > most ? refuse("papers-too-many", { entered, most }) : undefined;
}
