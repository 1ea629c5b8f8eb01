// What crosses to another coop: under which treaty, at whose fee, and by which name.
import { iriOf } from "@partcommune/federation/iri";
import { agreementToWire } from "@partcommune/federation/translate/engagement";
import { limitIn } from "@partcommune/shared/federation/rules/claim";
import { objectionToCrossing, objectionToExposure, type Passage } from "@partcommune/shared/marketplace/rules/across";
import { signMs } from "@partcommune/shared/marketplace/rules/engagement";
import type { PlannedMilestone } from "@partcommune/shared/marketplace/rules/plan";
import { figuresOf } from "@partcommune/shared/money/rules/split";
import type { Id } from "@partcommune/shared/platform/id";
import { later } from "@partcommune/shared/platform/time";
import { exposureAt, exposureFallsOn, noteAgreed, sisterAt, sisterOfHost, type Sister } from "../../federation/index.ts";
import { found, refuseIf } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import type { AcceptableBid } from "../store/acceptance.ts";
import * as store from "../store/across.ts";
import type { JobToBidOn } from "../store/bid-on.ts";
import { dueOf } from "./billing.ts";

/** The coop at which a job was posted, or that of the member who acts; none where all of it is ours. */
const sisterIn = async ({ tx, actor }: Scope, { host }: Pick<JobToBidOn, "host">): Promise<Sister | undefined> => {
  if (host !== undefined) return sisterOfHost(tx, host);
  return actor.kind === "peer" ? sisterAt(tx, actor.origin) : undefined;
};

/** What the treaty lets pass about a job that two coops share. */
export async function passageFor(scope: Scope, job: Pick<JobToBidOn, "host">): Promise<Passage | undefined> {
  const sister = await sisterIn(scope, job);
  return sister && passageOf(sister);
}

const passageOf = ({ name: coop, isOpen, terms: { currencies, countries } }: Sister): Passage => ({ coop, isOpen, currencies, countries });

/** A name for an activity that will leave once this act is done. */
export const promisedAct = ({ origin, id }: Pick<Scope, "origin" | "id">): string => `${origin}/acts/${id()}`;

/** Where the rate of a fee stands for others: a version of a bylaw of ours. */
export const bylawIri = (origin: string, key: string, version: bigint): string => `${origin}/bylaws/${key}/${version}`;

/** Keeps under which name, and at which fee, a bid leaves for the coop of its job; one on a job of ours leaves nowhere. */
export async function offerAcross(scope: Scope, bid: Id, { host }: Pick<JobToBidOn, "host">): Promise<void> {
  if (host === undefined) return;
  const { iri: treaty } = found(await sisterOfHost(scope.tx, host));
  const { value, version } = await scope.bylaw("fee.rate", scope.now);
  const bylaw = bylawIri(scope.origin, "fee.rate", version);
  await store.saveBidElsewhere(scope, { bid, offer: promisedAct(scope), treaty, bylaw, feePpm: Number(value), offeredAt: scope.now });
}

type Accepted = AcceptableBid & { readonly id: Id; readonly milestones: readonly PlannedMilestone[] };

/** Keeps what was agreed with a sister's member, as its coop will be told once the client has signed; of work that is ours alone nothing. */
export async function agreeAcross(scope: Scope, bid: Accepted, engagement: Id): Promise<void> {
  const { tx, now, origin } = scope;
  const crossed = await store.bidElsewhere(viewOf(scope), bid.id);
  const [lead] = bid.parts;
  const host = lead && (await store.homeOf(viewOf(scope), lead.member));
  if (!crossed || host === undefined) return;
  const sister = found(await sisterOfHost(tx, host));
  const { amount, rate, milestones, terms } = bid;
  const { country, service } = terms;
  refuseIf(objectionToCrossing({ currency: amount.currency, country: country ?? undefined, service }, passageOf(sister)));
  const { hostSharePpm, creditRisk } = sister.terms;
  const iri = `${origin}/engagements/${engagement}`;
  const agreement = agreementToWire({
    ...crossed,
    id: iri,
    client: `${origin}/clients/${bid.client}`,
    publishedAt: now,
    signUntil: later(now, signMs),
    job: iriOf(origin, "jobs", bid.job),
    amount,
    rate,
    split: figuresOf({ price: amount, feePpm: BigInt(crossed.feePpm), hostSharePpm: BigInt(hostSharePpm) }),
    milestones,
  });
  const { feePpm } = crossed;
  const due = dueOf({ feePpm, hostSharePpm }, amount);
  const [owed, falls] = [await exposureAt(viewOf(scope), host), await exposureFallsOn(viewOf(scope), sister)];
  refuseIf(objectionToExposure({ coop: sister.name, owed, adding: due, limit: limitIn(sister.terms, due.currency), falls }));
  await noteAgreed(scope, { host, engagement: iri, amount: due });
  const across = { engagement, host, isHome: false, iri, accept: promisedAct(scope), feePpm, hostSharePpm, creditRisk, agreement };
  await store.saveEngagementElsewhere(scope, across);
}
