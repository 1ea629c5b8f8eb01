// What a bid is called: by its bidder or all who are on it, or by the number of its lot while the job hides names.
import type { listBids } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";

export type BidTold = ToldOf<typeof listBids>["items"][number];

export function useBidder(): (bid: Pick<BidTold, "bidder" | "parts" | "place">) => string {
  const t = useT();
  return ({ bidder, parts, place = 0 }) =>
    parts.length > 1 ? parts.map(({ name }) => name).join(", ") : (bidder ?? t("marketplace.bids.numbered", { number: place }));
}
