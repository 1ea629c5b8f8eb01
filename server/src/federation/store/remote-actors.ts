// Actors of other coops as we last looked them up.
import { z } from "zod";
import type { KnownActor } from "@partcommune/federation/host";
import type { ProvingKey } from "@partcommune/federation/actor";
import type { Iri } from "@partcommune/federation/iri";
import { millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import type { Database } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";

/** Somebody on another server: their own document, as we read it and as it came, and their public keys by the keys' ids. */
export type RemoteActor = KnownActor & {
  readonly document: Readonly<Record<string, unknown>>;
  readonly wire: Buffer;
  readonly keys: Readonly<Record<Iri, string>>;
  /** Those of its proofs. */
  readonly proving: readonly ProvingKey[];
  readonly fetchedAt: Instant;
};

const Proving = z.array(z.object({ id: z.string(), key: z.string(), until: z.string().exactOptional() }));

/** Keeps what was fetched in place of what was known. */
export async function keepActor({ tx }: Pick<Scope, "tx">, actor: RemoteActor): Promise<void> {
  const { id, inbox, sharedInbox = null, document, wire, keys, proving, fetchedAt } = actor;
  const [doc, listed, proofs] = [document, keys, proving].map((each) => JSON.stringify(each));
  const told = { inbox, shared_inbox: sharedInbox, doc, wire, keys: listed, proving: proofs, fetched_at: fetchedAt };
  await tx
    .insertInto("federation.remote_actor")
    .values({ id, ...told })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(told))
    .execute();
}

/** What we hold of an actor, however old. */
export async function remoteActor({ db }: Pick<View, "db">, id: Iri): Promise<RemoteActor | undefined> {
  const row = await db.selectFrom("federation.remote_actor").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) return undefined;
  const { inbox, shared_inbox, doc, wire, keys, proving, fetched_at } = row;
  return {
    id,
    inbox,
    sharedInbox: shared_inbox ?? undefined,
    document: doc as RemoteActor["document"],
    wire,
    keys: keys as RemoteActor["keys"],
    proving: Proving.parse(proving),
    fetchedAt: fetched_at,
  };
}

const mostAtOne = 10;

/** Actors whose letters go to an inbox, their own or the one that they share. */
export const actorsAt = async (db: Database, inbox: Iri): Promise<readonly { readonly id: Iri; readonly inbox: Iri }[]> =>
  db
    .selectFrom("federation.remote_actor")
    .select(["id", "inbox"])
    .where((eb) => eb.or([eb("inbox", "=", inbox), eb("shared_inbox", "=", inbox)]))
    .orderBy("id")
    .limit(mostAtOne)
    .execute();

/** A key by which an actor proves what it says now. */
export const provingIn = (actor: Pick<RemoteActor, "proving"> | undefined, key: Iri, now: Instant): string | undefined =>
  actor?.proving.find(({ id, until }) => id === key && (until === undefined || millisecondsOf(now) < Date.parse(until)))?.key;

/** The key of this name by which an actor elsewhere signs documents and statements, as multibase, from what we hold of it. */
export const provingKeyOf = async ({ db, now }: Pick<View, "db" | "now">, actor: Iri, key: Iri): Promise<string | undefined> =>
  provingIn(await remoteActor({ db }, actor), key, now);
