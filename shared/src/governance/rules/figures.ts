// What a vote came to in a few figures, as minutes and lists say it.
import type { YesNo } from "./counting/yes-no.ts";
import type { Notice } from "./notice.ts";
import type { Outcome } from "./vote.ts";

export type Figures = {
  /** How many stood on the roll, and how many of them cast. */
  readonly roll: number;
  readonly cast: number;
  /** Counted by two tellers. */
  readonly onPaper?: true;
  /** Of a question with yes and no, college by college. */
  readonly colleges?: YesNo["colleges"];
  /** Whom or what the ballots chose, by the words of the notice; of a vote that passed. */
  readonly chosen?: readonly string[];
};

type Tally = {
  readonly roll: number;
  readonly cast: number;
  readonly outcome: Outcome;
  readonly winner?: string;
  readonly elected?: readonly string[];
  readonly stages: unknown;
};

/** The figures of a published tally. */
export function figuresOf({ method, mode, options, titles }: Notice, text: string): Figures {
  const { roll, cast, outcome, winner, elected, stages } = JSON.parse(text) as Tally;
  const named = (key: string): string => options.find((option) => option.key === key)?.title ?? titles[key] ?? key;
  if (method === "yesNo") return { roll, cast, ...(mode === "paper" ? { onPaper: true } : {}), colleges: (stages as YesNo).colleges };
  const chosen = elected ?? (winner === undefined ? [] : [winner]);
  return { roll, cast, ...(outcome === "passed" ? { chosen: chosen.map(named) } : {}) };
}
