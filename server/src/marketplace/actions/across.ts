// What crosses to another coop: under which treaty, at whose fee, and by which name.
import type { Passage } from "@partcommune/shared/marketplace/rules/across";
import type { Id } from "@partcommune/shared/platform/id";
import { sisterAt, sisterOfHost, type Sister } from "../../federation/index.ts";
import { found } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import * as store from "../store/across.ts";
import type { JobToBidOn } from "../store/bid-on.ts";

/** The coop at which a job was posted, or that of the member who acts; none where all of it is ours. */
const sisterIn = async ({ tx, actor }: Scope, { host }: Pick<JobToBidOn, "host">): Promise<Sister | undefined> => {
  if (host !== undefined) return sisterOfHost(tx, host);
  return actor.kind === "peer" ? sisterAt(tx, actor.origin) : undefined;
};

/** What the treaty lets pass about a job that two coops share. */
export async function passageFor(scope: Scope, job: Pick<JobToBidOn, "host">): Promise<Passage | undefined> {
  const { name: coop, isOpen, terms } = (await sisterIn(scope, job)) ?? {};
  return terms && { coop: coop ?? "", isOpen: isOpen === true, currencies: terms.currencies, countries: terms.countries };
}

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
  await store.saveBidElsewhere(scope, { bid, offer: promisedAct(scope), treaty, bylaw, feePpm: Number(value) });
}
