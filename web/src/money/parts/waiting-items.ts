// Which transfers of a payout wait for the bank.
import type { listPayouts } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";

type Payout = ToldOf<typeof listPayouts>["items"][number];

/** A payout of which the bank has booked everything, or that it never had, has none. */
export const waitingOf = ({ state, items }: Pick<Payout, "state" | "items">): Payout["items"] =>
  state === "signed" || state === "exported"
    ? items.filter(({ settledOn, refusedOn }) => settledOn === undefined && refusedOn === undefined)
    : [];
