// The verbs of a dispute between its opening and its end: an adviser mediates, either side proposes, and both agree.
import { objectionToOneSided } from "@partcommune/shared/marketplace/rules/across";
import type * as api from "@partcommune/shared/marketplace/api";
import { missingWords, sideOf, wordOf, type Side } from "@partcommune/shared/marketplace/rules/engagement";
import { nameOf } from "@partcommune/shared/marketplace/rules/milestone";
import {
  objectionToAgreement,
  objectionToMediation,
  objectionToProposal,
  objectionToSuggestion,
  priceAt,
  settlingVerb,
  standsDays,
  type Proposer,
} from "@partcommune/shared/marketplace/rules/settlement";
import { dayAfter, dayOf, endOfDay } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { zero } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import { peopleWithRole } from "../../membership/index.ts";
import { lowerPromise } from "../../mutual/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { freeMediated, milestoneHeld, moveMilestone, saveMediator, type HeldMilestone } from "../store/milestones.ts";
import { isAcross } from "../store/across.ts";
import * as store from "../store/settlements.ts";
import { weightsOf } from "../store/teams.ts";
import { finishIfEnded, invoiceWork } from "./approval.ts";
import { writeToSides } from "./sides.ts";
import { aboutDispute, disputeOver, milestoneSeen } from "./work.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

const personOf = ({ actor }: Scope): Id => {
  refuseUnless(actor.kind === "person", "sign-in-first");
  return actor.person;
};

/** Takes the mediation; of two advisers at once, one has it. */
export const takeMediation: Act<typeof api.takeMediation> = async (scope, { milestone: id }) => {
  const dispute = found(await milestoneHeld(scope, id));
  refuseIf(objectionToMediation(dispute, scope.actor));
  refuseUnless(await saveMediator(scope, id, personOf(scope)), "mediated-already");
  scope.emit({ type: "milestone.mediationTaken", subject: id, body: { engagement: dispute.of.id }, about: aboutDispute(dispute.of.id) });
  return {};
};

/** Whoever is no adviser any more mediates no longer: another one takes the dispute. */
export const freeMediations: Action<{ person: Id }, Record<string, never>> = async (scope, { person }) => {
  if ((await peopleWithRole(viewOf(scope), "adviser")).includes(person)) return {};
  for (const { id, engagement } of await freeMediated(scope, person))
    scope.emit({ type: "milestone.mediationFreed", subject: id, body: { engagement }, about: aboutDispute(engagement) });
  return {};
};

/** Proposes a share for one side, which thereby agrees to it. */
export const proposeSettlement: Act<typeof api.proposeSettlement> = async (scope, { milestone: id, share, reason }) => {
  const dispute = await milestoneSeen(scope, id);
  refuseIf(objectionToProposal(dispute, scope.actor, dispute.amount, share) ?? objectionToOneSided(await isAcross(scope, dispute.of.id)));
  return proposed(scope, dispute, found(sideOf(scope.actor, dispute)), { share, reason });
};

/** Suggests a share as the mediator, for both sides to agree to. */
export const suggestSettlement: Act<typeof api.suggestSettlement> = async (scope, { milestone: id, share, reason }) => {
  const dispute = found(await milestoneHeld(scope, id));
  refuseIf(objectionToSuggestion(dispute, scope.actor, dispute.amount, share) ?? objectionToOneSided(await isAcross(scope, dispute.of.id)));
  return proposed(scope, dispute, "adviser", { share, reason });
};

type Wanted = { readonly share: number; readonly reason: string };

async function proposed(
  scope: Scope,
  dispute: HeldMilestone,
  by: Proposer,
  { share, reason }: Wanted,
): Promise<{ readonly id: Id; readonly standsUntil: Instant }> {
  const { id: milestone, of } = dispute;
  const day = dayAfter(dayOf(scope.now, of.zone), standsDays);
  const standsUntil = endOfDay(day, of.zone);
  const word = by === "adviser" ? undefined : wordOf(scope.actor, dispute);
  const id = await store.saveProposal(scope, { milestone, by, word, person: personOf(scope), share, reason, standsUntil });
  const params = { title: nameOf(of.title, dispute.title), share: String(share) };
  await writeToSides(scope, dispute, { kind: "settlementProposed", except: word, day, params });
  scope.emit({ type: "milestone.settlementProposed", subject: milestone, body: { engagement: of.id, by }, about: aboutDispute(of.id) });
  return { id, standsUntil };
}

/** Agrees for one's client, or for oneself; with the last agreement the milestone is settled in the same act. */
export const agreeToSettlement: Act<typeof api.agreeToSettlement> = async (scope, { settlement: id }) => {
  const dispute = await milestoneSeen(scope, found(await store.milestoneOfProposal(scope, id)));
  refuseIf(objectionToAgreement(dispute, await store.proposalToAgree(scope, id), scope.actor, scope.now));
  const by: Side = found(sideOf(scope.actor, dispute));
  refuseUnless(await store.saveAgreement(scope, id, found(wordOf(scope.actor, dispute)), personOf(scope)), "agreed-already");
  const body = { engagement: dispute.of.id, by };
  scope.emit({ type: "milestone.settlementAgreed", subject: dispute.id, body, about: aboutDispute(dispute.of.id) });
  const { agreed, share, clientSigner } = await store.proposalToAgree(scope, id);
  if (missingWords(dispute, agreed).length > 0) return { state: dispute.state };
  return settledAt(scope, dispute, share, clientSigner);
};

/** Ends a dispute at a share of the price: that much is invoiced, the rest is never owed, and nothing more is promised of it. */
async function settledAt(
  scope: Scope,
  dispute: HeldMilestone,
  share: number,
  clientSigner: Id | null,
): Promise<AnswerOf<typeof api.agreeToSettlement>> {
  const { id, amount, agreed, of } = dispute;
  const verb = settlingVerb(share);
  const price = share === 0 ? zero(amount.currency) : priceAt(amount, share);
  await store.endProposals(scope, id);
  const change = { settled_share: share };
  const issued = verb === "settle" ? await invoiceWork(scope, dispute, { verb, by: clientSigner, price, share, change }) : undefined;
  if (!issued) refuseUnless(await moveMilestone(scope, dispute, verb, { ...disputeOver, ...change }), "hand-in-changed");
  const team = await weightsOf(viewOf(scope), of.id);
  const milestones = [{ id, from: agreed, to: price }];
  await lowerPromise(scope, { engagement: of.id, team, agreedAt: of.signedAt ?? scope.now, milestones });
  const body = { engagement: of.id, share, ...(issued ? { invoice: issued.id } : {}) };
  scope.emit({ type: "milestone.settledAtShare", subject: id, body, about: aboutDispute(of.id) });
  await finishIfEnded(scope, of);
  return { state: issued ? "invoiced" : "cancelled" };
}
