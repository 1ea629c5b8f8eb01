// The parts of bids in SQL: who is on each, with which share, and who has signed it.
import { sql } from "kysely";
import type { BidPart } from "@partcommune/shared/marketplace/api";
import { bidTable, openStates, type BidState } from "@partcommune/shared/marketplace/rules/bid";
import { afterVerb, statesBefore } from "@partcommune/shared/platform/table";
import type { BidToSign } from "@partcommune/shared/marketplace/rules/team";
import type { Id } from "@partcommune/shared/platform/id";
import type { Offer } from "@partcommune/shared/marketplace/rules/price";
import type { Money } from "@partcommune/shared/platform/money";
import type { z } from "zod";
import type { Scope, View } from "../../platform/scope.ts";
import { offerFrom } from "./price.ts";

/** What one person does of the whole, and for how much of it. The first one leads. */
export type Part = { readonly member: Id; readonly amount: Money; readonly ppm?: number };

/** Members by the addresses of their pages; whoever shows none is not among them. */
export async function membersAt({ tx }: Scope, handles: readonly string[]): Promise<ReadonlyMap<string, Id>> {
  if (handles.length === 0) return new Map();
  const rows = await tx.selectFrom("membership.profile_card").select(["handle", "member"]).where("handle", "in", handles).execute();
  return new Map(rows.map(({ handle, member }) => [handle ?? "", member ?? ""]));
}

/** Saves the parts of a new bid. Whoever places it signs it thereby. */
export async function saveBidParts({ tx, now }: Scope, bid: Id, parts: readonly Part[]): Promise<void> {
  await tx
    .insertInto("marketplace.bid_part")
    .values(
      parts.map(({ member, amount, ppm }, at) => ({
        bid,
        number: at + 1,
        member,
        share_ppm: ppm ?? null,
        amount_minor: amount.minor,
        ...(at === 0 ? { signed_at: now, signed_version: 1n } : {}),
      })),
    )
    .execute();
}

/** Whether a member has put their name to a bid on this job that still stands. Whoever asks holds the line of that member's bids. */
export async function isOnBid({ tx }: Scope, job: Id, member: Id): Promise<boolean> {
  const row = await tx
    .selectFrom("marketplace.bid_part as part")
    .innerJoin("marketplace.bid as bid", "bid.id", "part.bid")
    .select("bid.id")
    .where("part.member", "=", member)
    .where("part.signed_at", "is not", null)
    .where("bid.job", "=", job)
    .where("bid.state", "in", [...openStates, "accepted"])
    .executeTakeFirst();
  return row !== undefined;
}

/** The job of a bid that this member is on; for anybody else there is none. */
export const jobOfOwnBid = ({ tx }: Scope, bid: Id, member: Id): Promise<{ readonly job: Id } | undefined> =>
  tx
    .selectFrom("marketplace.bid_part as part")
    .innerJoin("marketplace.bid as bid", "bid.id", "part.bid")
    .select("bid.job")
    .where("part.bid", "=", bid)
    .where("part.member", "=", member)
    .executeTakeFirst();

/** A bid held until the transaction ends: of two last signatures at once the second sees the first. */
export async function bidToSign({ tx }: Scope, id: Id): Promise<(BidToSign & { readonly offer: Offer }) | undefined> {
  const row = await tx.selectFrom("marketplace.bid").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (!row) return undefined;
  const parts = await tx
    .selectFrom("marketplace.bid_part")
    .select("member")
    .where("bid", "=", id)
    .where("signed_at", "is not", null)
    .execute();
  return { state: row.state as BidState, version: row.version, offer: offerFrom(row), signed: parts.map(({ member }) => member) };
}

/** Keeps a member's signature under a bid. True for exactly one caller. */
export async function signPart({ tx, now }: Scope, bid: Id, member: Id, version: bigint): Promise<boolean> {
  const signed = await tx
    .updateTable("marketplace.bid_part")
    .set({ signed_at: now, signed_version: version })
    .where("bid", "=", bid)
    .where("member", "=", member)
    .where("signed_at", "is", null)
    .executeTakeFirst();
  return signed.numUpdatedRows === 1n;
}

/** Whether all of a bid's people have signed it. To be asked of a query that names the bid `bid`. */
export const isFullySigned = sql<boolean>`not exists (select from marketplace.bid_part unsigned where unsigned.bid = bid.id and unsigned.signed_at is null)`;

/** Places a bid that nobody's signature is missing on any more. What was offered stays the version that was signed. */
export async function placeIfSigned({ tx }: Scope, id: Id): Promise<boolean> {
  const placed = await tx
    .updateTable("marketplace.bid as bid")
    .set({ state: afterVerb(bidTable, "assembling", "sign") })
    .where("bid.id", "=", id)
    .where("bid.state", "in", statesBefore(bidTable, "sign"))
    .where(isFullySigned)
    .executeTakeFirst();
  return placed.numUpdatedRows === 1n;
}

/** The parts of a bid as an engagement takes them over. */
export async function partsOfBid({ tx }: Scope, bid: Id, currency: string): Promise<readonly Part[]> {
  const rows = await tx
    .selectFrom("marketplace.bid_part")
    .select(["member", "amount_minor", "share_ppm"])
    .where("bid", "=", bid)
    .orderBy("number")
    .execute();
  return rows.map(({ member, amount_minor: minor, share_ppm: ppm }) => ({
    member,
    amount: { minor, currency },
    ...(ppm === null ? {} : { ppm }),
  }));
}

/** Gives each part of a bid that was revised its amount. Whoever revised it has signed it as it is now; everybody else is asked again. */
export async function shareAnew({ tx, now }: Scope, bid: Id, amounts: readonly Money[], version: bigint): Promise<void> {
  for (const [at, { minor }] of amounts.entries())
    await tx
      .updateTable("marketplace.bid_part")
      .set({ amount_minor: minor, ...(at === 0 ? { signed_at: now, signed_version: version } : { signed_at: null, signed_version: null }) })
      .where("bid", "=", bid)
      .where("number", "=", at + 1)
      .execute();
}

export type ShownPart = z.output<typeof BidPart> & { readonly member: Id };

/** Who is on each of these bids. Whoever asks has the right to see them. */
export async function partsShown({ db, actor }: View, bids: readonly Id[]): Promise<ReadonlyMap<Id, readonly ShownPart[]>> {
  if (bids.length === 0) return new Map();
  const rows = await db
    .selectFrom("marketplace.bid_part as part")
    .innerJoin("marketplace.bid as bid", "bid.id", "part.bid")
    .innerJoin("membership.member_card as card", "card.id", "part.member")
    .leftJoin("membership.profile_card as page", "page.member", "part.member")
    .select(["part.bid", "part.number", "part.member", "part.amount_minor", "part.share_ppm", "part.signed_at"])
    .select(["bid.currency", "card.name", "page.handle"])
    .where("part.bid", "in", bids)
    .orderBy("part.number")
    .execute();
  const shown = rows.map(({ bid, number, member, currency, name, handle, signed_at, ...row }) => ({
    bid,
    part: {
      member,
      number,
      name: name ?? "",
      ...(handle === null ? {} : { handle }),
      amount: { minor: row.amount_minor, currency },
      ...(row.share_ppm === null ? {} : { ppm: row.share_ppm }),
      signed: signed_at !== null,
      you: actor.kind === "person" && actor.member === member,
    },
  }));
  return new Map([...Map.groupBy(shown, ({ bid }) => bid)].map(([bid, of]) => [bid, of.map(({ part }) => part)]));
}
