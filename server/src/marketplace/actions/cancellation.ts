// The verbs of cancelling: alone while nothing is handed in, afterwards by both sides together.
import type * as api from "@partcommune/shared/marketplace/api";
import {
  objectionToAskingCancellation,
  objectionToCancelling,
  objectionToJointCancellation,
  type Cancelling,
} from "@partcommune/shared/marketplace/rules/cancellation";
import { missingWords, sideOf, wordOf, type EngagementVerb, type Side, type Word } from "@partcommune/shared/marketplace/rules/engagement";
import { standsDays } from "@partcommune/shared/marketplace/rules/settlement";
import { dayAfter, dayOf, endOfDay } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { zero } from "@partcommune/shared/platform/money";
import { lowerPromise } from "../../mutual/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { moveEngagement, type Held } from "../store/engagements.ts";
import { cancelMilestones, standingOfWork } from "../store/milestones.ts";
import { weightsOf } from "../store/teams.ts";
import { voidAmendment } from "./amendment-end.ts";
import { endAcross, freeJob } from "./engagements.ts";
import { writeToSides } from "./sides.ts";
import { aboutWork, engagementSeen } from "./work.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Ends an engagement of which nothing was handed in; its job takes other bids again. */
export const cancelEngagement: Act<typeof api.cancelEngagement> = async (scope, { engagement: id, reason }) => {
  const engagement = await cancelling(scope, id);
  refuseIf(objectionToCancelling(engagement, scope.actor));
  await cancelled(scope, engagement, "cancel", { by: found(sideOf(scope.actor, engagement)), reason });
  return {};
};

/** Asks the other side to cancel what is left. */
export const askCancellation: Act<typeof api.askCancellation> = async (scope, { engagement: id, reason }) => {
  const engagement = await cancelling(scope, id);
  refuseIf(objectionToAskingCancellation(engagement, scope.actor));
  const { state, zone, title } = engagement;
  const by = found(sideOf(scope.actor, engagement));
  const day = dayAfter(dayOf(scope.now, zone), standsDays);
  const standsUntil = endOfDay(day, zone);
  const word = found(wordOf(scope.actor, engagement));
  const change = { cancel_asked_by: by, cancel_asked_because: reason, cancel_stands_until: standsUntil, cancel_agreed: [word] };
  refuseUnless(await moveEngagement(scope, id, state, "askCancellation", change), "not-in-this-state", { state });
  await writeToSides(scope, engagement, { kind: "cancellationAsked", except: word, day, params: { title, reason } });
  scope.emit({ type: "engagement.cancellationAsked", subject: id, body: { by }, about: aboutWork(id) });
  return { standsUntil };
};

/** Agrees to what was asked, for one's client or for oneself. With the last word it is done: what is approved stays, the rest is cancelled. */
export const agreeToCancellation: Act<typeof api.agreeToCancellation> = async (scope, { engagement: id }) => {
  const engagement = await cancelling(scope, id);
  refuseIf(objectionToJointCancellation(engagement, scope.actor, scope.now));
  const { by, reason, agreed: before } = found(engagement.request);
  const agreed = [...before, found(wordOf(scope.actor, engagement))];
  if (missingWords(engagement, agreed).length > 0) return agreedInPart(scope, engagement, agreed);
  await cancelled(scope, engagement, "agreeToCancel", { by, reason });
  return {};
};

/** Keeps a word of several; the others are still asked. */
async function agreedInPart(scope: Scope, { id, state, ...parties }: Held, agreed: readonly Word[]): Promise<Record<string, never>> {
  refuseUnless(await moveEngagement(scope, id, state, "askCancellation", { cancel_agreed: [...agreed] }), "not-in-this-state", { state });
  const by = found(sideOf(scope.actor, parties));
  scope.emit({ type: "engagement.cancellationAgreed", subject: id, body: { by }, about: aboutWork(id) });
  return {};
}

const cancelling = async (scope: Scope, id: Id): Promise<Held & Cancelling> => ({
  ...(await engagementSeen(scope, id)),
  ...(await standingOfWork(scope, id)),
});

type Cancelled = { readonly by: Side; readonly reason: string };

/** Cancels every milestone that is left, and nothing more is promised of those. A job is free again where none of its work was handed in. */
async function cancelled(
  scope: Scope,
  engagement: Held & Cancelling,
  verb: Extract<EngagementVerb, "cancel" | "agreeToCancel">,
  { by, reason }: Cancelled,
): Promise<void> {
  const { id, state, origin, amount, signedAt, handedIn } = engagement;
  refuseUnless(await moveEngagement(scope, id, state, verb, { cancelled_because: reason }), "not-in-this-state", { state });
  const { currency } = amount;
  const milestones = (await cancelMilestones(scope, id)).map((each) => ({
    id: each.id,
    from: { minor: each.minor, currency },
    to: zero(currency),
  }));
  const team = await weightsOf(viewOf(scope), id);
  if (milestones.length > 0) await lowerPromise(scope, { engagement: id, team, agreedAt: signedAt ?? scope.now, milestones });
  await voidAmendment(scope, engagement);
  if (!handedIn) await freeJob(scope, engagement);
  await endAcross(scope, id);
  scope.emit({
    type: "engagement.cancelled",
    subject: id,
    body: { by },
    about: [...aboutWork(id), ...(origin ? [`job:${origin.job}`] : [])],
  });
}
