// The activity engine inside the transaction of an act.
import { openEngine } from "@partcommune/federation/apex";
import { bundledContext } from "@partcommune/federation/contexts";
import type { FederationEngine } from "@partcommune/federation/engine";
import type { KnownActor } from "@partcommune/federation/host";
import { ctx } from "@partcommune/federation/vocabulary";
import type { Database, Tx } from "../../platform/database.ts";
import type { Listening } from "../../platform/domain.ts";
import type { Scope } from "../../platform/scope.ts";
import { ourActors } from "../index.ts";
import { nameless, openApexStore } from "../store/engine.ts";
import { remoteActor } from "../store/remote-actors.ts";

/** An actor of ours by its address; the coop's own also takes what is for all of us at once. */
export function ourActor(origin: string, iri: string): KnownActor | undefined {
  const path = ourActors.find((each) => iri === `${origin}/${each}`);
  return path && { id: iri, inbox: `${iri}/inbox`, ...(path === "actor" ? { sharedInbox: `${origin}/inbox` } : {}) };
}

type Here = Pick<Scope, "origin" | "now" | "id"> & { readonly tx: Database | Tx };

const engine = ({ tx, id, origin, now }: Here): FederationEngine =>
  openEngine(openApexStore({ tx, id }), {
    origin,
    now,
    actorOf: async (iri) => ourActor(origin, iri) ?? remoteActor({ db: tx }, iri),
    contexts: bundledContext,
    terms: [ctx].flat(),
  });

export const engineIn = (scope: Scope): FederationEngine => engine(scope);

/** The engine for who only reads. */
export function engineOver({ db, view }: Pick<Listening, "db" | "view">): FederationEngine {
  const { origin, now } = view();
  return engine({ tx: db, origin, now, id: nameless });
}
