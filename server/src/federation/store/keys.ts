// The keys our actors sign with, in SQL. The private halves are sealed: a copy of the database signs nothing.
import type { JsonWebKey, KeyKind } from "@partcommune/federation/sign/key";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { Keys } from "../../platform/keys.ts";
import type { Scope } from "../../platform/scope.ts";

/** A public key as it stands in an actor's document; a retired one still proves what was signed before. */
export type PublicKey = { readonly kind: KeyKind; readonly name: string; readonly public: string; readonly retiredAt?: Instant };

/** A key that signs now. */
export type SigningKey = { readonly kind: KeyKind; readonly name: string; readonly private: JsonWebKey };

const fragments: Readonly<Record<KeyKind, string>> = { rsa: "rsa", ed25519: "ed" };

/** What a key is called behind its actor's address: `rsa-1`. */
const nameOf = ({ kind, number }: { readonly kind: string; readonly number: number }): string => `${fragments[kind as KeyKind]}-${number}`;
const purposeOf = (id: Id): string => `actorKey:${id}`;

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

/** What an actor signs with now: one key of each kind; fewer when it has none yet. */
export async function signingKeysOf(db: Database | Tx, keys: Keys, actor: string): Promise<readonly SigningKey[]> {
  const rows = await db
    .selectFrom("federation.actor_key")
    .select(["id", "kind", "number", "private"])
    .where("actor", "=", actor)
    .where("retired_at", "is", null)
    .execute();
  return rows.map((row) => ({
    kind: row.kind as KeyKind,
    name: nameOf(row),
    private: JSON.parse(keys.open(purposeOf(row.id), row.private)) as JsonWebKey,
  }));
}

export type NewKey = { readonly kind: KeyKind; readonly public: string; readonly private: JsonWebKey };

/** Saves the first keys of an actor. Of several that make them at once, the first one's stand. */
export async function saveFirstKeys(scope: Scope, actor: string, made: readonly NewKey[]): Promise<readonly Id[]> {
  const rows = made.map(({ kind, public: shown, private: hidden }) => {
    const id = scope.id();
    const sealed = scope.keys.seal(purposeOf(id), JSON.stringify(hidden), scope.random(12));
    return { id, actor, kind, number: 1, public: shown, private: sealed, at: scope.now };
  });
  const saved = await scope.tx
    .insertInto("federation.actor_key")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .execute();
  return saved.map(({ id }) => id);
}
