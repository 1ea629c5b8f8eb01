// Bids between coops: our member's leaves for the coop of the job, a sister's member's is placed here like any other.
import { originOf, type Iri } from "@partcommune/federation/iri";
import { compactTerms } from "@partcommune/federation/read";
import { rejectionFrom, rejectionWords, type Reason } from "@partcommune/federation/translate/agreed";
import { bidFromOffer, bidToOffer, type SharedBid } from "@partcommune/federation/translate/bid";
import { ctx } from "@partcommune/federation/vocabulary";
import { objectionToNamedFee } from "@partcommune/shared/marketplace/rules/across";
import { dayMs, later } from "@partcommune/shared/platform/time";
import type { Fetcher } from "@partcommune/federation/fetcher";
import { isId, type Id } from "@partcommune/shared/platform/id";
import { hears, sisterAt, type Heard, type Shows, type Tells } from "../../federation/index.ts";
import { versionsOf } from "../../governance/index.ts";
import { addressElsewhere, memberElsewhere } from "../../membership/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { tried } from "../../platform/trying.ts";
import { viewOf, type Scope, type View } from "../../platform/scope.ts";
import { bylawIri } from "../actions/across.ts";
import { placeBid, withdrawBid } from "../actions/bids.ts";
import { followRejection } from "../actions/following.ts";
import { confirmBid, reviseBid } from "../actions/revisions.ts";
import * as store from "../store/across.ts";
import { actingFor } from "./acting.ts";
import { saysOf, toClientElsewhere, toMemberElsewhere } from "./telling.ts";

/** How long a bid stands after its job closes: as long as a job may take to choose, and be opened again. */
const standsMs = 60 * dayMs;

/** A bid of ours on a sister's job leaves as an offer; each later one takes the place of the one before. */
const tellOffer: Tells = {
  name: "marketplace.tellOffers",
  facts: ["bid.placed", "bid.revised", "bid.confirmed"],
  tell: async (view, { subject }) => {
    const crossed = await store.crossedBid(view, subject);
    const ends = crossed?.host && (await toClientElsewhere(view, crossed.host, crossed));
    if (!crossed || !ends) return undefined;
    const { bidsUntil, ...said } = await store.offeredBid(view, subject);
    const { treaty, bylaw, feePpm, offeredAt, offer: id } = crossed;
    const home = `${view.origin}/actor`;
    const shared: SharedBid = { ...said, treaty, bylaw, feePpm, offeredAt, home, validUntil: later(bidsUntil, standsMs) };
    return { ...ends, ...bidToOffer(shared), type: "Offer", id, prove: true };
  },
};

const tellWithdrawal: Tells = {
  name: "marketplace.tellWithdrawals",
  facts: ["bid.withdrawn"],
  tell: async (view, { subject }) => {
    const crossed = await store.crossedBid(view, subject);
    const ends = crossed?.host && (await toClientElsewhere(view, crossed.host, crossed));
    return crossed && ends ? { ...ends, type: "Undo", object: crossed.offer } : undefined;
  },
};

/** Why a bid was not chosen, as its coop is told. */
function reasonOf({ state, rejectedBecause, jobState }: store.CrossedBid): Reason {
  if (state === "lapsed") return "unsigned";
  if (rejectedBecause !== undefined) return "client-said-no";
  return jobState === "awarded" ? "another-bid" : jobState === "withdrawn" || jobState === "lapsed" ? "job-ended" : "client-said-no";
}

/** A bid of a sister's member that was not chosen, or came to nothing, is told so. */
const tellRejection: Tells = {
  name: "marketplace.tellRejections",
  facts: ["bid.rejected", "bid.lapsed"],
  tell: async (view, { subject }) => {
    const crossed = await store.crossedBid(view, subject);
    const home = crossed && (await store.homeOf(view, crossed.member));
    const ends = home && (await toMemberElsewhere(view, home, crossed));
    if (!crossed || !ends) return undefined;
    return { ...ends, type: "Reject", object: crossed.offer, words: rejectionWords(reasonOf(crossed), crossed.rejectedBecause) };
  },
};

/** An offer that a rule of ours did not let pass. */
const tellTurnedAway: Tells = {
  name: "marketplace.tellTurnedAway",
  facts: ["bid.turnedAway"],
  tell: async (view, { body }) => {
    const { offer, from, because, client } = body as { offer: Iri; from: Iri; because: string; client: Id };
    return { actor: `clients/${client}`, to: [from], type: "Reject", object: offer, words: rejectionWords("refused", because) };
  },
};

/** The rate of our fee in one of its versions, for coops that take bids of our members. */
const showBylaw: Shows = {
  path: "/bylaws/:key/:version",
  show: async (view, { key, version }) => {
    if (key !== "fee.rate") return undefined;
    const { items } = await versionsOf(view, { key });
    const one = items.find((each) => String(each.version) === version);
    const id = bylawIri(view.origin, key, BigInt(one?.version ?? 0));
    return one && { "@context": ctx, id, type: "Document", name: key, "pc:feePpm": Number(one.value) };
  },
};

/** What a coop shows as the rate of its fee; nothing where it shows none. */
async function feeShownAt(fetcher: Fetcher, { origin }: Heard, bylaw: Iri): Promise<number | undefined> {
  if (originOf(bylaw) !== origin) return undefined;
  const answer = await fetcher.get(bylaw, "activity");
  if (!answer.ok && answer.status === undefined) throw new Error(`${origin} does not show its fee: ${answer.why}`);
  const shown = answer.ok ? compactTerms(answer.document)?.["pc:feePpm"] : undefined;
  return typeof shown === "number" ? shown : undefined;
}

type Brought = { readonly bid: SharedBid; readonly fee: number | undefined } | undefined;

/** A sister's member offers to do a job of ours: placed, confirmed or revised by the same acts as anybody's, or turned away with the rule that says so. */
const hearOffer = hears<Brought>({
  inbox: "any",
  types: ["Offer"],
  bring: async (fetcher, heard) => {
    const bid = bidFromOffer(heard.document);
    return bid && { bid, fee: await feeShownAt(fetcher, heard, bid.bylaw) };
  },
  hear: async (scope, heard, brought) => {
    const job = brought && jobOfOurs(brought.bid.job, scope.origin);
    const client = job && heard.recipients.find((path) => path.startsWith("clients/"))?.slice("clients/".length);
    if (!brought || !job || !client) return;
    const no = await tried(scope, (trying) => taken(trying, heard, job, brought));
    if (!no) return;
    const body = { job, client, offer: heard.id, from: heard.actor, because: saysOf(no) };
    scope.emit({ type: "bid.turnedAway", subject: job, body, about: [] });
  },
});

function jobOfOurs(iri: Iri, ours: string): Id | undefined {
  const id = iri.startsWith(`${ours}/jobs/`) ? iri.slice(`${ours}/jobs/`.length) : "";
  return isId(id) ? id : undefined;
}

async function taken(scope: Scope, heard: Heard, job: Id, { bid, fee }: NonNullable<Brought>): Promise<void> {
  const sister = found(await sisterAt(scope.tx, heard.origin));
  const isMembers = heard.actor.startsWith(`${heard.origin}/members/`);
  refuseUnless(heard.proved && isMembers && bid.home === `${heard.origin}/actor` && bid.treaty === sister.iri, "agreement-differs");
  refuseIf(objectionToNamedFee(bid, fee, bid.validUntil, scope.now));
  const member = await memberElsewhere(scope, heard.actor, { name: bid.memberName, host: sister.host });
  const { amount, rate, days, pitch, treaty, bylaw, feePpm, offeredAt = scope.now } = bid;
  if (await store.hasOfferedSince(scope, job, member, offeredAt)) return;
  const said = { amount, pitch, ...(rate ? { rate } : {}), ...(days === undefined ? {} : { days }) };
  const id = await placed(actingFor(scope, { member }), { job, version: BigInt(bid.jobVersion), ...said }, member);
  await store.saveBidElsewhere(scope, { bid: id, offer: heard.id, treaty, bylaw, feePpm, offeredAt });
}

/** Places a bid, or puts it in the place of the one that stands. */
async function placed(scope: Scope, bid: Parameters<typeof placeBid>[1], member: Id): Promise<Id> {
  const standing = await store.standingBid(scope, bid.job, member);
  if (!standing) return (await placeBid(scope, bid)).id;
  const { id, version } = standing;
  const { job: _, version: __, team: ___, ...offer } = bid;
  const isSame = standing.state === "toConfirm" && (await store.saysTheSame(scope, id, offer));
  await (isSame ? confirmBid(scope, { bid: id, version }) : reviseBid(scope, { bid: id, version, ...offer }));
  return id;
}

/** The bid of a sister's member that an activity of theirs carried. */
async function theirBid(scope: Scope, { actor }: Heard, offer: Iri): Promise<store.CrossedBid | undefined> {
  const bid = await store.bidOfOffer(viewOf(scope), offer);
  const crossed = bid && (await store.crossedBid(viewOf(scope), bid.bid));
  return crossed && (await addressElsewhere(viewOf(scope), "member", crossed.member)) === actor ? crossed : undefined;
}

const hearWithdrawal = hears<void>({
  inbox: "any",
  types: ["Undo"],
  bring: async () => undefined,
  hear: async (scope, heard) => {
    const bid = await theirBid(scope, heard, heard.object);
    if (bid) await withdrawBid(actingFor(scope, { member: bid.member }), { bid: bid.bid });
  },
});

/** A bid of ours that its client elsewhere answered. */
export async function ourBid(view: View, { actor, host }: Heard, offer: Iri): Promise<store.CrossedBid | undefined> {
  const bid = await store.bidOfOffer(view, offer);
  const crossed = bid && (await store.crossedBid(view, bid.bid));
  return crossed?.host === host && (await addressElsewhere(view, "client", crossed.client)) === actor ? crossed : undefined;
}

const hearRejection = hears<void>({
  inbox: "any",
  types: ["Reject"],
  bring: async () => undefined,
  hear: async (scope, heard) => {
    const bid = await ourBid(viewOf(scope), heard, heard.object);
    if (bid) await followRejection(scope, bid, rejectionFrom(heard.document).says);
  },
});

export const bids = {
  tells: [tellOffer, tellWithdrawal, tellRejection, tellTurnedAway],
  hears: [hearOffer, hearWithdrawal, hearRejection],
  shows: [showBylaw],
};
