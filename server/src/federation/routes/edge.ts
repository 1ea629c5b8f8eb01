// The doors for other servers: who we are, what we say, and where they may speak to us. Nothing here knows sessions or cookies.
import type { FastifyInstance } from "fastify";
import type { Listening } from "../../platform/domain.ts";
import type { Shows } from "../index.ts";
import { openActors } from "./actors.ts";
import { openDiscovery } from "./discovery.ts";
import { openInbox } from "./inbox.ts";

/** What the edge works with. */
export type Edge = Listening;

/** Opens them all, where there is an outside to speak to. */
export async function openEdge(app: FastifyInstance, edge: Edge, shows: readonly Shows[]): Promise<void> {
  if (!edge.world.outside) return;
  openDiscovery(app, edge);
  openActors(app, edge, shows);
  await openInbox(app, edge);
}
