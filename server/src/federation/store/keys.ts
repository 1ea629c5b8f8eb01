// The keys our actors sign with, in SQL. The private halves are sealed: a copy of the database signs nothing.
import type { KeyObject } from "node:crypto";
import { openKey, sealKey, type JsonWebKey, type KeyKind } from "@partcommune/federation/sign/key";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { Keys } from "../../platform/keys.ts";
import type { Scope } from "../../platform/scope.ts";

/** A public key as it stands in an actor's document; a retired one still proves what was signed before. */
export type PublicKey = { readonly kind: KeyKind; readonly name: string; readonly public: string; readonly retiredAt?: Instant };

/** A key that signs now. */
export type SigningKey = { readonly name: string; readonly private: KeyObject };

const fragments: Readonly<Record<KeyKind, string>> = { rsa: "rsa", ed25519: "ed" };

/** What a key is called behind its actor's address: `rsa-1`. */
const nameOf = ({ kind, number }: { readonly kind: string; readonly number: number }): string => `${fragments[kind as KeyKind]}-${number}`;

/** What seals keys at rest: made from the coop's secret, which is not in the database. */
const version = "1";
const sealing = (keys: Keys, of: string): Uint8Array => keys.digest("actorKeys", of);

/** All keys that an actor ever had, the oldest first. */
export async function publicKeysOf(db: Database | Tx, actor: string): Promise<readonly PublicKey[]> {
  const rows = await db
    .selectFrom("federation.actor_key")
    .select(["kind", "number", "public", "retired_at"])
    .where("actor", "=", actor)
    .orderBy("kind")
    .orderBy("number")
    .execute();
  return rows.map((row) => ({
    kind: row.kind as KeyKind,
    name: nameOf(row),
    public: row.public,
    ...(row.retired_at === null ? {} : { retiredAt: row.retired_at }),
  }));
}

/** What an actor signs with now, of one kind; undefined when it has none yet. */
export async function signingKeyOf(db: Database | Tx, keys: Keys, actor: string, kind: KeyKind): Promise<SigningKey | undefined> {
  const row = await db
    .selectFrom("federation.actor_key")
    .select(["id", "number", "private"])
    .where("actor", "=", actor)
    .where("kind", "=", kind)
    .where("retired_at", "is", null)
    .executeTakeFirst();
  return row && { name: nameOf({ kind, number: row.number }), private: await openedOnce(keys, row) };
}

/** Keys as they were opened, by what they were sealed with: whoever signs does so often, and opening takes longer than signing. */
const opened = new WeakMap<Keys, Map<string, KeyObject>>();
const mostOpened = 1_000;

async function openedOnce(keys: Keys, { id, private: sealed }: { readonly id: Id; readonly private: string }): Promise<KeyObject> {
  const ours = opened.get(keys) ?? new Map<string, KeyObject>();
  opened.set(keys, ours);
  const key = ours.get(sealed) ?? (await openKey(sealed, id, (of) => sealing(keys, of)));
  const [first] = ours.keys();
  if (ours.size >= mostOpened && first !== undefined) ours.delete(first);
  ours.set(sealed, key);
  return key;
}

/** Whether an actor of ours ever had something to sign. */
export async function hasKeys(db: Database | Tx, actor: string): Promise<boolean> {
  return (await db.selectFrom("federation.actor_key").select("id").where("actor", "=", actor).limit(1).executeTakeFirst()) !== undefined;
}

export type NewKey = { readonly kind: KeyKind; readonly public: string; readonly private: JsonWebKey };

/** Saves keys of an actor under the next number. Of several that make the first ones at once, the first one's stand. */
export async function saveKeys(
  scope: Scope,
  actor: string,
  made: readonly NewKey[],
): Promise<readonly { readonly id: Id; readonly kind: string }[]> {
  const under = { version, bytes: sealing(scope.keys, version) };
  const { last } = await scope.tx
    .selectFrom("federation.actor_key")
    .select(({ fn }) => fn.max("number").as("last"))
    .where("actor", "=", actor)
    .where("retired_at", "is not", null)
    .executeTakeFirstOrThrow();
  const rows = await Promise.all(
    made.map(async ({ kind, public: shown, private: hidden }) => {
      const id = scope.id();
      return { id, actor, kind, number: (last ?? 0) + 1, public: shown, private: await sealKey(hidden, id, under), at: scope.now };
    }),
  );
  return scope.tx
    .insertInto("federation.actor_key")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning(["id", "kind"])
    .execute();
}

/** The keys that an actor signs with now sign no more. */
export async function retireKeys({ tx, now }: Scope, actor: string): Promise<void> {
  await tx
    .updateTable("federation.actor_key")
    .set({ retired_at: now })
    .where("actor", "=", actor)
    .where("retired_at", "is", null)
    .execute();
}

/** Every actor of ours that has keys, with the one that it signs requests with. */
export const keyedActors = async (db: Database | Tx): Promise<readonly { readonly id: Id; readonly actor: string }[]> =>
  db
    .selectFrom("federation.actor_key")
    .select(["id", "actor"])
    .where("kind", "=", "rsa")
    .where("retired_at", "is", null)
    .orderBy("actor")
    .execute();
