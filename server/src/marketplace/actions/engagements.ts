// The verbs of engagements: quote, sign, decline, lapse.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type * as api from "@partcommune/shared/marketplace/api";
import {
  objectionToDeclining,
  missingWords,
  objectionToSigning,
  signMs,
  wordOf,
  type EngagementState,
  type Word,
} from "@partcommune/shared/marketplace/rules/engagement";
import type { PlannedMilestone } from "@partcommune/shared/marketplace/rules/plan";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { moneyText, type Money } from "@partcommune/shared/platform/money";
import { later, type Instant } from "@partcommune/shared/platform/time";
import { noteEnded } from "../../federation/index.ts";
import { isConfirmed } from "../../membership/index.ts";
import { promiseGuarantee } from "../../mutual/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { refuseDraft } from "../../platform/review.ts";
import { bookOf } from "../../platform/store.ts";
import { moveBid, rejectOpenBids, type Terms } from "../store/acceptance.ts";
import { sealingOf } from "../store/choosing.ts";
import { engagementHeld, isSeenBy, moveEngagement, partiesOf } from "../store/engagements.ts";
import type { Part } from "../store/bid-parts.ts";
import * as store from "../store/quotes.ts";
import { engagementElsewhere } from "../store/across.ts";
import { freeHeard } from "../store/elsewhere.ts";
import { closeJob } from "../store/posted.ts";
import { namesOf, saveEngagementParts, signEngagementPart, weightsOf } from "../store/teams.ts";
import { cancelMilestones, pricesOf } from "../store/milestones.ts";
import { aboutBid } from "./about-bid.ts";
import { coverByRule, coveredByRule } from "./cover.ts";
import { endingFrom } from "./ending.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Bylaws a quote promises at the version of its day: whoever signs, signs these too. */
const promised = ["fee.rate", "fund.split", "marketplace.silenceDays"] as const;

/** What two sides agree on, before it is a quote. */
export type Agreement = {
  readonly client: Id;
  /** Who does which part, the lead first. */
  readonly parts: readonly Part[];
  /** Absent where a member declared the work. */
  readonly origin?: store.Origin;
  readonly clientName: string;
  readonly amount: Money;
  /** For an hour, where work is paid so: the amount is then the most it can come to. */
  readonly rate?: Money | undefined;
  readonly terms: Terms;
  readonly milestones: readonly PlannedMilestone[];
  /** Absent: fourteen days from now. */
  readonly signUntil?: Instant;
};

/** Freezes what both sides are asked to sign, and saves it as an engagement. */
export async function quoteFrom(scope: Scope, agreement: Agreement): Promise<{ readonly id: Id; readonly hash: string }> {
  const { origin, client, clientName, amount, rate, terms, milestones } = agreement;
  const team = agreement.parts.map(({ member }) => member);
  const [member = ""] = team;
  const id = scope.id();
  await refuseDraft(scope.tx);
  const { zone } = await bookOf(scope.tx);
  const { value: silenceDays } = await scope.bylaw("marketplace.silenceDays", scope.now);
  const { signUntil = later(scope.now, signMs) } = agreement;
  const parts = { engagement: id, ...origin, client, clientName, member, ...terms };
  const quote = canonicalize({
    ...parts,
    amount: moneyText(amount),
    ...(rate ? { rate: moneyText(rate) } : {}),
    team: await namedParts(scope, agreement.parts),
    milestones: milestones.map((milestone, at) => ({ number: at + 1, ...milestone, amount: moneyText(milestone.amount) })),
    bylaws: await promisedVersions(scope),
    signUntil,
  });
  if (quote === undefined) throw new TypeError("a quote is an object");
  const quoteHash = createHash("sha256").update(quote).digest();
  const { town: _, ...kept } = terms;
  const paper = { quote, quoteHash, zone, silenceDays, signUntil };
  await store.saveEngagement(scope, { id, origin, client, clientName, member, team, amount, rate, milestones, ...kept, ...paper });
  await saveEngagementParts(scope, id, agreement.parts);
  return { id, hash: quoteHash.toString("hex") };
}

/** Everybody who does the work, by name and with their part of the price. */
async function namedParts(scope: Scope, parts: readonly Part[]): Promise<readonly unknown[]> {
  const names = await namesOf(
    viewOf(scope),
    parts.map(({ member }) => member),
  );
  return parts.map(({ member, amount }, at) => ({ number: at + 1, member, name: names.get(member), share: moneyText(amount) }));
}

async function promisedVersions({ bylaws, now }: Scope): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await bylaws(promised, now)).map(({ key, version }) => [key, String(version)]));
}

/** Whom a quote concerns: those who watch it, and its job where it has one. */
const aboutQuote = (id: Id, origin: store.Origin | undefined): readonly string[] => [
  `engagement:${id}`,
  ...(origin ? [`job:${origin.job}`] : []),
];

const jobOf = (origin: store.Origin | undefined): { readonly job?: Id } => (origin ? { job: origin.job } : {});

/** Signs a quote, for one's client or for oneself; with the last signature it binds all. */
export const signEngagement: Act<typeof api.signEngagement> = async (scope, { engagement: id, hash }) => {
  const { actor, now } = scope;
  const quote = await quoteSeen(scope, id);
  refuseIf(objectionToSigning(quote, actor, hash, now));
  const word = wordOf(actor, quote);
  refuseUnless(word !== undefined, "approver-needed");
  return { state: await takeSignature(scope, id, quote, { word, signer: actor.kind === "person" ? actor.person : null }) };
};

/** `signer`: the person who signs for a client of ours. */
type Signature = { readonly word: Word; readonly signer: Id | null };

/** Takes a signature that the law has nothing against. */
export async function takeSignature(scope: Scope, id: Id, quote: store.QuoteToSign, { word, signer }: Signature): Promise<EngagementState> {
  const missing = missingWords(quote, [...quote.signedBy, word]);
  const isLast = missing.length === 0;
  const completes = word === "client" ? ("client" as const) : missing.every((each) => each === "client") ? ("member" as const) : undefined;
  if (word !== "client") refuseUnless(await signEngagementPart(scope, id, word), "signed-already");
  if (completes) refuseUnless(await store.saveSignature(scope, id, completes, signer, isLast), "signed-already");
  if (isLast) return signed(scope, id, quote);
  scope.emit({ type: "engagement.partSigned", subject: id, body: { hash: quote.hash }, about: aboutQuote(id, quote.origin) });
  return quote.state;
}

/** What follows in the same transaction from the last signature: the promise, the checks, and a no to every other bidder. */
async function signed(scope: Scope, id: Id, { origin, hash }: store.QuoteToSign): Promise<EngagementState> {
  const across = await engagementElsewhere(viewOf(scope), id);
  // Who else is told no, the coop of the job says: until it has heard the signature, it may still come to another of ours.
  if (origin && !across?.isHome) await rejectOthers(scope, origin.job);
  scope.emit({ type: "engagement.signed", subject: id, body: { ...jobOf(origin), hash }, about: aboutQuote(id, origin) });
  const engagement = found(await engagementHeld(scope, id));
  // The coop of the member covers and promises, before its countersignature leaves.
  if (across && !across.isHome) return coveredByRule(scope, engagement);
  const { client, clientSigner } = engagement;
  const confirmed = across !== undefined || (clientSigner !== null && (await isConfirmed(viewOf(scope), clientSigner)));
  const prices = await pricesOf(viewOf(scope), id);
  const team = await weightsOf(viewOf(scope), id);
  await promiseGuarantee(scope, { engagement: id, client, team, prices, confirmed });
  return coverByRule(scope, engagement);
}

/** Tells every bidder whose bid still stands that the job went elsewhere. */
export async function rejectOthers(scope: Scope, job: Id): Promise<void> {
  const about = aboutBid(job, await sealingOf(scope, job));
  for (const bid of await rejectOpenBids(scope, job)) scope.emit({ type: "bid.rejected", subject: bid, body: { job }, about });
}

/** Declines a quote for one side. */
export const declineEngagement: Act<typeof api.declineEngagement> = async (scope, { engagement: id }) => {
  const quote = await quoteSeen(scope, id);
  refuseIf(objectionToDeclining(quote, scope.actor));
  await lapseQuote(scope, id, quote, "declined");
  return {};
};

/** Lapses a quote that was not signed in time. */
export const lapseEngagement: Action<{ engagement: Id }, Record<string, never>> = async (scope, { engagement: id }) => {
  await lapseQuote(scope, id, found(await store.quoteToSign(scope, id)), "unsigned");
  return {};
};

/** Ends a quote that comes to nothing. */
export async function lapseQuote(scope: Scope, id: Id, quote: store.QuoteToSign, because: "declined" | "unsigned"): Promise<void> {
  const { origin, state } = quote;
  refuseUnless(await moveEngagement(scope, id, state, because === "declined" ? "decline" : "lapse"), "not-in-this-state", { state });
  await cancelMilestones(scope, id);
  await freeJob(scope, quote);
  await endAcross(scope, id);
  scope.emit({ type: "engagement.lapsed", subject: id, body: { ...jobOf(origin), because }, about: aboutQuote(id, origin) });
}

/** Of work that two coops share, nothing more is owed between them. */
export async function endAcross(scope: Scope, engagement: Id): Promise<void> {
  const across = await engagementElsewhere(viewOf(scope), engagement);
  if (across) await noteEnded(scope, { host: across.host, engagement: across.iri });
}

/**
 * Lets the job of an agreement that came to nothing be awarded anew; its bid lapses. Declared work has no job to free, and of one elsewhere
 * its coop may have said so before.
 */
export async function freeJob(
  scope: Scope,
  { origin, client, state }: Pick<store.QuoteToSign, "origin" | "client"> & { readonly state: string },
): Promise<void> {
  if (!origin || !(await moveBid(scope, origin.bid, "lapse"))) return;
  const { job, bid } = origin;
  const { zone } = await bookOf(scope.tx);
  const freed = (await freeHeard(scope, job)) || (await closeJob(scope, job, "free", endingFrom(scope.now, zone)));
  refuseUnless(freed, "not-in-this-state", { state });
  scope.emit({ type: "bid.lapsed", subject: bid, body: { job }, about: [`job:${job}`] });
  scope.emit({ type: "job.closed", subject: job, body: { client }, about: ["jobs", `job:${job}`] });
}

/** The quote, for those who may read it; a stranger is told that there is none. */
async function quoteSeen(scope: Scope, id: Id): Promise<store.QuoteToSign> {
  const parties = await partiesOf(scope, id);
  found((parties && isSeenBy(scope.actor, parties)) || undefined);
  return found(await store.quoteToSign(scope, id));
}
