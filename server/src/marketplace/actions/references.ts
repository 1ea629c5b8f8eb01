// The verbs of references: both sides are invited, each writes, the other may answer, and an adviser withholds what is unlawful.
import type * as api from "@partcommune/shared/marketplace/api/reference";
import {
  areBothIn,
  objectionToAnswering,
  objectionToWithholding,
  objectionToWriting,
  referenceTable,
} from "@partcommune/shared/marketplace/rules/reference";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { isSeenBy } from "../store/engagements.ts";
import * as store from "../store/references.ts";
import { aboutWork } from "./work.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Invites both sides once all is done. */
export async function inviteReferences(scope: Scope, engagement: Id): Promise<void> {
  for (const id of await store.inviteBoth(scope, engagement))
    scope.emit({ type: "reference.invited", subject: id, body: { engagement }, about: aboutWork(engagement) });
}

/** Both references for a side of the engagement, its own person's among them; a stranger is told that there is none. */
async function bothSeen(scope: Scope, id: Id): Promise<readonly [store.Held, ...store.Held[]]> {
  const both = found(await store.bothHeld(scope, id));
  return found(isSeenBy(scope.actor, both[0]) ? both : undefined);
}

const personOf = ({ actor }: Scope): Id => {
  refuseUnless(actor.kind === "person", "sign-in-first");
  return actor.person;
};

/** Writes one's reference; with the second both are seen. */
export const writeReference: Act<typeof api.writeReference> = async (scope, { reference: id, text, again }) => {
  const [own, ...others] = await bothSeen(scope, id);
  refuseIf(objectionToWriting(own, scope.actor, scope.now));
  const change = { text, again, written_by: personOf(scope), written_at: scope.now };
  refuseUnless(await store.moveReference(scope, id, own.state, "write", change), "not-in-this-state", { state: own.state });
  const { engagement } = own;
  scope.emit({ type: "reference.written", subject: id, body: { engagement }, about: aboutWork(engagement) });
  const written: readonly store.Held[] = [{ ...own, state: "written" }, ...others];
  if (!areBothIn(written.map(({ state }) => state))) return { state: "written" };
  for (const each of written) await publish(scope, each);
  return { state: "published" };
};

async function publish(scope: Scope, { id, engagement, state }: store.Held): Promise<void> {
  refuseUnless(await store.moveReference(scope, id, state, "publish", { published_at: scope.now }), "not-in-this-state", { state });
  scope.emit({ type: "reference.published", subject: id, body: { engagement }, about: [...aboutWork(engagement), "directory"] });
}

/** Once the time is up, what is written is seen, and what is not lapses. */
export const endReference: Action<{ readonly reference: Id }, Record<string, never>> = async (scope, { reference: id }) => {
  const [own] = found(await store.bothHeld(scope, id));
  const { state, engagement } = own;
  if (state === "written") {
    await publish(scope, own);
    return {};
  }
  refuseIf(objectionToVerb(referenceTable, state, "lapse"));
  refuseUnless(await store.moveReference(scope, id, state, "lapse"), "not-in-this-state", { state });
  scope.emit({ type: "reference.lapsed", subject: id, body: { engagement }, about: aboutWork(engagement) });
  return {};
};

/** Answers a reference about one's own side, once. */
export const answerReference: Act<typeof api.answerReference> = async (scope, { reference: id, answer }) => {
  const [own] = await bothSeen(scope, id);
  refuseIf(objectionToAnswering(own, scope.actor));
  const change = { answer, answered_by: personOf(scope), answered_at: scope.now };
  refuseUnless(await store.moveReference(scope, id, own.state, "answer", change), "not-in-this-state", { state: own.state });
  const { engagement } = own;
  scope.emit({ type: "reference.answered", subject: id, body: { engagement }, about: [...aboutWork(engagement), "directory"] });
  return {};
};

/** Withholds a reference; its sides read why. */
export const withholdReference: Act<typeof api.withholdReference> = async (scope, { reference: id, reason }) => {
  const [own] = found(await store.bothHeld(scope, id));
  refuseIf(objectionToWithholding(own, scope.actor));
  const change = { withheld_by: personOf(scope), withheld_at: scope.now, withheld_because: reason };
  refuseUnless(await store.moveReference(scope, id, own.state, "withhold", change), "not-in-this-state", { state: own.state });
  const { engagement } = own;
  scope.emit({ type: "reference.withheld", subject: id, body: { engagement }, about: [...aboutWork(engagement), "directory"] });
  return {};
};
