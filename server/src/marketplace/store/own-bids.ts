// The bids of whoever asks, in SQL: wherever they are on one that waits.
import type { listOwnBids } from "@partcommune/shared/marketplace/api";
import { openStates, type BidState } from "@partcommune/shared/marketplace/rules/bid";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { cursorOf, isBehind } from "../../platform/list.ts";
import type { View } from "../../platform/scope.ts";

const cards = ({ db }: View) =>
  db
    .selectFrom("marketplace.bid as bid")
    .innerJoin("membership.member_card as card", "card.id", "bid.member")
    .select(["bid.id", "card.name", "bid.amount_minor", "bid.currency", "bid.state", "bid.placed_at"]);

/** The bids that whoever asks is on and that wait for a signature or an answer, newest first. */
export async function ownBids(view: View, { limit, after }: InputOf<typeof listOwnBids>): Promise<AnswerOf<typeof listOwnBids>> {
  const { actor } = view;
  const member = (actor.kind === "person" && actor.member) || null;
  const rows = await cards(view)
    .innerJoin("marketplace.bid_part as own", (join) => join.onRef("own.bid", "=", "bid.id").on("own.member", "=", member))
    .innerJoin("marketplace.job as job", "job.id", "bid.job")
    .select(["bid.job", "job.title", "own.amount_minor as share", "own.signed_at"])
    .select(({ selectFrom }) =>
      selectFrom("marketplace.bid_part as part")
        .select(({ fn }) => fn.countAll<bigint>().as("count"))
        .whereRef("part.bid", "=", "bid.id")
        .as("people"),
    )
    .where("bid.state", "in", openStates)
    .where((eb) => isBehind(eb, after, "<", "bid.placed_at", "bid.id"))
    .orderBy("bid.placed_at", "desc")
    .orderBy("bid.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      id: row.id,
      job: row.job,
      title: row.title,
      bidder: row.name ?? "",
      people: Number(row.people ?? 0n),
      amount: { minor: row.amount_minor, currency: row.currency },
      share: { minor: row.share, currency: row.currency },
      state: row.state as BidState,
      waitsForYou: row.signed_at === null,
    })),
    ...(rows.length > limit && last ? { next: cursorOf(last.placed_at, last.id) } : {}),
  };
}
