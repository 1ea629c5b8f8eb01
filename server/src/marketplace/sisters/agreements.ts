// Agreements between coops: what a client of ours accepted of a sister's member, and what one of theirs accepted of ours.
import { agreementFromWire, unproved } from "@partcommune/federation/translate/engagement";
import { originOf, type Iri } from "@partcommune/federation/iri";
import { rejectionFrom, rejectionWords } from "@partcommune/federation/translate/agreed";
import { isCalledOff } from "@partcommune/shared/marketplace/rules/engagement";
import type { Id } from "@partcommune/shared/platform/id";
import { hashOfAgreement, hears, isStanding, type Heard, type Tells } from "../../federation/index.ts";
import { addressElsewhere } from "../../membership/index.ts";
import { refuseUnless } from "../../platform/refused.ts";
import { tried } from "../../platform/trying.ts";
import { viewOf, type Scope, type View } from "../../platform/scope.ts";
import { agreeToCancellation, askCancellation, cancelEngagement } from "../actions/cancellation.ts";
import { declineEngagement, signEngagement } from "../actions/engagements.ts";
import { followAcceptance, hashOfQuote } from "../actions/following.ts";
import { endDispute } from "../actions/work.ts";
import { engagementElsewhere, engagementOf, type EngagementElsewhere } from "../store/across.ts";
import { sayWhy } from "../store/engagements.ts";
import { openDisputes } from "../store/hand-ins.ts";
import { standingOf } from "../store/standing.ts";
import { actingFor } from "./acting.ts";
import { ourBid } from "./bids.ts";
import { endsOf, isTheirDoing, saysOf, toClientElsewhere, toMemberElsewhere } from "./telling.ts";

/** What two coops agreed, with its two sides here, and why one of them would end it. */
export async function sharedWork(view: View, engagement: Id) {
  const across = await engagementElsewhere(view, engagement);
  const parties = across && (await standingOf(view, engagement));
  return across && parties && { ...across, ...parties };
}

/** Our client has signed: the agreement leaves for the member's coop. */
const tellAcceptance: Tells = {
  name: "marketplace.tellAcceptances",
  facts: ["engagement.partSigned"],
  tell: async (view, { subject }) => {
    const work = await sharedWork(view, subject);
    const ends = work && !work.isHome && (await toMemberElsewhere(view, work.host, work));
    if (!work || !ends) return undefined;
    return { ...ends, type: "Accept", id: work.accept, object: offerIn(work), result: work.agreement, prove: true };
  },
};

const offerIn = ({ agreement }: EngagementElsewhere): Iri => agreementFromWire(agreement)?.offer ?? "";

/** Our member has signed and is covered: that the two hold the same text stands in its hash. */
const tellCountersignature: Tells = {
  name: "marketplace.tellCountersignatures",
  facts: ["engagement.covered"],
  tell: async (view, { subject }) => {
    const work = await sharedWork(view, subject);
    const ends = work?.isHome && (await toClientElsewhere(view, work.host, work));
    if (!work || !ends) return undefined;
    return { ...ends, type: "Accept", object: work.accept, words: { "pc:sha256": hashOfAgreement(work.agreement) }, prove: true };
  },
};

/** What was agreed shall not be: the member's coop says no to the acceptance, the client's takes it back, with the reason. Of a quote that our client never signed they do not know. */
const tellEnd: Tells = {
  name: "marketplace.tellEnds",
  facts: ["engagement.lapsed", "engagement.cancelled"],
  tell: async (view, fact) => {
    const work = isTheirDoing(fact) ? undefined : await sharedWork(view, fact.subject);
    const ends = work?.clientSigned ? await endsOf(view, work) : undefined;
    // What the client's coop took back meanwhile needs no answer.
    if (!work || !ends || (work.isHome && !(await isStanding(view, work.accept)))) return undefined;
    const words = rejectionWords("because" in fact.body && fact.body.because === "unsigned" ? "unsigned" : "declined", work.because);
    return { ...ends, type: work.isHome ? "Reject" : "Undo", object: work.accept, words };
  },
};

/** Something was handed in, so one side alone no longer ends it: it asks the other. Where it has ended already, that is the answer. */
const tellAsk: Tells = {
  name: "marketplace.tellAsks",
  facts: ["engagement.cancellationAsked", "engagement.endMissed"],
  tell: async (view, fact) => {
    const ended = fact.type === "engagement.endMissed";
    const work = isTheirDoing(fact) && !ended ? undefined : await sharedWork(view, fact.subject);
    const ends = work && (await endsOf(view, work));
    const words = { "pc:ends": true, ...(ended ? { "pc:ended": true } : {}), content: work?.because ?? "" };
    return ends && { ...ends, type: "Flag", object: work.iri, words };
  },
};

const tellTurnedAway: Tells = {
  name: "marketplace.tellUnfollowed",
  facts: ["agreement.turnedAway"],
  tell: async (_, { body }) => {
    const { accept, from, member, because } = body as { accept: Iri; from: Iri; member: Id; because: string };
    return { actor: `members/${member}`, to: [from], type: "Reject", object: accept, words: rejectionWords("amount-differs", because) };
  },
};

/** A client elsewhere accepted a bid of ours: followed when it is what was offered and every figure is ours too, or answered by a no. */
async function hearAcceptance(scope: Scope, heard: Heard): Promise<void> {
  const { id: accept, object: offer, result, origin, actor, proved } = heard;
  const bid = result && (await ourBid(viewOf(scope), heard, offer));
  if (!bid) return;
  const no = await tried(scope, async (trying) => {
    const agreement = agreementFromWire(result);
    const isTheirs = agreement && originOf(agreement.id) === origin && agreement.client === actor && agreement.offer === offer;
    refuseUnless(proved && isTheirs === true, "agreement-differs");
    await followAcceptance(actingFor(trying, { client: bid.client }), bid, { accept, agreement, document: unproved(result) });
  });
  if (!no) return;
  const body = { accept, from: actor, member: bid.member, because: saysOf(no) };
  scope.emit({ type: "agreement.turnedAway", subject: bid.bid, body, about: [] });
}

/** Work that we share with the coop that speaks, where it is the member's or the client's to speak of. */
export async function theirWork(scope: Scope, { actor, host }: Heard, by: "accept" | "iri" | "engagement", name: string) {
  const across = await engagementOf(viewOf(scope), by, name);
  const work = across?.host === host ? await sharedWork(viewOf(scope), across.engagement) : undefined;
  if (!work) return undefined;
  const speaks = work.isHome
    ? await addressElsewhere(viewOf(scope), "client", work.client)
    : await addressElsewhere(viewOf(scope), "member", work.member);
  const who = work.isHome ? { client: work.client } : { member: work.member };
  return speaks === actor ? { ...work, scope: actingFor(scope, who) } : undefined;
}

/** A sister's member signs what our client signed. */
async function hearCountersignature(scope: Scope, heard: Heard): Promise<void> {
  const work = await theirWork(scope, heard, "accept", heard.object);
  if (!work || work.isHome) return;
  refuseUnless(heard.proved && heard.document["pc:sha256"] === hashOfAgreement(work.agreement), "quote-differs");
  await signEngagement(work.scope, { engagement: work.engagement, hash: await hashOfQuote(scope, work.engagement) });
}

const hearAccept = hears<void>({
  inbox: "any",
  types: ["Accept"],
  bring: async () => undefined,
  hear: (scope, heard) => (heard.result ? hearAcceptance(scope, heard) : hearCountersignature(scope, heard)),
});

/** Their side declines the quote; where it is their coop that does not follow what was agreed, with its reason. */
async function declineAcross(scope: Scope, { engagement, host }: EngagementElsewhere, because: string | undefined): Promise<void> {
  await declineEngagement(scope, { engagement });
  if (because === undefined) return;
  await sayWhy(scope, engagement, because);
  scope.emit({ type: "agreement.refused", subject: engagement, body: { host, because }, about: [`engagement:${engagement}`] });
}

/** The other side would not have it any more: a quote is declined, work of which nothing was handed in ends, and where something was, they agree to what was asked here, or ask. */
const hearEnd = hears<void>({
  inbox: "any",
  types: ["Reject", "Undo"],
  bring: async () => undefined,
  hear: async (scope, heard) => {
    const work = await theirWork(scope, heard, "accept", heard.object);
    if (!work || work.isHome !== (heard.type === "Undo")) return;
    const { engagement, state, asked } = work;
    const { reason: why, says } = rejectionFrom(heard.document);
    if (state === "quoted") return declineAcross(work.scope, work, why === "amount-differs" ? says : undefined);
    if (asked) return void (await agreeToCancellation(work.scope, { engagement }));
    const reason = says ?? endedThere;
    await disputesEnded(scope, work);
    await (work.handedIn ? askCancellation : cancelEngagement)(work.scope, { engagement, reason });
  },
});

const endedThere = "Ended at the other coop.";

type Shared = { readonly engagement: Id; readonly member: Id; readonly client: Id };

/** What is disputed here of work that has ended at the other coop: there it was never taken, and nobody is left to settle it with. */
async function disputesEnded(scope: Scope, { engagement, member, client }: Shared): Promise<void> {
  for (const { id: milestone, by } of await openDisputes(viewOf(scope), engagement))
    await endDispute(actingFor(scope, by === "client" ? { client } : { member }), { milestone });
}

/** The other side asks to end together what was handed in. Where our side has asked as well, both agree; what has ended here is said to have ended. */
const hearAsk = hears<void>({
  inbox: "any",
  types: ["Flag"],
  bring: async () => undefined,
  hear: async (scope, heard) => {
    const work = heard.document["pc:ends"] === true ? await theirWork(scope, heard, "iri", heard.object) : undefined;
    if (!work) return;
    const { engagement } = work;
    if (isCalledOff(work.state)) {
      if (heard.document["pc:ended"] !== true) scope.emit({ type: "engagement.endMissed", subject: engagement, body: {}, about: [] });
      return;
    }
    if (heard.document["pc:ended"] === true) await disputesEnded(scope, work);
    if (work.asked) return void (await agreeToCancellation(work.scope, { engagement }));
    if (!work.isHome && !work.handedIn) throw new Error("what was handed in before this is not here yet");
    await askCancellation(work.scope, { engagement, reason: rejectionFrom(heard.document).says ?? endedThere });
  },
});

export const agreements = {
  tells: [tellAcceptance, tellCountersignature, tellEnd, tellAsk, tellTurnedAway],
  hears: [hearAccept, hearEnd, hearAsk],
};
