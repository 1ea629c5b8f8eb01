// The jobs of a client, whatever became of them, in SQL.
import type { listOwnJobs } from "@partcommune/shared/marketplace/api";
import { bidTable } from "@partcommune/shared/marketplace/rules/bid";
import type { JobState } from "@partcommune/shared/marketplace/rules/job";
import { statesBefore } from "@partcommune/shared/marketplace/rules/table";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Instant } from "@partcommune/shared/platform/time";
import { cursorOf, placeAfter } from "../../platform/list.ts";
import type { View } from "../../platform/scope.ts";

/** The jobs of those for whom this person buys, the newest first. */
export async function ownJobs({ db, actor }: View, input: InputOf<typeof listOwnJobs>): Promise<AnswerOf<typeof listOwnJobs>> {
  const [beforeAt, beforeId] = placeAfter(input.after, 2);
  const clients = actor.kind === "person" ? actor.buysFor.map(({ client }) => client) : [];
  const rows = await db
    .selectFrom("marketplace.job as job")
    .innerJoin("membership.client_card as client_card", "client_card.id", "job.client")
    .select(["job.id", "job.title", "client_card.name", "job.state", "job.bids_until", "job.lapses_at", "job.posted_at"])
    .select(({ selectFrom, ref }) =>
      selectFrom("marketplace.bid")
        .select(({ fn }) => fn.countAll<bigint>().as("count"))
        .where("marketplace.bid.job", "=", ref("job.id"))
        .where("marketplace.bid.state", "in", statesBefore(bidTable, "withdraw"))
        .as("bids"),
    )
    .where("job.client", "in", clients)
    .$if(beforeAt !== undefined && beforeId !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple("job.posted_at", "job.id"), "<", eb.tuple(beforeAt as Instant, beforeId ?? ""))),
    )
    .orderBy("job.posted_at", "desc")
    .orderBy("job.id", "desc")
    .limit(input.limit + 1)
    .execute();
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ id, title, name, state, bids_until: bidsUntil, lapses_at: lapsesAt, bids }) => ({
      id,
      title,
      client: name ?? "",
      state: state as JobState,
      bidsUntil,
      ...(lapsesAt === null ? {} : { lapsesAt }),
      bids: bids ?? 0n,
    })),
    ...(rows.length > input.limit && last ? { next: cursorOf(last.posted_at, last.id) } : {}),
  };
}
