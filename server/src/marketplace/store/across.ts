// Bids, agreements and hand-ins by the names they have between two coops, in SQL.
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

/** A bid as it crosses: the activity that carries what it says now, and the fee at which its member works. */
export type BidElsewhere = {
  readonly bid: Id;
  readonly offer: string;
  readonly treaty: string;
  readonly bylaw: string;
  readonly feePpm: number;
};

/** Keeps under which name a bid crosses now; a later one takes the place of the one before. */
export async function saveBidElsewhere({ tx }: Scope, { bid, offer, treaty, bylaw, feePpm }: BidElsewhere): Promise<void> {
  const told = { offer, treaty, bylaw, fee_ppm: feePpm };
  await tx
    .insertInto("marketplace.bid_elsewhere")
    .values({ bid, ...told })
    .onConflict((conflict) => conflict.column("bid").doUpdateSet(told))
    .execute();
}

const crossed = ({ db }: Pick<View, "db">) =>
  db.selectFrom("marketplace.bid_elsewhere").select(["bid", "offer", "treaty", "bylaw", "fee_ppm as feePpm"]);

/** How a bid crosses; undefined for one that stays here. */
export const bidElsewhere = (view: Pick<View, "db">, bid: Id): Promise<BidElsewhere | undefined> =>
  crossed(view).where("bid", "=", bid).executeTakeFirst();

/** The bid that an activity carries. */
export const bidOfOffer = (view: Pick<View, "db">, offer: string): Promise<BidElsewhere | undefined> =>
  crossed(view).where("offer", "=", offer).executeTakeFirst();
