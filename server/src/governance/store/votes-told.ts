// What higher domains show of votes, in SQL.
import { figuresOf, type Figures } from "@partcommune/shared/governance/rules/figures";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import type { Outcome, VoteState } from "@partcommune/shared/governance/rules/vote";
import type { Id } from "@partcommune/shared/platform/id";
import type { View } from "../../platform/scope.ts";

/** Where a vote stands; once it is counted, what it came to and the hash of its tally. */
export type VoteShown = {
  readonly state: VoteState;
  readonly counted?: Figures & { readonly outcome: Outcome; readonly tally: string };
};

/** Where votes stand, and what they came to. */
export async function votesTold({ db }: Pick<View, "db">, votes: readonly Id[]): Promise<ReadonlyMap<Id, VoteShown>> {
  if (votes.length === 0) return new Map();
  const rows = await db
    .selectFrom("governance.vote as vote")
    .leftJoin("governance.tally as tally", "tally.vote", "vote.id")
    .select(["vote.id", "vote.state", "outcome", "notice", "tally.tally", "tally.hash"])
    .where("vote.id", "in", votes)
    .execute();
  return new Map(
    rows.map(({ id, state, outcome, notice, tally, hash }) => [
      id,
      {
        state: state as VoteState,
        ...(outcome === null || tally === null || hash === null
          ? {}
          : { counted: { outcome: outcome as Outcome, tally: hash, ...figuresOf(JSON.parse(notice) as Notice, tally) } }),
      },
    ]),
  );
}
