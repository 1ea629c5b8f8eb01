// The activity engine inside the transaction of an act.
import { openEngine } from "@partcommune/federation/apex";
import { bundledContext } from "@partcommune/federation/contexts";
import type { FederationEngine } from "@partcommune/federation/engine";
import type { KnownActor } from "@partcommune/federation/host";
import { pathOfOurs } from "@partcommune/federation/recipients";
import { ctx } from "@partcommune/federation/vocabulary";
import type { Database, Tx } from "../../platform/database.ts";
import type { Listening } from "../../platform/domain.ts";
import type { Scope } from "../../platform/scope.ts";
import { ourActors } from "../index.ts";
import { nameless, openApexStore } from "../store/engine.ts";
import { hasKeys } from "../store/keys.ts";
import { remoteActor } from "../store/remote-actors.ts";

/** An actor of ours by its address; the coop's own also takes what is for all of us at once. */
export async function ourActor(db: Database | Tx, origin: string, iri: string): Promise<KnownActor | undefined> {
  const path = pathOfOurs(iri, origin);
  if (path === undefined || !(await isHere(db, path))) return undefined;
  return { id: iri, inbox: `${iri}/inbox`, ...(path === "actor" ? { sharedInbox: `${origin}/inbox` } : {}) };
}

/** Whether an actor of ours is there, by its path: the coop and its board always, all others once they have keys. */
export const isHere = async (db: Database | Tx, path: string): Promise<boolean> =>
  (ourActors as readonly string[]).includes(path) || hasKeys(db, path);

type Here = Pick<Scope, "origin" | "now" | "id"> & { readonly tx: Database | Tx };
/** Whether letters may arrive at the one inbox of a server, or each at its own door. */
type Way = "together" | "apart";

const engine = ({ tx, id, origin, now }: Here, way: Way = "together"): FederationEngine =>
  openEngine(openApexStore({ tx, id }), {
    origin,
    now,
    actorOf: async (iri) => {
      const known = (await ourActor(tx, origin, iri)) ?? (await remoteActor({ db: tx }, iri));
      return known && (way === "apart" ? { ...known, sharedInbox: undefined } : known);
    },
    contexts: bundledContext,
    terms: [ctx].flat(),
  });

export const engineIn = (scope: Scope, way?: Way): FederationEngine => engine(scope, way);

/** The engine for who only reads. */
export function engineOver({ db, view }: Pick<Listening, "db" | "view">): FederationEngine {
  const { origin, now } = view();
  return engine({ tx: db, origin, now, id: nameless });
}
