// Meeting whom something is for: an actor elsewhere is looked up before anything is sent to it, since nothing arrives where no inbox is known.
import { z } from "zod";
import { originOf, type Iri } from "@partcommune/federation/iri";
import { PUBLIC } from "@partcommune/federation/vocabulary";
import { listener } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import type { Listening } from "../../platform/domain.ts";
import type { Scope } from "../../platform/scope.ts";
import { remoteActor } from "../store/remote-actors.ts";
import { keepPeer, lookUp } from "./peers.ts";
import { reachOf } from "./reaching.ts";

const verb = { name: "peer.meet", input: z.strictObject({}), answer: Nothing, status: 200 };

/** Looks up whoever of these is elsewhere and not known yet. Who is not found at home is left out: what is for them is for their coop, too. */
export async function havePeers(listening: Listening, all: readonly Iri[]): Promise<void> {
  const { db, view, perform } = listening;
  const fetcher = await reachOf(listening);
  for (const iri of all) {
    const isTheirs = iri !== PUBLIC && originOf(iri) !== view().origin;
    if (!fetcher || !isTheirs || (await remoteActor({ db }, iri))) continue;
    const seen = await lookUp(fetcher, iri);
    if (typeof seen === "string") continue;
    const act = async (scope: Scope): Promise<Record<string, never>> => (await keepPeer(scope, seen), {});
    await perform(listener, verb, act, {}, { key: `meet:${iri}:${view().now}`, cause: "telling" });
  }
}
