// Passwords, in a coop that chose to have them: they open the door, and change nothing about how it opens.
import { argon2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type * as api from "@partcommune/shared/membership/api/passwords";
import { objectionToKeyChange, objectionToPassword, triesAtOnce } from "@partcommune/shared/membership/rules";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { refuse } from "@partcommune/shared/platform/refusal";
import { found, refuseIf, RefusedWithTrace, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { askingPerson } from "./asking-person.ts";
import { tell } from "./passkeys.ts";
import * as passkeys from "../store/passkeys.ts";
import * as passwords from "../store/passwords.ts";
import * as people from "../store/people.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

const derive = promisify(argon2);

/** Argon2id at 19 MiB and two passes (OWASP), with a key of the coop's: a copy of the database alone guesses nothing. */
async function hashOf({ keys }: Scope, password: string, salt: Uint8Array): Promise<Buffer> {
  return derive("argon2id", {
    message: Buffer.from(password.normalize("NFKC")),
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: 19_456,
    passes: 2,
    secret: keys.digest("password", ""),
  });
}

/** Opens a session. An address that is unknown, or has no password, takes as long and is counted and told alike. */
export const openSessionByPassword: Act<typeof api.openSessionByPassword> = async (scope, { email, password }) => {
  refuseUnless((await coopCard(viewOf(scope))).passwords, "passwords-off");
  refuseUnless((await passwords.recentTries(scope, email)) < triesAtOnce, "too-many-tries");
  await passwords.noteTry(scope, email);
  const kept = await passwords.passwordOf(scope, email);
  const hash = await hashOf(scope, password, kept?.salt ?? Buffer.alloc(16));
  if (!kept || !timingSafeEqual(hash, kept.hash)) throw new RefusedWithTrace(refuse("password-wrong"));
  await people.openSession(scope, kept.person, "password");
  return {};
};

/** The person whose password is about to change, held so until it has. */
async function mayChange(scope: Scope): Promise<passkeys.Holder> {
  const { person, session, provedAt } = askingPerson(scope);
  const holder = await passkeys.holder(scope, person);
  const { length } = await passkeys.credentialsOf(scope, person);
  refuseIf(objectionToKeyChange({ passkeys: length, openedBy: await people.openedBy(scope, session), provedAt }, scope.now));
  return holder;
}

/** Whoever knew the old one is out, and its person is told. */
async function changed(scope: Scope, holder: passkeys.Holder): Promise<void> {
  await people.endSessions(scope, holder.id, askingPerson(scope).session);
  await tell(scope, holder, "passwordChanged");
  scope.emit({ type: "password.changed", subject: holder.id, body: {}, about: [] });
}

export const setPassword: Act<typeof api.setPassword> = async (scope, { password }) => {
  const coop = await coopCard(viewOf(scope));
  refuseUnless(coop.passwords, "passwords-off");
  const holder = await mayChange(scope);
  refuseIf(objectionToPassword(password, [holder.name, holder.email, coop.name]));
  const salt = Buffer.from(scope.random(16));
  await passwords.keepPassword(scope, holder.id, { salt, hash: await hashOf(scope, password, salt) });
  await changed(scope, holder);
  return {};
};

export const removePassword: Act<typeof api.removePassword> = async (scope) => {
  const holder = await mayChange(scope);
  found((await passwords.removePassword(scope, holder.id)) || undefined);
  await changed(scope, holder);
  return {};
};
