// The jobs of a client, whatever became of them, in SQL.
import type { listOwnJobs } from "@partcommune/shared/marketplace/api";
import { bidTable } from "@partcommune/shared/marketplace/rules/bid";
import { isSealed, type Bidding } from "@partcommune/shared/marketplace/rules/choosing";
import type { JobState } from "@partcommune/shared/marketplace/rules/job";
import { statesBefore } from "@partcommune/shared/platform/table";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { cursorOf, isBehind } from "../../platform/list.ts";
import type { View } from "../../platform/scope.ts";

/** The jobs of those for whom this person buys, the newest first. */
export async function ownJobs({ db, actor }: View, input: InputOf<typeof listOwnJobs>): Promise<AnswerOf<typeof listOwnJobs>> {
  const clients = actor.kind === "person" ? actor.buysFor.map(({ client }) => client) : [];
  const rows = await db
    .selectFrom("marketplace.job as job")
    .innerJoin("membership.client_card as client_card", "client_card.id", "job.client")
    .select(["job.id", "job.title", "client_card.name", "job.state", "job.bids_until", "job.lapses_at", "job.posted_at", "job.bidding"])
    .select(({ selectFrom, ref }) =>
      selectFrom("marketplace.bid")
        .select(({ fn }) => fn.countAll<bigint>().as("count"))
        .where("marketplace.bid.job", "=", ref("job.id"))
        .where("marketplace.bid.state", "in", statesBefore(bidTable, "withdraw"))
        .as("bids"),
    )
    .where("job.client", "in", clients)
    .where((eb) => isBehind(eb, input.after, "<", "job.posted_at", "job.id"))
    .orderBy("job.posted_at", "desc")
    .orderBy("job.id", "desc")
    .limit(input.limit + 1)
    .execute();
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ id, title, name, state, bids_until: bidsUntil, lapses_at: lapsesAt, bidding, bids }) => ({
      id,
      title,
      client: name ?? "",
      state: state as JobState,
      bidsUntil,
      ...(lapsesAt === null ? {} : { lapsesAt }),
      ...(isSealed({ bidding: bidding as Bidding, state: state as JobState }) ? {} : { bids: bids ?? 0n }),
    })),
    ...(rows.length > input.limit && last ? { next: cursorOf(last.posted_at, last.id) } : {}),
  };
}
