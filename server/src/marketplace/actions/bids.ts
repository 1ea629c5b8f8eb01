// The verbs of bids: place, take back, accept.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToAcceptance, objectionToBid, objectionToTakingBack } from "@partcommune/shared/marketplace/rules/bid";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import * as store from "../store/bids.ts";
import { moveJob } from "../store/jobs.ts";
import { quoteFrom } from "./engagements.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Places a bid of a member on an open job. */
export const placeBid: Act<typeof api.placeBid> = async (scope, { job: id, amount, pitch }) => {
  const { actor, now } = scope;
  refuseUnless(actor.kind === "person" && actor.member !== undefined, "members-only");
  const job = found(await store.jobForBid(scope, id));
  const bidder = { buysFor: actor.buysFor.map(({ client }) => client), leaving: await store.isLeaving(scope, actor.member) };
  refuseIf(objectionToBid(job, bidder, amount, now));
  const most = (await scope.bylaw("marketplace.openBids", now)).value;
  refuseUnless((await store.countOpenBids(scope, actor.member)) < most, "too-many-open-bids", { most });
  const bid = scope.id();
  refuseUnless(await store.saveBid(scope, { id: bid, job: id, member: actor.member, amount, pitch }), "bid-placed-already");
  scope.emit({ type: "bid.placed", subject: bid, body: { job: id, member: actor.member }, about: [`job:${id}`] });
  return { id: bid };
};

/** Takes one's own bid back before it is accepted. */
export const withdrawBid: Act<typeof api.withdrawBid> = async (scope, { bid: id }) => {
  const { actor } = scope;
  refuseUnless(actor.kind === "person" && actor.member !== undefined, "members-only");
  const bid = found(await store.bidOf(scope, id, actor.member));
  refuseIf(objectionToTakingBack(bid));
  refuseUnless(await store.moveBid(scope, id, "placed", "withdrawn"), "not-in-this-state", { state: "accepted" });
  scope.emit({ type: "bid.withdrawn", subject: id, body: { job: bid.job }, about: [`job:${bid.job}`] });
  return {};
};

/** Accepts a bid as it was shown: the job is awarded, and a quote lies ready for both to sign. */
export const acceptBid: Act<typeof api.acceptBid> = async (scope, { bid: id, ...shown }) => {
  const bid = found(await store.bidToAccept(scope, id));
  refuseIf(objectionToAcceptance(bid, shown, scope.actor));
  refuseUnless(await moveJob(scope, bid.job, ["open", "closed"], "awarded"), "job-already-awarded"); // of fifty at once, one gets here
  refuseUnless(await store.moveBid(scope, id, "placed", "accepted", shown.version), "bid-changed");
  const engagement = await quoteFrom(scope, id, bid);
  scope.emit({ type: "bid.accepted", subject: id, body: { job: bid.job, engagement }, about: ["jobs", `job:${bid.job}`] });
  return { engagement };
};
