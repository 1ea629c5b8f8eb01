// The verb that proposes to change signed work: the paper is made anew from the one in force, and both sides are asked to sign it.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type * as api from "@partcommune/shared/marketplace/api";
import { changesOf, planAfter, type PlanChange, type WantedMilestone } from "@partcommune/shared/marketplace/rules/amended";
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
import { sharedAnew } from "@partcommune/shared/marketplace/rules/team";
import { moneyFrom, moneyText, type Money, type MoneyText } from "@partcommune/shared/platform/money";
import { later, type Day, type Instant } from "@partcommune/shared/platform/time";
import { ownerOf } from "../../membership/index.ts";
import { personActing } from "../../platform/acting.ts";
import { found, refuseIf } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import * as store from "../store/amendments.ts";
import type { Held } from "../store/engagements.ts";
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
  refuseIf(objectionToAmending(engagement, scope.actor));
  const by = found(sideOf(scope.actor, engagement));
  const { currency } = engagement.amount;
  const agreed = await store.agreedTerms(viewOf(scope), id, currency);
  refuseStrange(agreed, wanted.milestones);
  refuseIf(objectionToTerms(agreed, wanted, currency, await limitsFor(scope, engagement, wanted.endOn)));
  const price = found(priceAfter(agreed, wanted));
  const facts = await factsOf(scope, { ...engagement, amount: price, endOn: wanted.endOn });
  const checks = checksHeldUp(facts, wanted.endOn > agreed.endOn);
  const standsUntil = later(scope.now, signMs);
  const { paper, hash } = paperOf(agreed, wanted, { price, reason, standsUntil });
  const { endOn, text } = wanted;
  const terms = { paper, hash, amountMinor: price.minor, endOn, text, milestones: touchedIn(scope, agreed, wanted.milestones) };
  const proposed = { engagement: id, by, person: personActing(scope.actor), reason, standsUntil, before: agreed, checks };
  const amendment = await store.saveAmendment(scope, { ...proposed, ...terms });
  const body = { by, hash: hash.toString("hex"), checks };
  scope.emit({ type: "engagement.amendmentProposed", subject: id, body, about: aboutAmendment(id) });
  if (checks.length === 0) await mailAmendment(scope, engagement, { id: amendment, by, standsUntil });
  return { hash: body.hash, standsUntil };
};

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

type Sealed = { readonly price: Money; readonly reason: string; readonly standsUntil: Instant };

/** The paper in force with what differs: the same canonical text, so the same fingerprint whoever makes it. Its bylaws stay those of the first. */
function paperOf(
  agreed: store.Agreed,
  { text, endOn, milestones }: WantedTerms,
  { price, reason, standsUntil }: Sealed,
): { readonly paper: string; readonly hash: Buffer } {
  const plan = numbered(agreed, milestones).map(({ number, title, amount, dueOn, parallel }) => ({
    number,
    title,
    amount: moneyText(amount),
    parallel,
    ...(dueOn === undefined ? {} : { dueOn }),
  }));
  const signed = JSON.parse(agreed.paper) as { readonly team: readonly Share[] };
  const changed = { text, endOn, amount: moneyText(price), milestones: plan, team: sharesOf(signed.team, price), signUntil: standsUntil };
  const paper = canonicalize({ ...signed, ...changed, reason, amends: agreed.hash.toString("hex") });
  if (paper === undefined) throw new TypeError("a paper is an object");
  return { paper, hash: createHash("sha256").update(paper).digest() };
}

type Share = { readonly share: MoneyText };

/** Everybody's part of another price, in the proportion they signed. */
function sharesOf(team: readonly Share[], price: Money): readonly Share[] {
  const amounts = sharedAnew(
    price,
    team.map(({ share }) => ({ amount: moneyFrom(share) })),
  );
  return team.map((each, at) => ({ ...each, share: moneyText(amounts[at] ?? price) }));
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
