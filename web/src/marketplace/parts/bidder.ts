// What a bid is called: by its bidder, or by the number of its lot while the job hides names.
import type { listBids } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";

export type BidTold = ToldOf<typeof listBids>["items"][number];

export function useBidder(): (bid: Pick<BidTold, "bidder" | "place">) => string {
  const t = useT();
  return ({ bidder, place = 0 }) => bidder ?? t("marketplace.bids.numbered", { number: place });
}
