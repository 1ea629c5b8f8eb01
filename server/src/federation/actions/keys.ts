// Keys of our actors: made when they are first needed, kept sealed, and lent to whoever signs in their name.
import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { newKey, type KeyKind } from "@partcommune/federation/sign/key";
import { listener } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import type { Id } from "@partcommune/shared/platform/id";
import type { Listening } from "../../platform/domain.ts";
import type { Action, Scope, View } from "../../platform/scope.ts";
import { hasKeys, keyedActors, retireKeys, saveKeys, signingKeyOf, type NewKey } from "../store/keys.ts";

/** A key ready to sign, by its address. */
export type Signer = { readonly id: string; readonly private: KeyObject };

const kinds: readonly KeyKind[] = ["rsa", "ed25519"];
const verb = { name: "actorKeys.make", input: z.strictObject({ actor: z.string() }), answer: Nothing, status: 200 };

/** What an actor of ours, by its path, signs with; undefined as long as it has no keys. */
export async function signerIn(
  { db, keys, origin }: Pick<View, "db" | "keys" | "origin">,
  actor: string,
  kind: KeyKind,
): Promise<Signer | undefined> {
  const key = await signingKeyOf(db, keys, actor, kind);
  return key && { id: `${origin}/${actor}#${key.name}`, private: key.private };
}

/** The same, with keys made where there are none. */
export async function signerOf(listening: Listening, actor: string, kind: KeyKind): Promise<Signer> {
  const known = await signerIn(listening.view(), actor, kind);
  if (known) return known;
  await haveKeys(listening, actor);
  const signer = await signerIn(listening.view(), actor, kind);
  if (!signer) throw new Error(`${actor} has no ${kind} key`);
  return signer;
}

/** Makes an actor's first keys where it has none: outside a transaction, since it takes a while. */
export async function haveKeys({ db, perform }: Listening, actor: string): Promise<void> {
  if (await hasKeys(db, actor)) return;
  const made = await newKeys();
  // Whoever else makes them at the same instant has made others.
  const shown = made.find(({ kind }) => kind === "ed25519")?.public ?? "";
  await perform(listener, verb, savingKeys(made), { actor }, { key: `actorKeys:${actor}:${shown}`, cause: "keys" });
}

const savingKeys =
  (made: readonly NewKey[]): Action<{ actor: string }, Record<string, never>> =>
  async (scope, { actor }) => {
    for (const { id } of await saveKeys(scope, actor, made)) scope.emit({ type: "actorKey.made", subject: id, body: { actor }, about: [] });
    return {};
  };

export const newKeys = async (): Promise<readonly NewKey[]> => Promise.all(kinds.map(async (kind) => ({ kind, ...(await newKey(kind)) })));

/** An operator wants new keys for every actor. The server makes them, since it alone can seal them; how many actors have keys. */
export const askNewKeys: Action<Record<string, never>, { actors: number }> = async (scope) => {
  const actors = await keyedActors(scope.tx);
  for (const { id, actor } of actors) scope.emit({ type: "actorKey.due", subject: id, body: { actor }, about: [] });
  return { actors: actors.length };
};

/** Puts new keys in the place of an actor's old ones, unless those it was asked for are changed already. */
export async function replaceKeys(scope: Scope, actor: string, due: Id, made: readonly NewKey[]): Promise<void> {
  if (!(await keyedActors(scope.tx)).some(({ id }) => id === due)) return;
  await retireKeys(scope, actor);
  for (const { id, kind } of await saveKeys(scope, actor, made))
    scope.emit({ type: kind === "rsa" ? "actorKey.changed" : "actorKey.made", subject: id, body: { actor }, about: [] });
}
