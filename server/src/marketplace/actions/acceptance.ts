// The verb that turns a bid into an engagement.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToAcceptance } from "@partcommune/shared/marketplace/rules/acceptance";
import { objectionToChoice } from "@partcommune/shared/marketplace/rules/choosing";
import { planOf } from "@partcommune/shared/marketplace/rules/plan";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { clientCard } from "../../membership/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action } from "../../platform/scope.ts";
import * as store from "../store/acceptance.ts";
import { moveJob } from "../store/jobs.ts";
import { agreeAcross } from "./across.ts";
import { quoteFrom } from "./engagements.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Accepts a bid as it was shown: the job is awarded, and a quote lies ready for both to sign. */
export const acceptBid: Act<typeof api.acceptBid> = async (scope, { bid: id, ...shown }) => {
  const bid = found(await store.bidToAccept(scope, id));
  refuseIf(objectionToChoice(bid.choice)); // first: what a sealed bid says must not be found out by trying
  refuseIf(objectionToAcceptance(bid, shown, scope.actor));
  refuseUnless(await moveJob(scope, bid.job, "award"), "job-already-awarded"); // of fifty at once, one gets here
  refuseUnless(await store.moveBid(scope, id, "accept", shown.version), "bid-changed");
  const { job, client, parts, amount, rate, terms, milestones } = bid;
  const { name: clientName } = found(await clientCard(viewOf(scope), client));
  const plan = planOf(terms.title, amount, milestones);
  const { id: engagement, hash } = await quoteFrom(scope, {
    origin: { job, bid: id },
    client,
    clientName,
    parts,
    amount,
    rate,
    terms,
    milestones: plan,
  });
  await agreeAcross(scope, { ...bid, id, milestones: plan }, engagement);
  scope.emit({ type: "engagement.quoted", subject: engagement, body: { job, hash }, about: [`job:${job}`, `engagement:${engagement}`] });
  scope.emit({ type: "bid.accepted", subject: id, body: { job, engagement }, about: ["jobs", `job:${job}`] });
  return { engagement };
};
