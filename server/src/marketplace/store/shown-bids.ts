// Bids as they are shown, in SQL: to a job's client, and to whoever is on them.
import type { listBids, listOwnBids } from "@partcommune/shared/marketplace/api";
import { buysFrom } from "@partcommune/shared/marketplace/rules/acceptance";
import { objectionToBidWithdrawal, openStates, type BidState } from "@partcommune/shared/marketplace/rules/bid";
import { objectionToBidSignature } from "@partcommune/shared/marketplace/rules/team";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { cursorOf, placeAfter } from "../../platform/list.ts";
import type { View } from "../../platform/scope.ts";
import { isFullySigned, partsShown, type ShownPart } from "./bid-parts.ts";
import { newestReferences } from "./references.ts";

/** The bids on a job that this person may see: for its client those that everybody on them signed, their own for a member, none for anybody else. */
export async function bidsSeenBy(view: View, { job }: InputOf<typeof listBids>): Promise<AnswerOf<typeof listBids>> {
  const { db, actor } = view;
  const posted = await db.selectFrom("marketplace.job").select("client").where("id", "=", job).executeTakeFirst();
  const member = actor.kind === "person" ? actor.member : undefined;
  const all = posted !== undefined && buysFrom(actor, posted.client);
  if (!all && member === undefined) return { items: [] };
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
  return { items: rows.map((row) => cardOf(row, parts.get(row.id) ?? [], all, references, member)) };
}

const cards = ({ db }: View) =>
  db
    .selectFrom("marketplace.bid as bid")
    .innerJoin("membership.member_card as card", "card.id", "bid.member")
    .leftJoin("membership.profile_card as page", "page.member", "bid.member")
    .select(["bid.id", "bid.member", "card.name", "bid.amount_minor", "bid.currency", "bid.pitch", "bid.state", "bid.placed_at"])
    .select(["bid.version", "page.handle"]);

type Row = Awaited<ReturnType<ReturnType<typeof cards>["executeTakeFirstOrThrow"]>>;
type Card = AnswerOf<typeof listBids>["items"][number];

function cardOf(
  row: Row,
  people: readonly ShownPart[],
  all: boolean,
  references: Awaited<ReturnType<typeof newestReferences>>,
  member: Id | undefined,
): Card {
  const state = row.state as BidState;
  return {
    id: row.id,
    bidder: row.name ?? "",
    parts: people.map(partShown),
    amount: { minor: row.amount_minor, currency: row.currency },
    pitch: row.pitch,
    state,
    placedAt: row.placed_at,
    mine: people.some(({ you }) => you),
    acts: member === undefined ? [] : actsOnBid({ state, version: row.version }, people, member),
    version: row.version,
    ...(all && row.handle ? { handle: row.handle } : {}),
    references: people.flatMap((part) => references.get(part.member) ?? []),
  };
}

/** A part without whose it is: nobody is told the id of a membership. */
function partShown({ number, name, handle, amount, ppm, signed, you }: ShownPart): Card["parts"][number] {
  return { number, name, amount, signed, you, ...(handle === undefined ? {} : { handle }), ...(ppm === undefined ? {} : { ppm }) };
}

/** What this member may do with a bid now; nothing where they are not on it. */
function actsOnBid(bid: { readonly state: BidState; readonly version: bigint }, people: readonly ShownPart[], member: Id): Card["acts"] {
  if (!people.some((part) => part.member === member)) return [];
  const signed = people.flatMap((part) => (part.signed ? [part.member] : []));
  return [
    ...(objectionToBidSignature({ ...bid, signed }, member, bid.version) ? [] : (["sign"] as const)),
    ...(objectionToBidWithdrawal(bid.state) ? [] : (["withdraw"] as const)),
  ];
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
