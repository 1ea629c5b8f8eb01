// The verb that proposes to change signed work: the paper is made anew from the one in force, and both sides are asked to sign it.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToOneSided } from "@partcommune/shared/marketplace/rules/across";
import {
  changesOf,
  planAfter,
  type FrozenTerms,
  type PlanChange,
  type WantedMilestone,
} from "@partcommune/shared/marketplace/rules/amended";
import {
  checksHeldUp,
  objectionToAmending,
  objectionToTerms,
  priceAfter,
  type AmendmentLimits,
  type WantedTerms,
} from "@partcommune/shared/marketplace/rules/amendment";
import { sideOf, signMs } from "@partcommune/shared/marketplace/rules/engagement";
import { dayOf, weekdaysBetween } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { coverChecks, type CoverCheck } from "@partcommune/shared/marketplace/rules/cover";
import type { TeamPart } from "@partcommune/shared/money/rules/legs";
import { moneyText, type Money } from "@partcommune/shared/platform/money";
import { later, type Day, type Instant } from "@partcommune/shared/platform/time";
import { ownerOf } from "../../membership/index.ts";
import { personActing } from "../../platform/acting.ts";
import { found, refuseIf } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import * as store from "../store/amendments.ts";
import type { Held } from "../store/engagements.ts";
import { sharesIn, weightsOf } from "../store/teams.ts";
import { isAcross } from "../store/across.ts";
import { aboutAmendment } from "./amendment-end.ts";
import { factsOf, wageFloorIn } from "./cover.ts";
import { mailLink } from "./link.ts";
import { engagementSeen } from "./work.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

export type Amendable = Held & { readonly amendment?: store.OpenAmendment | undefined };

/** An engagement with the change that waits in it, for its two sides. */
export async function amendableSeen(scope: Scope, id: Id): Promise<Amendable> {
  const engagement = await engagementSeen(scope, id);
  return { ...engagement, amendment: await store.openAmendment(scope, id) };
}

/** Proposes a change. Whoever proposes it signs it like the other side, as the paper is shown to them. */
export const proposeAmendment: Act<typeof api.proposeAmendment> = async (scope, { engagement: id, reason, ...wanted }) => {
  const engagement = await amendableSeen(scope, id);
  refuseIf(objectionToAmending(engagement, scope.actor) ?? objectionToOneSided(await isAcross(scope, id)));
  const by = found(sideOf(scope.actor, engagement));
  const { currency } = engagement.amount;
  const agreed = await store.agreedTerms(viewOf(scope), id, currency);
  refuseStrange(agreed, wanted.milestones);
  refuseIf(objectionToTerms(agreed, wanted, currency, await limitsFor(scope, engagement, wanted.endOn)));
  const price = found(priceAfter(agreed, wanted));
  const team = await weightsOf(viewOf(scope), id);
  const checks = await heldUpBy(scope, engagement, { price, endOn: wanted.endOn, team });
  const standsUntil = later(scope.now, signMs);
  const { paper, hash } = paperOf(agreed, wanted, { shares: sharesIn(price, team), price, reason, standsUntil });
  const { endOn, text } = wanted;
  const terms = { paper, hash, amountMinor: price.minor, endOn, text, milestones: touchedIn(scope, agreed, wanted.milestones) };
  const proposed = { engagement: id, by, person: personActing(scope.actor), reason, standsUntil, before: agreed, checks };
  const amendment = await store.saveAmendment(scope, { ...proposed, ...terms });
  const body = { by, hash: hash.toString("hex"), checks };
  scope.emit({ type: "engagement.amendmentProposed", subject: id, body, about: aboutAmendment(id) });
  if (checks.length === 0) await mailAmendment(scope, engagement, { id: amendment, by, standsUntil });
  return { hash: body.hash, standsUntil };
};

type Changed = { readonly price: Money; readonly endOn: Day; readonly team: readonly TeamPart[] };

/** The checks that do not hold for somebody who does the work: each is asked with their part of the changed price. */
async function heldUpBy(scope: Scope, engagement: Held, { price, endOn, team }: Changed): Promise<readonly CoverCheck[]> {
  const turn = { longer: endOn > engagement.endOn, less: price.minor < engagement.amount.minor };
  const failed = new Set<CoverCheck>();
  for (const [at, amount] of sharesIn(price, team).entries()) {
    const facts = await factsOf(scope, { ...engagement, member: team[at]?.member ?? engagement.member, amount, endOn });
    for (const check of checksHeldUp(facts, turn)) failed.add(check);
  }
  return coverChecks.filter((check) => failed.has(check));
}

/** A milestone that is none of this engagement, or was dropped, is told like none. */
function refuseStrange({ milestones }: store.Agreed, wanted: readonly WantedMilestone[]): void {
  for (const { id } of wanted) found(id === undefined || milestones.some((each) => each.id === id) || undefined);
}

/** What a change is measured by: today, and the voted floor where the work is done. */
export async function limitsFor(scope: Scope, { zone, country, startOn, amount, rate }: Held, endOn: Day): Promise<AmendmentLimits> {
  return {
    today: dayOf(scope.now, zone),
    // Work that is paid by the hour keeps the rate that was agreed, however long it takes.
    wageFloor: rate ? undefined : await wageFloorIn(scope, country ?? undefined, amount.currency),
    weekdays: endOn < startOn ? 0n : BigInt(weekdaysBetween(startOn, endOn)),
  };
}

type Sealed = { readonly shares: readonly Money[]; readonly price: Money; readonly reason: string; readonly standsUntil: Instant };

/** The paper in force with what differs: the same canonical text, so the same fingerprint whoever makes it. Its bylaws stay those of the first. */
function paperOf(
  agreed: store.Agreed,
  { text, endOn, milestones }: WantedTerms,
  { shares, price, reason, standsUntil }: Sealed,
): { readonly paper: string; readonly hash: Buffer } {
  const plan = numbered(agreed, milestones).map(({ number, title, amount, dueOn, parallel }) => ({
    number,
    title,
    amount: moneyText(amount),
    parallel,
    ...(dueOn === undefined ? {} : { dueOn }),
  }));
  const signed = JSON.parse(agreed.paper) as FrozenTerms;
  const team = signed.team.map((part, at) => ({ ...part, share: moneyText(shares[at] ?? price) }));
  const changed = { text, endOn, amount: moneyText(price), milestones: plan, team, signUntil: standsUntil };
  const paper = canonicalize({ ...signed, ...changed, reason, amends: agreed.hash.toString("hex") });
  if (paper === undefined) throw new TypeError("a paper is an object");
  return { paper, hash: createHash("sha256").update(paper).digest() };
}

/** New milestones come after all that ever were. */
const numbered = ({ milestones, lastNumber }: store.Agreed, wanted: readonly WantedMilestone[]) => {
  let next = lastNumber;
  return planAfter(milestones, wanted).map((each) => ({ ...each, number: each.number ?? (next += 1) }));
};

function touchedIn(scope: Scope, agreed: store.Agreed, wanted: readonly WantedMilestone[]): readonly store.AmendedMilestone[] {
  let next = agreed.lastNumber;
  return changesOf(agreed.milestones, wanted).map((change: PlanChange) => {
    const { kind } = change;
    if (kind === "added") return { ...change.to, kind, id: scope.id(), number: (next += 1) };
    const { id, number } = change.was;
    return { ...(kind === "changed" ? change.to : change.was), kind, id, number };
  });
}

/** A client who came by a mailed link is mailed one for the change, too, where the member proposes it. */
export async function mailAmendment(
  scope: Scope,
  { id, origin, client, member, title, zone }: Held,
  { id: amendment, by, standsUntil }: Pick<store.OpenAmendment, "id" | "by" | "standsUntil">,
): Promise<void> {
  if (origin || by === "client") return;
  const signer = found(await ownerOf(viewOf(scope), client));
  await mailLink(scope, { id, title, member, zone, signUntil: standsUntil, signer, amendment });
}
