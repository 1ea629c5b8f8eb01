// Bids as they are shown, in SQL: to a job's client, and to whoever is on them.
import type { listBids, listOwnBids } from "@partcommune/shared/marketplace/api";
import { buysFrom } from "@partcommune/shared/marketplace/rules/acceptance";
import { openStates, type BidOn, type BidState } from "@partcommune/shared/marketplace/rules/bid";
import { actsOnBid } from "@partcommune/shared/marketplace/rules/revision";
import { objectionToBidSignature } from "@partcommune/shared/marketplace/rules/team";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Instant } from "@partcommune/shared/platform/time";
import { cursorOf, placeAfter } from "../../platform/list.ts";
import type { View } from "../../platform/scope.ts";
import { isFullySigned, partsShown, type ShownPart } from "./bid-parts.ts";
import { bidOnColumns, bidOnFrom } from "./bid-on.ts";
import { newestReferences } from "./references.ts";
import { earlierOffers, standingFrom, type Earlier } from "./revisions.ts";

/** The bids on a job that this person may see: for its client those that everybody on them signed, their own for a member, none for anybody else. */
export async function bidsSeenBy(view: View, { job }: InputOf<typeof listBids>): Promise<AnswerOf<typeof listBids>> {
  const { db, actor } = view;
  const posted = await db.selectFrom("marketplace.job").select(bidOnColumns).where("id", "=", job).executeTakeFirst();
  const member = actor.kind === "person" ? actor.member : undefined;
  const all = posted !== undefined && buysFrom(actor, posted.client);
  if (!posted || (!all && member === undefined)) return { items: [] };
  const rows = await cards(view)
    .where("bid.job", "=", job)
    .$if(all, (query) => query.where(isFullySigned))
    .$if(!all, (query) =>
      query.where("bid.id", "in", (eb) =>
        eb
          .selectFrom("marketplace.bid_part as own")
          .select("own.bid")
          .where("own.member", "=", member ?? ""),
      ),
    )
    .orderBy("placed_at")
    .orderBy("bid.id")
    .limit(200)
    .execute();
  const parts = await partsShown(
    view,
    rows.map(({ id }) => id),
  );
  const people = [...parts.values()].flat().map((part) => part.member);
  const references = await newestReferences(view, all ? people : []);
  const earlier = await earlierOffers(
    view,
    rows.map(({ id }) => id),
  );
  const of = (row: Row) => ({ people: parts.get(row.id) ?? [], earlier: earlier.get(row.id) ?? [], references, on: bidOnFrom(posted) });
  return { items: rows.map((row) => cardOf(view, row, of(row), all)) };
}

const cards = ({ db }: View) =>
  db
    .selectFrom("marketplace.bid as bid")
    .innerJoin("membership.member_card as card", "card.id", "bid.member")
    .leftJoin("membership.profile_card as page", "page.member", "bid.member")
    .select(["bid.id", "bid.member", "card.name", "bid.amount_minor", "bid.currency", "bid.pitch", "bid.state", "bid.placed_at"])
    .select(["bid.version", "bid.confirm_until", "page.handle"]);

type Row = Awaited<ReturnType<ReturnType<typeof cards>["executeTakeFirstOrThrow"]>>;
type Card = AnswerOf<typeof listBids>["items"][number];

type Of = {
  readonly people: readonly ShownPart[];
  readonly earlier: readonly Earlier[];
  readonly references: Awaited<ReturnType<typeof newestReferences>>;
  readonly on: BidOn;
};

function cardOf(view: View, row: Row, { people, earlier, references, on }: Of, all: boolean): Card {
  return {
    id: row.id,
    bidder: row.name ?? "",
    parts: people.map(partShown),
    amount: { minor: row.amount_minor, currency: row.currency },
    pitch: row.pitch,
    state: row.state as BidState,
    placedAt: row.placed_at,
    mine: people.some(({ you }) => you),
    ...(row.confirm_until === null ? {} : { confirmUntil: row.confirm_until }),
    acts: actsOf(view, row, people, on),
    earlier: [...earlier],
    version: row.version,
    ...(all && row.handle ? { handle: row.handle } : {}),
    references: people.flatMap((part) => references.get(part.member) ?? []),
  };
}

/** A part without whose it is: nobody is told the id of a membership. */
function partShown({ number, name, handle, amount, ppm, signed, you }: ShownPart): Card["parts"][number] {
  return { number, name, amount, signed, you, ...(handle === undefined ? {} : { handle }), ...(ppm === undefined ? {} : { ppm }) };
}

/** What whoever asks may do with a bid now: its lead all that the law leaves, each other on it sign or withdraw, nobody else anything. */
function actsOf({ actor, now }: View, row: Row, people: readonly ShownPart[], on: BidOn): Card["acts"] {
  const own = people.find(({ you }) => you);
  if (!own) return [];
  const bid = standingFrom(row);
  const signed = people.flatMap((part) => (part.signed ? [part.member] : []));
  const leads = actor.kind === "person" && actor.member === row.member;
  const standing = actsOnBid(bid, on, now).filter((verb) => verb === "withdraw" || (leads && verb !== "sign"));
  return [...(objectionToBidSignature({ ...bid, signed }, own.member, bid.version) ? [] : (["sign"] as const)), ...standing];
}

/** The bids that whoever asks is on and that wait for a signature or an answer, newest first. */
export async function ownBids(view: View, { limit, after }: InputOf<typeof listOwnBids>): Promise<AnswerOf<typeof listOwnBids>> {
  const { actor } = view;
  const [beforeAt, beforeId] = placeAfter(after, 2);
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
    .$if(beforeAt !== undefined && beforeId !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple("bid.placed_at", "bid.id"), "<", eb.tuple(beforeAt as Instant, beforeId ?? ""))),
    )
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
