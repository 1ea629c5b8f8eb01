// Asking what of an amount comes into the hand: once what is typed or moved has rested, and again while it is being reckoned.
import { readPayEstimate } from "@partcommune/shared/money/api/pay";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import { useQuery } from "@tanstack/react-query";
import { useRouteContext } from "@tanstack/react-router";
import { wanted } from "../../platform/call.tsx";
import { useRested } from "../../platform/rested.ts";

export type PayTold = ToldOf<typeof readPayEstimate>;
export type Pay = NonNullable<PayTold["estimate"]>;

const againMs = 700;

/** What is known of it; undefined until it was asked for the first time. */
export function usePay({ amount, ...rest }: AskedOf<typeof readPayEstimate>): PayTold | undefined {
  const { call } = useRouteContext({ from: "__root__" });
  const rested = useRested(amount);
  const { data } = useQuery({
    ...wanted(call, readPayEstimate, { amount: rested, ...rest }),
    refetchInterval: ({ state }) => (state.data?.state === "reckoning" ? againMs : false),
  });
  return rested === amount ? data : undefined;
}
