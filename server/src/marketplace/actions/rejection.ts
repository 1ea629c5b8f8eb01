// The verb by which a client says no to one bid.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToRejection } from "@partcommune/shared/marketplace/rules/acceptance";
import { objectionToAnswering } from "@partcommune/shared/marketplace/rules/choosing";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import * as store from "../store/acceptance.ts";
import { aboutBid } from "./about-bid.ts";

/** Says no to a bid as it was shown; its bidder is told, and reads the reason where one was written. */
export const rejectBid: Action<InputOf<typeof api.rejectBid>, AnswerOf<typeof api.rejectBid>> = async (
  scope,
  { bid: id, version, reason },
) => {
  const bid = found(await store.bidToAccept(scope, id));
  refuseIf(objectionToAnswering(bid.choice) ?? objectionToRejection(bid, version, scope.actor));
  refuseUnless(await store.rejectBid(scope, id, version, reason), "bid-changed");
  scope.emit({ type: "bid.rejected", subject: id, body: { job: bid.job }, about: aboutBid(bid.job, bid.choice) });
  return {};
};
