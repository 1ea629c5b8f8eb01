// Passkeys: added, removed, and used to sign in or to prove that it is still oneself.
import type { z } from "zod";
import type * as api from "@partcommune/shared/membership/api/passkeys";
import { mostPasskeys, objectionToCounter } from "@partcommune/shared/membership/rules";
import type * as proof from "@partcommune/shared/platform/api/proof";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { objectionToProof } from "@partcommune/shared/platform/rules";
import { writeLetter } from "../../platform/letters.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { askingPerson } from "./asking-person.ts";
import * as ceremony from "./ceremony.ts";
import * as passkeys from "../store/passkeys.ts";
import * as people from "../store/people.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** A new question of 256 random bits. */
async function newQuestion(scope: Scope, purpose: passkeys.Purpose, person: Id | null): Promise<string> {
  const challenge = Buffer.from(scope.random(32)).toString("base64url");
  await passkeys.keepQuestion(scope, purpose, person, challenge);
  return challenge;
}

/** The first passkey needs no proof, for there is none to give; each further one does, so that a read mailbox adds none. */
async function mayAdd(scope: Scope): Promise<{ readonly holder: passkeys.Holder; readonly held: readonly passkeys.Credential[] }> {
  const { person, provedAt } = askingPerson(scope);
  const holder = await passkeys.holder(scope, person);
  const held = await passkeys.credentialsOf(scope, person);
  if (held.length > 0) refuseIf(objectionToProof(provedAt, scope.now));
  refuseUnless(held.length < mostPasskeys, "passkeys-enough", { most: mostPasskeys });
  return { holder, held };
}

export const askToAddPasskey: Act<typeof api.askToAddPasskey> = async (scope) => {
  const { holder, held } = await mayAdd(scope);
  const { name: coop } = await coopCard(viewOf(scope));
  const challenge = await newQuestion(scope, "register", holder.id);
  return ceremony.creationQuestion(scope, challenge, { coop, person: holder.id, name: holder.name, email: holder.email }, held);
};

/** Adds a passkey and tells its person by letter: who did not do it themselves learns of it. */
export const addPasskey: Act<typeof api.addPasskey> = async (scope, created) => {
  const { holder } = await mayAdd(scope);
  const challenge = ceremony.challengeIn(created.clientData);
  refuseUnless(await passkeys.useQuestion(scope, "register", holder.id, challenge), "question-spent");
  const id = await passkeys.savePasskey(scope, holder.id, await ceremony.createdPasskey(scope, challenge, created));
  refuseUnless(id !== undefined, "passkey-held");
  await tell(scope, holder, "passkeyAdded");
  scope.emit({ type: "passkey.added", subject: holder.id, body: { passkey: id }, about: [] });
  return { id };
};

export const removePasskey: Act<typeof api.removePasskey> = async (scope, { passkey }) => {
  const holder = await passkeys.holder(scope, askingPerson(scope).person);
  found((await passkeys.removePasskey(scope, holder.id, passkey)) || undefined);
  await tell(scope, holder, "passkeyRemoved");
  scope.emit({ type: "passkey.removed", subject: holder.id, body: { passkey }, about: [] });
  return {};
};

async function tell(scope: Scope, { name, email, language }: passkeys.Holder, kind: "passkeyAdded" | "passkeyRemoved"): Promise<void> {
  const { name: coop } = await coopCard(viewOf(scope));
  await writeLetter(scope, { to: email, language, kind, params: { name, coop } });
}

/** Asks a visitor for any passkey of this coop. */
export const askForPasskey: Act<typeof api.askForPasskey> = async (scope) => {
  refuseUnless((await coopCard(viewOf(scope))).founded, "not-founded");
  return ceremony.assertionQuestion(scope, await newQuestion(scope, "signIn", null));
};

/** Opens a session for whoever the passkey belongs to; nobody said who they are. */
export const openSessionByPasskey: Act<typeof api.openSessionByPasskey> = async (scope, assertion) => {
  const { person } = await answeredBy(scope, "signIn", null, assertion);
  await people.openSession(scope, person, "proved");
  return {};
};

/** Asks for one of the asking person's own passkeys. */
export const askToProve: Act<typeof proof.askToProve> = async (scope) => {
  const { person } = askingPerson(scope);
  const held = await passkeys.credentialsOf(scope, person);
  refuseUnless(held.length > 0, "no-passkey");
  return ceremony.assertionQuestion(scope, await newQuestion(scope, "prove", person), held);
};

/** Notes a fresh proof in this session alone. */
export const prove: Act<typeof proof.prove> = async (scope, assertion) => {
  const { person, session } = askingPerson(scope);
  await answeredBy(scope, "prove", person, assertion);
  await people.noteProof(scope, session);
  return {};
};

/** The passkey that answered a question of ours. One that is another person's is told like one that is unknown. */
async function answeredBy(
  scope: Scope,
  purpose: passkeys.Purpose,
  asked: Id | null,
  assertion: z.output<typeof proof.Assertion>,
): Promise<passkeys.KeptPasskey> {
  const challenge = ceremony.challengeIn(assertion.clientData);
  refuseUnless(await passkeys.useQuestion(scope, purpose, asked, challenge), "question-spent");
  const passkey = await passkeys.passkeyKnownAs(scope, assertion.id);
  refuseUnless(passkey !== undefined && (asked === null || passkey.person === asked), "passkey-wrong");
  const counter = await ceremony.counterOf(scope, challenge, passkey, assertion);
  refuseIf(objectionToCounter(passkey.counter, counter));
  refuseUnless(await passkeys.countUse(scope, passkey, counter), "passkey-copied");
  return passkey;
}
