// The home follows what the client's coop decides about work of its member: an acceptance, a no, the end of a quote.
import type { SharedAgreement } from "@partcommune/federation/translate/engagement";
import { objectionToAcceptance } from "@partcommune/shared/marketplace/rules/acceptance";
import { objectionToAgreement } from "@partcommune/shared/marketplace/rules/across";
import type { Id } from "@partcommune/shared/platform/id";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { noteAgreed, sisterOfHost } from "../../federation/index.ts";
import { clientCard } from "../../membership/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { bidToAccept, moveBid, rejectBid } from "../store/acceptance.ts";
import { saveEngagementElsewhere, type CrossedBid } from "../store/across.ts";
import { awardHeard } from "../store/elsewhere.ts";
import { quoteToSign } from "../store/quotes.ts";
import { dueOf } from "./billing.ts";
import { freeJob, quoteFrom, takeSignature } from "./engagements.ts";

export type Accepted = {
  readonly accept: string;
  readonly agreement: SharedAgreement;
  /** As it came, without its proof. */
  readonly document: JsonObject;
};

/** Follows an acceptance, in the name of the client elsewhere: every figure is reckoned here, and a quote lies ready that the client has signed. */
export async function followAcceptance(scope: Scope, crossed: CrossedBid, { accept, agreement, document }: Accepted): Promise<void> {
  const { bid: id, job, feePpm } = crossed;
  const host = found(crossed.host);
  const sister = found(await sisterOfHost(scope.tx, host));
  const bid = found(await bidToAccept(scope, id));
  const { amount, rate, client, parts, terms } = bid;
  // Whether the job is still open, its own coop alone knows.
  refuseIf(objectionToAcceptance({ ...bid, jobState: "open" }, bid, scope.actor));
  const offered = { ...crossed, job: agreement.job, amount, rate };
  refuseIf(objectionToAgreement(offered, agreement, BigInt(sister.terms.hostSharePpm)));
  refuseUnless(await awardHeard(scope, job), "job-already-awarded");
  refuseUnless(await moveBid(scope, id, "accept", bid.version), "bid-changed");
  const { name: clientName } = found(await clientCard(viewOf(scope), client));
  const { signUntil, milestones } = agreement;
  const agreed = { origin: { job, bid: id }, client, clientName, parts, amount, rate, terms, milestones, signUntil };
  const { id: engagement, hash } = await quoteFrom(scope, agreed);
  const { hostSharePpm, creditRisk } = sister.terms;
  const across = { engagement, host, isHome: true, iri: agreement.id, accept, feePpm, hostSharePpm, creditRisk, agreement: document };
  await saveEngagementElsewhere(scope, across);
  await noteAgreed(scope, { host, engagement: agreement.id, amount: dueOf(across, amount) });
  const about = [`job:${job}`, `engagement:${engagement}`];
  scope.emit({ type: "engagement.quoted", subject: engagement, body: { job, hash }, about });
  scope.emit({ type: "bid.accepted", subject: id, body: { job, engagement }, about: ["jobs", `job:${job}`] });
  await takeSignature(scope, engagement, found(await quoteToSign(scope, engagement)), { word: "client", signer: null });
}

/**
 * Follows a no to a bid that still waits. One that was accepted came to nothing at the coop of its job, which is free again, whatever becomes
 * of the work here: of that other words are told. To any other bid it says nothing.
 */
export async function followRejection(scope: Scope, crossed: CrossedBid, says: string | undefined): Promise<void> {
  const { bid, job, client, state, version } = crossed;
  if (state === "accepted") return freeJob(scope, { origin: { job, bid }, client, state });
  if (!(await rejectBid(scope, bid, version, says))) return;
  scope.emit({ type: "bid.rejected", subject: bid, body: { job }, about: [`job:${job}`] });
}

/** The hash under which the quote of an engagement is signed here. */
export const hashOfQuote = async (scope: Scope, engagement: Id): Promise<string> => found(await quoteToSign(scope, engagement)).hash;
