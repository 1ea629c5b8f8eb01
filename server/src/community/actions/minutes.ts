// Minutes: drafted from what was recorded when an assembly closes, then signed, and added to.
import canonicalize from "canonicalize";
import { hash } from "node:crypto";
import type * as api from "@partcommune/shared/community/api/meeting";
import { objectionToSigning } from "@partcommune/shared/community/rules/minutes";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { personActing } from "../../platform/acting.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { recordedOf } from "../store/recorded.ts";
import * as store from "../store/minutes.ts";
import { aboutGathering } from "./about-gathering.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Writes down what was recorded of an assembly that has just closed. */
export async function draftMinutes(scope: Scope, gathering: Id): Promise<void> {
  const text = found(canonicalize(await recordedOf(viewOf(scope), gathering)));
  const hashed = hash("sha256", text, "hex");
  await store.saveMinutes(scope, gathering, text, hashed);
  scope.emit({ type: "minutes.drafted", subject: gathering, body: { hash: hashed }, about: aboutGathering(gathering) });
}

/** Signs them. With the last signature they are whole. */
export const signMinutes: Act<typeof api.signMinutes> = async (scope, { gathering, hash: shown }) => {
  const person = personActing(scope.actor);
  const view = viewOf(scope);
  const minutes = found(await store.minutesOf(view, gathering));
  const signers = await store.signersOf(view, gathering);
  const mine = signers.find((signer) => signer.person === person);
  refuseIf(objectionToSigning({ hash: minutes.hash, part: mine?.part, signed: mine?.at !== undefined }, shown));
  refuseUnless(mine !== undefined && (await store.saveSignature(scope, gathering, person, mine.part)), "signed-already");
  scope.emit({ type: "minutes.signed", subject: gathering, body: { part: mine.part }, about: aboutGathering(gathering) });
  if (store.isSigned(await store.signersOf(view, gathering)))
    scope.emit({ type: "minutes.completed", subject: gathering, body: {}, about: aboutGathering(gathering) });
  return {};
};

/** Adds what they lack; what they say stays. */
export const addToMinutes: Act<typeof api.addToMinutes> = async (scope, { gathering, text }) => {
  const person = personActing(scope.actor);
  const view = viewOf(scope);
  found(await store.minutesOf(view, gathering));
  refuseUnless(
    (await store.signersOf(view, gathering)).some((signer) => signer.person === person),
    "signers-only",
  );
  const id = await store.saveAddendum(scope, gathering, person, text);
  scope.emit({ type: "minutes.added", subject: gathering, body: { addendum: id }, about: aboutGathering(gathering) });
  return { id };
};
