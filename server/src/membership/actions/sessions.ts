// Becoming known and signing in: a code goes to an address, and whoever reads it there is its person.
import { createHash } from "node:crypto";
import type * as api from "@partcommune/shared/membership/api";
import { codeAsTyped, codeFrom, codesAtOnce, objectionToCode } from "@partcommune/shared/membership/rules";
import { isUseToNote } from "@partcommune/shared/membership/rules/session";
import { visitor, type Actor } from "@partcommune/shared/platform/actor";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { languages, type Language } from "@partcommune/shared/platform/page";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database } from "../../platform/database.ts";
import { writeLetter } from "../../platform/letters.ts";
import { refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { askingPerson } from "./asking-person.ts";
import * as codes from "../store/codes.ts";
import * as people from "../store/people.ts";
import { giveRole } from "../store/roles.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Sends a code to a new address; a known one gets a code to sign in with, so that nobody learns who is known. */
export const askToSignUp: Act<typeof api.askToSignUp> = async (scope, { name, email, language }) => {
  const known = await people.personByEmail(scope.tx, email);
  const code = await newCode(scope, { email, language, purpose: known ? "signIn" : "signUp", name: known ? null : name });
  await mailCode(scope, code, email, language);
  return {};
};

/** Sends a code to a known address; for an unknown one nothing leaves, and every answer is the same, also the fourth. */
export const askToSignIn: Act<typeof api.askToSignIn> = async (scope, { email, language }) => {
  const known = await people.personByEmail(scope.tx, email);
  const code = await newCode(scope, { email, language, purpose: "signIn", name: null });
  if (known) await mailCode(scope, code, email, language);
  return {};
};

/** A code that counts towards the limit of its address, whether or not anybody will ever read it. */
async function newCode(scope: Scope, asking: codes.Asking): Promise<string> {
  refuseUnless((await coopCard(viewOf(scope))).founded, "not-founded");
  refuseUnless((await codes.recentCodes(scope, asking.email)) < codesAtOnce, "too-many-codes");
  const code = codeFrom(scope.random(32));
  await codes.keepCode(scope, code, asking);
  return code;
}

async function mailCode(scope: Scope, code: string, email: string, language: Language): Promise<void> {
  const { name: coop } = await coopCard(viewOf(scope));
  const spaced = `${code.slice(0, 5)} ${code.slice(5)}`;
  await writeLetter(scope, { to: email, language, kind: "code", params: { code: spaced, coop } });
}

/** Opens a session for whoever typed the code; the first time, their address makes them a person. */
export const openSession: Act<typeof api.openSession> = async (scope, { email, code: typed }) => {
  const code = await codes.findCode(scope, email, codeAsTyped(typed));
  refuseIf(objectionToCode(code, scope.now));
  refuseUnless(code !== undefined && (await codes.useCode(scope, code.id, email)), "code-wrong");
  const known = await people.personByEmail(scope.tx, email);
  const person =
    known?.id ?? (await welcome(scope, { name: code.name ?? email, email, language: languageOf(code.language), confirmed: true }));
  await people.confirmEmail(scope, person);
  await people.openSession(scope, person, "code");
  return {};
};

export const closeSession: Act<typeof api.closeSession> = async (scope) => {
  await people.endSession(scope, askingPerson(scope).session);
  return {};
};

export const closeSessions: Act<typeof api.closeSessions> = async (scope) => {
  await people.endSessions(scope, askingPerson(scope).person);
  return {};
};

/** The first person of a new coop: runs the machine, sits on the board, and is signed in. */
export async function welcomeFounder(scope: Scope, { name, email }: { readonly name: string; readonly email: string }): Promise<Id> {
  const { languages: spoken } = await coopCard(viewOf(scope));
  const person = await welcome(scope, { name, email, language: languageOf(spoken[0] ?? ""), confirmed: false });
  await giveRole(scope, person, "operator", null);
  await giveRole(scope, person, "board", null);
  await people.openSession(scope, person, "founding");
  return person;
}

/** Makes an address a person. */
export async function welcome(scope: Scope, person: people.NewPerson): Promise<Id> {
  const id = await people.savePerson(scope, person);
  scope.emit({ type: "person.joined", subject: id, body: {}, about: [] });
  return id;
}

const languageOf = (text: string): Language => languages.find((language) => language === text) ?? languages[0];

/** Who holds this cookie, with the roles of this moment; a visitor when nobody does. What a person does with it keeps the session alive. */
export async function actorOfSession(
  { db, now }: { readonly db: Database; readonly now: Instant },
  token: string | undefined,
  use: boolean,
): Promise<Actor> {
  if (token === undefined) return visitor;
  const hash = createHash("sha256").update(token).digest();
  const { usedAt, ...actor } = await people.actorOf(db, now, hash);
  if (use && actor.kind === "person" && usedAt && isUseToNote(usedAt, now)) await people.noteUse(db, actor.session, usedAt, now);
  return actor;
}
