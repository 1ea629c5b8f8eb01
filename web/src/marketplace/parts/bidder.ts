// What a bid is called, by its bidder or all who are on it, or by the number of its lot while the job hides names, and whether its client may accept it.
import type { listBids, readJob } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";

export type BidTold = ToldOf<typeof listBids>["items"][number];

export function useBidder(): (bid: Pick<BidTold, "bidder" | "parts" | "place">) => string {
  const t = useT();
  return ({ bidder, parts, place = 0 }) =>
    parts.length > 1 ? parts.map(({ name }) => name).join(", ") : (bidder ?? t("marketplace.bids.numbered", { number: place }));
}

/** Whether the reader may say no to a bid now: their job, and it waits for an answer. */
export const isRejectable = ({ mine }: Pick<ToldOf<typeof readJob>, "mine">, { state }: Pick<BidTold, "state">): boolean =>
  mine && (state === "placed" || state === "toConfirm");

/** Whether the reader may accept a bid now: their job, not awarded, and of one that hides names those on the shortlist. */
export const isAcceptable = (
  job: Pick<ToldOf<typeof readJob>, "mine" | "state" | "blind">,
  { state, shortlisted }: Pick<BidTold, "state" | "shortlisted">,
): boolean => job.mine && (job.state === "open" || job.state === "closed") && state === "placed" && (!job.blind || shortlisted);
