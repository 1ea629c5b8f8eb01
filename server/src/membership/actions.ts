// The verbs of membership.
import { createHash } from "node:crypto";
import { visitor, type Actor } from "@partcommune/shared/platform/actor";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database } from "../platform/database.ts";
import type { Scope } from "../platform/scope.ts";
import { coopCard } from "../platform/store.ts";
import * as store from "./store.ts";

/** The first person of a new coop: runs the machine, sits on the board, and is signed in. */
export async function welcomeFounder(scope: Scope, { name, email }: { readonly name: string; readonly email: string }): Promise<Id> {
  const { languages } = await coopCard({ db: scope.tx });
  const person = await store.savePerson(scope, { name, email, language: languages[0] === "fr" ? "fr" : "en", confirmed: false });
  await store.giveRole(scope, person, "operator", null);
  await store.giveRole(scope, person, "board", null);
  await store.openSession(scope, person);
  scope.emit({ type: "person.joined", subject: person, body: {}, about: [] });
  return person;
}

/** Who holds this cookie, with the roles of this moment; a visitor when nobody does. */
export async function actorOfSession(
  { db, now }: { readonly db: Database; readonly now: Instant },
  token: string | undefined,
): Promise<Actor> {
  if (token === undefined) return visitor;
  const hash = createHash("sha256").update(token).digest();
  return (await store.personOfSession(db, now, hash)) ?? visitor;
}
