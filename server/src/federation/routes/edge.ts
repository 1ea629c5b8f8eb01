// The doors for other servers: who we are, what we say, and where they may speak to us. Nothing here knows sessions or cookies.
import type { FastifyInstance } from "fastify";
import type { Listening } from "../../platform/domain.ts";
import { coopCard } from "../../platform/store.ts";
import { portsOf } from "../actions/peers.ts";
import type { Shows } from "../index.ts";
import { openActors } from "./actors.ts";
import { openDiscovery } from "./discovery.ts";
import { openInbox } from "./inbox.ts";

/** What the edge works with. Before there is a coop, nobody is here to be spoken to. */
export type Edge = Listening & { readonly isFounded: () => Promise<boolean> };

/** Opens them all, where there is an outside to speak to, under the one name by which it knows us. */
export async function openEdge(app: FastifyInstance, listening: Listening, shows: readonly Shows[]): Promise<void> {
  if (!listening.world.outside) return;
  const { protocol, host } = new URL(listening.view().origin);
  let founded = false;
  const isFounded = async (): Promise<boolean> => (founded ||= (await coopCard(listening.view())).founded);
  const edge: Edge = { ...listening, isFounded };
  await app.register(async (room) => {
    if (protocol === "https:")
      room.addHook("onRequest", async (request, reply) => (request.host === host ? undefined : reply.code(421).send()));
    openDiscovery(room, edge);
    const ports = portsOf(edge);
    openActors(room, edge, shows, ports);
    await openInbox(room, edge, ports);
  });
}
