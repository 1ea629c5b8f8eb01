// The verbs of a bid that stands: confirmed, revised, or lapsed by the clock.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToNamedText, objectionToOpened } from "@partcommune/shared/marketplace/rules/choosing";
import { objectionToConfirming, objectionToRevision } from "@partcommune/shared/marketplace/rules/revision";
import { sharedAnew } from "@partcommune/shared/marketplace/rules/team";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import { moveBid } from "../store/acceptance.ts";
import * as teams from "../store/bid-parts.ts";
import { identityOf, sealingOf } from "../store/choosing.ts";
import * as store from "../store/revisions.ts";
import { aboutBid } from "./about-bid.ts";
import { actingMember } from "./acting-member.ts";
import { offerAcross } from "./across.ts";
import { payOn } from "./cover.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Lets a bid stand for a job that changed. */
export const confirmBid: Act<typeof api.confirmBid> = async (scope, { bid: id, version }) => {
  const bid = found(await store.bidToAnswer(scope, id, actingMember(scope).member));
  refuseIf(objectionToConfirming(bid, bid.on, version, scope.now));
  refuseUnless(await moveBid(scope, id, "confirm", version), "bid-changed");
  await offerAcross(scope, id, bid.on);
  scope.emit({ type: "bid.confirmed", subject: id, body: { job: bid.job }, about: aboutBid(bid.job, bid.on) });
  return {};
};

/** Replaces an offer by another; what it said before stays readable. One with colleagues keeps their shares, and all of them sign again. */
export const reviseBid: Act<typeof api.reviseBid> = async (scope, { bid: id, version, ...offer }) => {
  const { member } = actingMember(scope);
  const bid = found(await store.bidToAnswer(scope, id, member));
  const revision = { offer, shown: version, pay: await payOn(scope, bid.on) };
  refuseIf(objectionToOpened(bid.on) ?? objectionToRevision(bid, bid.on, revision, scope.now));
  const parts = await teams.partsOfBid(scope, id, offer.amount.currency);
  if (bid.on.blind) for (const part of parts) refuseIf(objectionToNamedText(offer.pitch, await identityOf(scope, part.member)));
  const alone = parts.length === 1;
  refuseUnless(await store.reviseBid(scope, id, bid, offer, alone ? "revise" : "reassemble"), "bid-changed");
  await teams.shareAnew(scope, id, sharedAnew(offer.amount, parts), version + 1n);
  await offerAcross(scope, id, bid.on);
  const type = alone ? "bid.revised" : "bid.assembled";
  scope.emit({ type, subject: id, body: { job: bid.job }, about: aboutBid(bid.job, bid.on) });
  return { version: version + 1n };
};

type Unanswered = { readonly bid: Id; readonly job: Id; readonly version: bigint };

/** Lapses a bid that nobody confirmed after its job changed. */
export const lapseBid: Action<Unanswered, Record<string, never>> = async (scope, { bid, job, version }) => {
  refuseUnless(await moveBid(scope, bid, "lapse", version), "bid-changed");
  scope.emit({ type: "bid.lapsed", subject: bid, body: { job }, about: aboutBid(job, await sealingOf(scope, job)) });
  return {};
};
