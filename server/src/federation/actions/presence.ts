// Whether a host is there is one question for all that waits for it, whoever asks it something (ADR 19).
import type { Id } from "@partcommune/shared/platform/id";
import type { Listening } from "../../platform/domain.ts";
import { noteFailure, noteHeard } from "../store/lanes.ts";

/** It did not answer: it rests, and is probed. */
export const noteSilent = ({ db, world }: Listening, host: Id): Promise<void> => noteFailure({ db, now: world.clock() }, host, "silent");

/** It answered: whatever waits for it leaves. */
export async function noteAnswered({ db, world, wake }: Listening, host: Id): Promise<void> {
  if (await noteHeard(db, host, world.clock())) wake("federation.delivery", host);
}
