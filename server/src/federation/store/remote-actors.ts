// Actors of other coops as we last looked them up.
import type { KnownActor } from "@partcommune/federation/host";
import type { Iri } from "@partcommune/federation/iri";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

/** Somebody on another server: their own document, as we read it and as it came, and their public keys by the keys' ids. */
export type RemoteActor = KnownActor & {
  readonly document: Readonly<Record<string, unknown>>;
  readonly wire: Buffer;
  readonly keys: Readonly<Record<Iri, string>>;
  readonly fetchedAt: Instant;
};

/** Keeps what was fetched in place of what was known. */
export async function keepActor({ tx }: Pick<Scope, "tx">, actor: RemoteActor): Promise<void> {
  const { id, inbox, sharedInbox = null, document, wire, keys, fetchedAt } = actor;
  const told = { inbox, shared_inbox: sharedInbox, doc: JSON.stringify(document), wire, keys: JSON.stringify(keys), fetched_at: fetchedAt };
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
  const { inbox, shared_inbox, doc, wire, keys, fetched_at } = row;
  return {
    id,
    inbox,
    sharedInbox: shared_inbox ?? undefined,
    document: doc as RemoteActor["document"],
    wire,
    keys: keys as RemoteActor["keys"],
    fetchedAt: fetched_at,
  };
}
