// The verbs of engagements: quote, sign, decline, lapse.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type * as api from "@partcommune/shared/marketplace/api";
import {
  objectionToDeclining,
  objectionToSigning,
  sideOf,
  signMs,
  type EngagementState,
} from "@partcommune/shared/marketplace/rules/engagement";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { moneyText } from "@partcommune/shared/platform/money";
import { later } from "@partcommune/shared/platform/time";
import { isConfirmed } from "../../membership/index.ts";
import { promiseGuarantee } from "../../mutual/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { moveBid, rejectOpenBids, type AcceptableBid } from "../store/acceptance.ts";
import * as store from "../store/engagements.ts";
import { moveJob } from "../store/jobs.ts";
import { cancelMilestones } from "../store/milestones.ts";
import { coverByRule } from "./cover.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Bylaws a quote promises at the version of its day: whoever signs, signs these too. */
const promised = ["fee.rate", "fund.split", "marketplace.silenceDays"] as const;

/** Freezes what both sides are asked to sign, and saves it as an engagement. */
export async function quoteFrom(scope: Scope, bid: Id, { job, client, member, amount, terms }: AcceptableBid): Promise<Id> {
  const { now } = scope;
  const id = scope.id();
  const bylaws: Record<string, string> = {};
  for (const key of promised) bylaws[key] = String((await scope.bylaw(key, now)).version);
  const { value: silenceDays } = await scope.bylaw("marketplace.silenceDays", now);
  const { zone } = await bookOf(scope.tx);
  const milestones = [{ number: 1, amount: moneyText(amount) }];
  const signUntil = later(now, signMs);
  const quote = canonicalize({
    engagement: id,
    job,
    bid,
    client,
    member,
    ...terms,
    amount: moneyText(amount),
    milestones,
    bylaws,
    signUntil,
  });
  if (quote === undefined) throw new TypeError("a quote is an object");
  const quoteHash = createHash("sha256").update(quote).digest();
  const { startOn, endOn, country } = terms;
  const dates = { startOn, endOn, zone, country, silenceDays, signUntil };
  await store.saveEngagement(scope, { id, job, bid, client, member, amount, quote, quoteHash, ...dates });
  const body = { job, hash: quoteHash.toString("hex") };
  scope.emit({ type: "engagement.quoted", subject: id, body, about: [`job:${job}`, `engagement:${id}`] });
  return id;
}

/** Signs a quote for one side; with the second signature it binds both. */
export const signEngagement: Act<typeof api.signEngagement> = async (scope, { engagement: id, hash }) => {
  const { actor, now } = scope;
  const quote = await quoteSeen(scope, id);
  refuseIf(objectionToSigning(quote, actor, hash, now));
  const side = sideOf(actor, quote);
  refuseUnless(side !== undefined && actor.kind === "person", "approver-needed");
  const isLast = quote.signedBy.length === 1;
  refuseUnless(await store.saveSignature(scope, id, side, actor.person, isLast), "signed-already");
  if (!isLast) return { state: "quoted" };
  return { state: await signed(scope, id, quote) };
};

/** What follows in the same transaction from the second signature: the promise, the checks, and a no to every other bidder. */
async function signed(scope: Scope, id: Id, { job, hash }: store.QuoteToSign): Promise<EngagementState> {
  await rejectOthers(scope, job);
  scope.emit({ type: "engagement.signed", subject: id, body: { job, hash }, about: [`job:${job}`, `engagement:${id}`] });
  const engagement = found(await store.engagementHeld(scope, id));
  const { client, member, amount, clientSigner } = engagement;
  const confirmed = clientSigner !== null && (await isConfirmed(viewOf(scope), clientSigner));
  await promiseGuarantee(scope, { engagement: id, client, member, price: amount, confirmed });
  return coverByRule(scope, engagement);
}

/** Tells every bidder whose bid still stands that the job went elsewhere. */
export async function rejectOthers(scope: Scope, job: Id): Promise<void> {
  for (const bid of await rejectOpenBids(scope, job))
    scope.emit({ type: "bid.rejected", subject: bid, body: { job }, about: [`job:${job}`] });
}

/** Declines a quote for one side. */
export const declineEngagement: Act<typeof api.declineEngagement> = async (scope, { engagement: id }) => {
  const quote = await quoteSeen(scope, id);
  refuseIf(objectionToDeclining(quote, scope.actor));
  await lapse(scope, id, quote, "declined");
  return {};
};

/** Lapses a quote that was not signed in time. */
export const lapseEngagement: Action<{ engagement: Id }, Record<string, never>> = async (scope, { engagement: id }) => {
  await lapse(scope, id, found(await store.quoteToSign(scope, id)), "unsigned");
  return {};
};

async function lapse(scope: Scope, id: Id, quote: store.QuoteToSign, because: "declined" | "unsigned"): Promise<void> {
  const { job, state } = quote;
  refuseUnless(await store.moveEngagement(scope, id, state, because === "declined" ? "decline" : "lapse"), "not-in-this-state", { state });
  await cancelMilestones(scope, id);
  await freeJob(scope, quote);
  scope.emit({ type: "engagement.lapsed", subject: id, body: { job, because }, about: [`job:${job}`, `engagement:${id}`] });
}

/** Lets the job of an agreement that came to nothing be awarded anew; its bid lapses. */
export async function freeJob(
  scope: Scope,
  { job, bid, client, state }: Pick<store.Held, "job" | "bid" | "client" | "state">,
): Promise<void> {
  refuseUnless(await moveBid(scope, bid, "lapse"), "not-in-this-state", { state });
  refuseUnless(await moveJob(scope, job, "free"), "not-in-this-state", { state });
  scope.emit({ type: "bid.lapsed", subject: bid, body: { job }, about: [`job:${job}`] });
  scope.emit({ type: "job.closed", subject: job, body: { client }, about: ["jobs", `job:${job}`] });
}

/** The quote, for those who may read it; a stranger is told that there is none. */
async function quoteSeen(scope: Scope, id: Id): Promise<store.QuoteToSign> {
  const quote = found(await store.quoteToSign(scope, id));
  return found(store.isSeenBy(scope.actor, quote) ? quote : undefined);
}
