// How a proposed change of signed work comes to nothing: answered with no, out of time, or overtaken by the work.
import type { Outcome } from "@partcommune/shared/marketplace/rules/amendment";
import { engagementTable } from "@partcommune/shared/marketplace/rules/engagement";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import type { Id } from "@partcommune/shared/platform/id";
import { isBefore } from "@partcommune/shared/platform/time";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import * as store from "../store/amendments.ts";
import { engagementHeld, type Held } from "../store/engagements.ts";

/** Whom a change concerns: both sides, and the desk where a check holds it up. */
export const aboutAmendment = (engagement: Id): readonly string[] => [`engagement:${engagement}`, "desk:engagements"];

/** Ends a change: what was signed stays as it is. */
export async function endAmendment(
  scope: Scope,
  engagement: Id,
  { id, by }: store.OpenAmendment,
  outcome: Exclude<Outcome, "open" | "signed">,
  because: string | null = null,
): Promise<void> {
  refuseUnless(await store.endAmendment(scope, id, outcome, because), "amendment-over");
  scope.emit({ type: "engagement.amendmentEnded", subject: engagement, body: { by, because: outcome }, about: aboutAmendment(engagement) });
}

/** Ends a change that nobody signed in time. */
export const lapseAmendment: Action<{ engagement: Id }, Record<string, never>> = async (scope, { engagement: id }) => {
  const { state } = found(await engagementHeld(scope, id));
  const amendment = await store.openAmendment(scope, id);
  refuseIf(objectionToVerb(engagementTable, state, "lapseAmendment"));
  if (amendment && !isBefore(scope.now, amendment.standsUntil)) await endAmendment(scope, id, amendment, "lapsed");
  return {};
};

/** Ends a change because the work moved under it: the whole ended, or a milestone that it touches was handed in. */
export async function voidAmendment(
  scope: Scope,
  { id, amount }: Held,
  handedIn?: { readonly id: Id; readonly title: string },
): Promise<void> {
  const amendment = await store.openAmendment(scope, id);
  if (!amendment) return;
  if (handedIn && !(await touches(scope, amendment.id, handedIn.id, amount.currency))) return;
  await endAmendment(scope, id, amendment, "void", handedIn?.title ?? null);
}

const touches = async (scope: Scope, amendment: Id, milestone: Id, currency: string): Promise<boolean> =>
  (await store.touchedBy(viewOf(scope), amendment, currency)).some(({ id }) => id === milestone);
