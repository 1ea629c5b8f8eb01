// The verbs of the queue: an adviser takes a held-up engagement and gives it back.
import type * as api from "@partcommune/shared/marketplace/api/desk";
import { objectionToCovering } from "@partcommune/shared/marketplace/rules/cover";
import { objectionToTaken, takenMs } from "@partcommune/shared/marketplace/rules/desk";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { later } from "@partcommune/shared/platform/time";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import * as desk from "../store/desk.ts";
import { engagementHeld, type Held } from "../store/engagements.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** A held-up engagement that this adviser may answer: they are no side of it, and no other adviser holds it. */
export async function answerable(
  scope: Scope,
  id: Id,
  verb: "cover" | "sendBack",
): Promise<{ readonly adviser: Id; readonly engagement: Held }> {
  const engagement = found(await engagementHeld(scope, id));
  refuseIf(objectionToCovering(engagement, scope.actor, verb));
  refuseUnless(scope.actor.kind === "person", "role-needed", { roles: ["adviser"] });
  const { person: adviser } = scope.actor;
  refuseIf(objectionToTaken(await desk.takingOf(scope, id), adviser, scope.now));
  return { adviser, engagement };
}

/** Takes it from the queue; taken again, the half hour begins anew. */
export const takeEngagement: Act<typeof api.takeEngagement> = async (scope, { engagement: id }) => {
  const { adviser } = await answerable(scope, id, "cover");
  await desk.take(scope, id, adviser);
  scope.emit({ type: "engagement.taken", subject: id, body: { adviser }, about: ["desk:engagements"] });
  return { until: later(scope.now, takenMs) };
};

/** Gives it back. */
export const releaseEngagement: Act<typeof api.releaseEngagement> = async (scope, { engagement: id }) => {
  found(await engagementHeld(scope, id));
  refuseUnless(scope.actor.kind === "person", "role-needed", { roles: ["adviser"] });
  const { person: adviser } = scope.actor;
  await desk.release(scope, id, adviser);
  scope.emit({ type: "engagement.released", subject: id, body: { adviser }, about: ["desk:engagements"] });
  return {};
};
