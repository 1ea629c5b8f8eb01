// What higher domains show of votes, in SQL.
import type { Outcome, VoteState } from "@partcommune/shared/governance/rules/vote";
import type { Id } from "@partcommune/shared/platform/id";
import type { View } from "../../platform/scope.ts";

export type VoteShown = { readonly state: VoteState; readonly outcome?: Outcome; readonly tally?: string };

/** Where votes stand and what they came to, with the hash of the tally. */
export async function votesTold({ db }: Pick<View, "db">, votes: readonly Id[]): Promise<ReadonlyMap<Id, VoteShown>> {
  if (votes.length === 0) return new Map();
  const rows = await db
    .selectFrom("governance.vote as vote")
    .leftJoin("governance.tally as tally", "tally.vote", "vote.id")
    .select(["vote.id", "vote.state", "outcome", "tally.hash"])
    .where("vote.id", "in", votes)
    .execute();
  return new Map(
    rows.map(({ id, state, outcome, hash }) => [
      id,
      {
        state: state as VoteState,
        ...(outcome === null ? {} : { outcome: outcome as Outcome }),
        ...(hash === null ? {} : { tally: hash }),
      },
    ]),
  );
}
