// Inboxes that are no more where they were: their actors are asked again at their own address, and nobody is forgotten on the word of an inbox alone.
import { z } from "zod";
import type { Fetcher } from "@partcommune/federation/fetcher";
import { listener } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import type { Listening } from "../../platform/domain.ts";
import type { Scope } from "../../platform/scope.ts";
import { dropFollower } from "../store/followers.ts";
import { actorsAt } from "../store/remote-actors.ts";
import { keepPeer, lookUp } from "./peers.ts";

const verb = { name: "peer.moved", input: z.strictObject({}), answer: Nothing, status: 200 };
const isGone = (status: number | undefined): boolean => status === 404 || status === 410;

/** Where an actor's letters go now, by its own document; undefined where that says nothing else than before, or says nothing. */
export async function inboxNow(listening: Listening, fetcher: Fetcher, inbox: string): Promise<string | undefined> {
  const [known] = await actorsAt(listening.db, inbox);
  const seen = known ? await lookUp(fetcher, known.id) : "network";
  if (!known || typeof seen === "string") return undefined;
  await act(listening, known.id, (scope) => keepPeer(scope, seen));
  const { actor } = seen;
  const now = known.inbox === inbox ? actor.inbox : (actor.sharedInbox ?? actor.inbox);
  return now === inbox ? undefined : now;
}

/** Whoever is gone follows our board no more: of those at this inbox, the ones whose own address says so too. */
export async function forgetGone(listening: Listening, fetcher: Fetcher, inbox: string): Promise<void> {
  for (const { id } of await actorsAt(listening.db, inbox)) {
    const seen = await fetcher.get(id);
    if (!seen.ok && isGone(seen.status)) await act(listening, id, (scope) => followsNoMore(scope, id));
  }
}

/** Takes an actor elsewhere off the list of those who follow our board. */
export async function followsNoMore(scope: Scope, follower: string): Promise<void> {
  const host = await dropFollower(scope, follower);
  if (host !== undefined) scope.emit({ type: "follower.went", subject: host, body: { follower }, about: ["neighbours"] });
}

async function act({ perform, world }: Listening, actor: string, doing: (scope: Scope) => Promise<unknown>): Promise<void> {
  const key = `moved:${actor}:${world.clock()}`;
  await perform(listener, verb, async (scope) => (await doing(scope), {}), {}, { key, cause: "delivery" });
}
