// What higher domains show of votes, in SQL.
import { figuresOf, type Figures } from "@partcommune/shared/governance/rules/figures";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { countingOf, type Counting } from "@partcommune/shared/governance/rules/paper";
import type { Outcome, VoteState } from "@partcommune/shared/governance/rules/vote";
import type { Id } from "@partcommune/shared/platform/id";
import type { View } from "../../platform/scope.ts";
import { enteredOf } from "./papers.ts";

/** Where a vote stands; once it is counted, what it came to and the hash of its tally. */
export type VoteShown = {
  readonly state: VoteState;
  /** On paper: where the two tellers stand. */
  readonly counting?: Counting;
  readonly counted?: Figures & { readonly outcome: Outcome; readonly tally: string };
};

/** Where votes stand, and what they came to. */
export async function votesTold(view: Pick<View, "db">, votes: readonly Id[]): Promise<ReadonlyMap<Id, VoteShown>> {
  if (votes.length === 0) return new Map();
  const rows = await view.db
    .selectFrom("governance.vote as vote")
    .leftJoin("governance.tally as tally", "tally.vote", "vote.id")
    .select(["vote.id", "vote.state", "vote.mode", "outcome", "notice", "tally.tally", "tally.hash"])
    .where("vote.id", "in", votes)
    .execute();
  const countings = new Map<Id, Counting>();
  for (const { id, mode } of rows) if (mode === "paper") countings.set(id, countingOf(await enteredOf(view, id)));
  return new Map(
    rows.map(({ id, state, outcome, notice, tally, hash }) => [
      id,
      {
        state: state as VoteState,
        ...countedBy(countings.get(id)),
        ...(outcome === null || tally === null || hash === null
          ? {}
          : { counted: { outcome: outcome as Outcome, tally: hash, ...figuresOf(JSON.parse(notice) as Notice, tally) } }),
      },
    ]),
  );
}

const countedBy = (counting: Counting | undefined): Pick<VoteShown, "counting"> => (counting ? { counting } : {});
