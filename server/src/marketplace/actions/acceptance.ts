// The verb that turns a bid into an engagement.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToAcceptance } from "@partcommune/shared/marketplace/rules/acceptance";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import * as store from "../store/acceptance.ts";
import { moveJob } from "../store/jobs.ts";
import { quoteFrom } from "./engagements.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Accepts a bid as it was shown: the job is awarded, and a quote lies ready for both to sign. */
export const acceptBid: Act<typeof api.acceptBid> = async (scope, { bid: id, ...shown }) => {
  const bid = found(await store.bidToAccept(scope, id));
  refuseIf(objectionToAcceptance(bid, shown, scope.actor));
  refuseUnless(await moveJob(scope, bid.job, "award"), "job-already-awarded"); // of fifty at once, one gets here
  refuseUnless(await store.moveBid(scope, id, "accept", shown.version), "bid-changed");
  const engagement = await quoteFrom(scope, id, bid);
  scope.emit({ type: "bid.accepted", subject: id, body: { job: bid.job, engagement }, about: ["jobs", `job:${bid.job}`] });
  return { engagement };
};
