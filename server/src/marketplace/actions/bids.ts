// Bids: the verbs.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToBid, objectionToBidWithdrawal, objectionToShownJob } from "@partcommune/shared/marketplace/rules/bid";
import { objectionToNamedText } from "@partcommune/shared/marketplace/rules/choosing";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import { moveBid } from "../store/acceptance.ts";
import { jobToBidOn } from "../store/bid-on.ts";
import { identityOf, sealingOf } from "../store/choosing.ts";
import * as store from "../store/bids.ts";
import { aboutBid } from "./about-bid.ts";
import { actingMember } from "./acting-member.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Places a bid: one live bid of a member on a job. Of a sealed one not even a hint goes out. */
export const placeBid: Act<typeof api.placeBid> = async (scope, { version, ...bid }) => {
  const { member, buysFor } = actingMember(scope);
  const job = found(await jobToBidOn(scope, bid.job));
  const bidder = found(await store.bidderOf(scope, member));
  const most = await scope.bylaw("marketplace.openBids", scope.now);
  refuseIf(objectionToBid(job, { ...bidder, buysFor: buysFor.map(({ client }) => client) }, bid.amount, most.value, scope.now));
  refuseIf(objectionToShownJob(job, version));
  if (job.blind) refuseIf(objectionToNamedText(bid.pitch, await identityOf(scope, member)));
  const id = await store.saveBid(scope, member, bid);
  refuseUnless(id !== undefined, "bid-placed-already");
  scope.emit({ type: "bid.placed", subject: id, body: { job: bid.job }, about: aboutBid(bid.job, job) });
  return { id };
};

/** Takes a bid back that was not accepted. */
export const withdrawBid: Act<typeof api.withdrawBid> = async (scope, { bid: id }) => {
  const bid = found(await store.ownBid(scope, id, actingMember(scope).member));
  refuseIf(objectionToBidWithdrawal(bid.state));
  refuseUnless(await moveBid(scope, id, "withdraw"), "not-in-this-state", { state: bid.state });
  scope.emit({ type: "bid.withdrawn", subject: id, body: { job: bid.job }, about: aboutBid(bid.job, await sealingOf(scope, bid.job)) });
  return {};
};
