// Bids: the verbs.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToTogether } from "@partcommune/shared/marketplace/rules/across";
import { objectionToBid, objectionToBidWithdrawal, objectionToShownJob } from "@partcommune/shared/marketplace/rules/bid";
import { objectionToNamedText } from "@partcommune/shared/marketplace/rules/choosing";
import type { Offer } from "@partcommune/shared/marketplace/rules/price";
import { amountsOf, objectionToBidSignature, objectionToShares, type Share } from "@partcommune/shared/marketplace/rules/team";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { moveBid } from "../store/acceptance.ts";
import * as teams from "../store/bid-parts.ts";
import { jobToBidOn, type JobToBidOn } from "../store/bid-on.ts";
import { identityOf, sealingOf } from "../store/choosing.ts";
import * as store from "../store/bids.ts";
import { aboutBid } from "./about-bid.ts";
import { offerAcross, passageFor } from "./across.ts";
import { actingMember } from "./acting-member.ts";
import { payOn } from "./cover.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Places a bid: one live bid of a member on a job. With colleagues it waits until each of them has signed it. Of a sealed one not even a hint goes out. */
export const placeBid: Act<typeof api.placeBid> = async (scope, { version, ...bid }) => {
  const { member } = actingMember(scope);
  const job = found(await jobToBidOn(scope, bid.job));
  await refuseUnlawful(scope, job, bid);
  refuseIf(objectionToShownJob(job, version));
  refuseUnless(!(await teams.isOnBid(scope, bid.job, member)), "bid-placed-already");
  const parts = await sharedOut(scope, member, bid);
  refuseIf(objectionToTogether(job, parts.length));
  if (job.blind) for (const part of parts) refuseIf(objectionToNamedText(bid.pitch, await identityOf(scope, part.member)));
  const verb = parts.length > 1 ? "assemble" : "place";
  const id = await store.saveBid(scope, member, bid, verb);
  refuseUnless(id !== undefined, "bid-placed-already");
  await teams.saveBidParts(scope, id, parts);
  await offerAcross(scope, id, job);
  const type = verb === "place" ? "bid.placed" : "bid.assembled";
  scope.emit({ type, subject: id, body: { job: bid.job }, about: aboutBid(bid.job, job) });
  return { id };
};

/** What forbids the member who acts to be on a bid that offers this: the same law for whoever leads and whoever joins. */
async function refuseUnlawful(scope: Scope, job: JobToBidOn, offer: Offer): Promise<void> {
  const { member, buysFor } = actingMember(scope);
  const bidder = found(await store.bidderOf(scope, member));
  const { value: mostOpen } = await scope.bylaw("marketplace.openBids", scope.now);
  const limits = { mostOpen, ...(await payOn(scope, job)), passage: await passageFor(scope, job) };
  refuseIf(objectionToBid(job, { ...bidder, buysFor: buysFor.map(({ client }) => client) }, offer, limits, scope.now));
}

/** Who does which part of a bid. One person alone does all of it. */
async function sharedOut(
  scope: Scope,
  member: Id,
  { amount, team }: Pick<InputOf<typeof api.placeBid>, "amount" | "team">,
): Promise<readonly teams.Part[]> {
  if (!team) return [{ member, amount }];
  const shares: readonly Share[] = [team.own, ...team.others.map(({ share }) => share)];
  refuseIf(objectionToShares(amount, shares));
  const members = await teams.membersAt(
    scope,
    team.others.map(({ handle }) => handle),
  );
  const people = [member, ...team.others.map(({ handle }) => named(members, handle))];
  refuseUnless(new Set(people).size === people.length, "named-twice");
  const amounts = amountsOf(amount, shares);
  return people.map((each, at) => partOf(each, amounts[at] ?? amount, shares[at]));
}

function named(members: ReadonlyMap<string, Id>, handle: string): Id {
  const member = members.get(handle);
  refuseUnless(member !== undefined, "colleague-unknown", { handle });
  return member;
}

const partOf = (member: Id, amount: Money, share: Share | undefined): teams.Part => ({
  member,
  amount,
  ...(share && "ppm" in share ? { ppm: share.ppm } : {}),
});

/** Signs a bid with colleagues; with the last signature it is placed, and its client sees it. */
export const signBid: Act<typeof api.signBid> = async (scope, { bid: id, version }) => {
  const { member } = actingMember(scope);
  const { job } = found(await teams.jobOfOwnBid(scope, id, member));
  const on = found(await jobToBidOn(scope, job));
  const bid = found(await teams.bidToSign(scope, id));
  refuseIf(objectionToBidSignature(bid, member, version));
  await refuseUnlawful(scope, on, bid.offer);
  refuseUnless(!(await teams.isOnBid(scope, job, member)), "bid-placed-already");
  refuseUnless(await teams.signPart(scope, id, member, version), "signed-already");
  const placed = await teams.placeIfSigned(scope, id);
  scope.emit({ type: placed ? "bid.placed" : "bid.signed", subject: id, body: { job }, about: aboutBid(job, on) });
  return { state: placed ? "placed" : bid.state };
};

/** Takes a bid back that was not accepted: for all who are on it, by any of them. */
export const withdrawBid: Act<typeof api.withdrawBid> = async (scope, { bid: id }) => {
  const { job, state } = found(await store.ownBid(scope, id, actingMember(scope).member));
  refuseIf(objectionToBidWithdrawal(state));
  refuseUnless(await takenBack(scope, { id, job }), "not-in-this-state", { state });
  return {};
};

/** Whether it was taken back by this. */
export async function takenBack(scope: Scope, { id, job }: store.OpenBid): Promise<boolean> {
  if (!(await moveBid(scope, id, "withdraw"))) return false;
  scope.emit({ type: "bid.withdrawn", subject: id, body: { job }, about: aboutBid(job, await sealingOf(scope, job)) });
  return true;
}
