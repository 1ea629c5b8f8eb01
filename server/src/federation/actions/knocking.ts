// Knocking at an address that an officer named: is there a coop, and what does it say of itself?
import type { Fetcher } from "@partcommune/federation/fetcher";
import type { Miss } from "@partcommune/shared/federation/rules/neighbour";
import type { Introduction } from "../store/neighbours.ts";
import { lookUp, type Looked } from "./peers.ts";

export type Found = { readonly says: Introduction; readonly peers: readonly Looked[] };

const missOf: Readonly<Record<string, Miss>> = { refusedAddress: "address", timeout: "silent", network: "silent", tooLarge: "tooLarge" };

/** Reads the coop's own actor and its job board. */
export async function knockAt(fetcher: Fetcher, origin: string): Promise<Found | Miss> {
  const coop = await lookUp(fetcher, `${origin}/actor`);
  if (typeof coop === "string") return missOf[coop] ?? "noCoop";
  const { id, name, board, currencies } = coop.actor;
  if (name === undefined || board === undefined) return "noCoop";
  const jobs = await lookUp(fetcher, board);
  if (typeof jobs === "string") return missOf[jobs] ?? "noCoop";
  if (jobs.actor.jobs === undefined) return "noCoop";
  return { says: { name, actor: id, board, jobs: jobs.actor.jobs, currencies }, peers: [coop, jobs] };
}
