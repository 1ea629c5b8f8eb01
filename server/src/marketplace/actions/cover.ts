// The verbs of cover: by rule where every check holds, else by an adviser in writing.
import { objectionToOneSided } from "@partcommune/shared/marketplace/rules/across";
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import type * as api from "@partcommune/shared/marketplace/api";
import { coversDays } from "@partcommune/shared/membership/rules/employment";
import {
  coverChecks,
  failedChecks,
  objectionToUndeclared,
  type CoverCheck,
  type CoverFacts,
} from "@partcommune/shared/marketplace/rules/cover";
import { engagementTable, signMs, type EngagementState } from "@partcommune/shared/marketplace/rules/engagement";
import type { Pay } from "@partcommune/shared/marketplace/rules/price";
import { afterVerb, objectionToVerb } from "@partcommune/shared/platform/table";
import { dayOf, weekdaysBetween } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { later, type Instant } from "@partcommune/shared/platform/time";
import { daysAcross, declaredDays, enteredItself, memberCard, ownerOf } from "../../membership/index.ts";
import { inMoneyOf } from "../../money/index.ts";
import { releasePromise } from "../../mutual/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { isAcross } from "../store/across.ts";
import * as store from "../store/engagements.ts";
import type { JobToBidOn } from "../store/bid-on.ts";
import { voidSignatures, weightsOf } from "../store/teams.ts";
import { mailLink } from "./link.ts";
import { answerable } from "./desk.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

const about = (id: Id): readonly string[] => [`engagement:${id}`, "desk:engagements"];

/** Covers an engagement both have just signed, or keeps for an adviser which checks hold it up. */
export async function coverByRule(scope: Scope, engagement: store.Held): Promise<EngagementState> {
  const { id, state } = engagement;
  const failed = await failedOf(scope, engagement);
  await store.saveFailedChecks(scope, id, failed);
  if (failed.length > 0) {
    scope.emit({ type: "engagement.heldUp", subject: id, body: { checks: failed }, about: about(id) });
    return state;
  }
  return coveredByRule(scope, engagement);
}

/** Asks the checks of what waits for an adviser once more, now that one of its members was declared or has a paper for another country. */
export const coverAnew: Action<{ readonly engagement: Id }, Record<string, never>> = async (scope, { engagement: id }) => {
  const engagement = await store.engagementHeld(scope, id);
  if (!engagement || objectionToVerb(engagementTable, engagement.state, "cover")) return {};
  const failed = await failedOf(scope, engagement);
  await store.saveFailedChecks(scope, id, failed);
  if (failed.length === 0) await coveredByRule(scope, engagement);
  return {};
};

/** Covers what nobody here has to look at any more: by our checks, or by the coop of the member. */
export async function coveredByRule(scope: Scope, { id, state }: store.Held): Promise<EngagementState> {
  refuseUnless(await store.moveEngagement(scope, id, state, "cover", { covered_at: scope.now }), "not-in-this-state", { state });
  scope.emit({ type: "engagement.covered", subject: id, body: { by: "rule" }, about: about(id) });
  return afterVerb(engagementTable, state, "cover");
}

/** The least pay of an hour where work is done, in the money it is paid in: at home where it is done remotely. Absent where members voted none. */
export async function wageFloorIn(scope: Scope, country: string | undefined, currency: string): Promise<Money | undefined> {
  const { country: home = "", currency: own = currency } = await coopCard(viewOf(scope));
  const { value: floors } = await scope.bylaw("marketplace.wageFloors", scope.now);
  const floor = floors[country ?? home];
  return floor === undefined ? undefined : inMoneyOf(viewOf(scope), { minor: bylawMinor(floor, own), currency: own }, currency);
}

/** What an offer for a job is measured by. */
export async function payOn(scope: Scope, { startOn, endOn, country, currency }: JobToBidOn): Promise<Pay> {
  return { weekdays: BigInt(weekdaysBetween(startOn, endOn)), wageFloor: await wageFloorIn(scope, country, currency) };
}

/** The checks that do not hold for somebody who does the work: each is asked with their part of the price. */
async function failedOf(scope: Scope, engagement: store.Held): Promise<readonly CoverCheck[]> {
  const { currency } = engagement.amount;
  const failed = new Set<CoverCheck>();
  for (const { member, part: minor } of await weightsOf(viewOf(scope), engagement.id))
    for (const check of failedChecks(await factsOf(scope, { ...engagement, member, amount: { minor, currency } }))) failed.add(check);
  return coverChecks.filter((check) => failed.has(check));
}

/** Everything the checks ask about an engagement. */
export async function factsOf(
  scope: Scope,
  { client, member, amount, rate, startOn, endOn, zone, country, service }: store.Held,
): Promise<CoverFacts> {
  const view = viewOf(scope);
  const { stage, status } = found(await memberCard(view, member));
  const { country: coopCountry = "" } = await coopCard(view);
  const wageFloor = await wageFloorIn(scope, country ?? undefined, amount.currency);
  return {
    price: amount,
    rate,
    stage,
    status,
    declared: coversDays(await declaredDays(view, member), startOn, endOn),
    mayCross: country !== null && coversDays(await daysAcross(view, member, country), startOn, endOn),
    startOn,
    coopCountry,
    today: dayOf(scope.now, zone),
    weekdays: BigInt(weekdaysBetween(startOn, endOn)),
    ...(country === null ? {} : { country }),
    clientKnown: (await enteredItself(view, client)) || (await store.isVouchedFor(scope, client)),
    ...(wageFloor ? { wageFloor } : {}),
    service,
  };
}

/** Covers by an adviser's written word what the checks held up. */
export const coverEngagement: Act<typeof api.coverEngagement> = async (scope, { engagement: id, note }) => {
  const { adviser, engagement } = await answerable(scope, id, "cover");
  const { state } = engagement;
  refuseIf(objectionToUndeclared(await failedOf(scope, engagement)));
  const change = { covered_at: scope.now, covered_by: adviser, cover_note: note };
  refuseUnless(await store.moveEngagement(scope, id, state, "cover", change), "not-in-this-state", { state });
  scope.emit({ type: "engagement.covered", subject: id, body: { by: "adviser" }, about: about(id) });
  return {};
};

/** Sends an engagement back to be signed anew; what was promised with the void signatures ends with them. */
export const sendBackEngagement: Act<typeof api.sendBackEngagement> = async (scope, { engagement: id, reason }) => {
  const { engagement } = await answerable(scope, id, "sendBack");
  refuseIf(objectionToOneSided(await isAcross(scope, id)));
  const { state } = engagement;
  const signUntil = later(scope.now, signMs);
  const unsigned = { client_signer: null, client_signed_at: null, member_signed_at: null, signed_at: null, failed_checks: null };
  const change = { ...unsigned, sent_back_because: reason, sign_until: signUntil };
  refuseUnless(await store.moveEngagement(scope, id, state, "sendBack", change), "not-in-this-state", { state });
  await voidSignatures(scope, id);
  await releasePromise(scope, id);
  scope.emit({ type: "engagement.sentBack", subject: id, body: {}, about: about(id) });
  await mailLinkAgain(scope, engagement, signUntil);
  return {};
};

/** A client who came by a mailed link signs anew by a new one. */
async function mailLinkAgain(scope: Scope, engagement: store.Held, signUntil: Instant): Promise<void> {
  if (engagement.origin) return;
  const signer = found(await ownerOf(viewOf(scope), engagement.client));
  await mailLink(scope, { ...engagement, signUntil, signer });
}
