// Reaching other servers: every call goes through the guarded fetcher and is signed by the coop.
import type { Fetcher } from "@partcommune/federation/fetcher";
import { signCavage } from "@partcommune/federation/sign/cavage";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import type { Listening } from "../../platform/domain.ts";
import { signerOf } from "./keys.ts";

/** The fetcher of this coop; undefined where there is no outside. */
export async function reachOf(listening: Listening): Promise<Fetcher | undefined> {
  const { world } = listening;
  if (!world.outside) return undefined;
  const signer = await signerOf(listening, "actor", "rsa");
  return world.outside(async (request) => signCavage(request, signer, millisecondsOf(world.clock())));
}
