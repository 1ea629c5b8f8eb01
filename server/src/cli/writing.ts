// Writing from a terminal: by the one path, as the operator, heard by the same listeners as any act.
import { lend, listenersOf } from "../app.ts";
import { kyselyOn, openClient, openPool, type Database } from "../platform/database.ts";
import { openHints } from "../platform/hints.ts";
import { keysFrom } from "../platform/keys.ts";
import { readConfig } from "../platform/config.ts";
import { performing, type Perform } from "../platform/perform.ts";
import { openBoss } from "../platform/queue/boss.ts";
import { nothingReached, realClock, realPause, realRandom, type World } from "../platform/world.ts";
import { onDatabase } from "./database.ts";

export type Writing = { readonly perform: Perform; readonly db: Database };

const failed = (error: unknown): void => console.error(String(error));

/** The address people open, for letters that lead there. */
const originOf = ({ PUBLIC_URL, PORT }: ReturnType<typeof readConfig>): string =>
  PUBLIC_URL ? new URL(PUBLIC_URL).origin : `http://localhost:${PORT}`;

/** Lends the one way to write for as long as the work takes. What listeners do about it, the server's own processes do. */
export async function writing<Result>(work: (writing: Writing) => Promise<Result>): Promise<Result> {
  const origin = originOf(readConfig(process.env));
  return onDatabase(async (databaseUrl) => {
    const db = kyselyOn(openPool(databaseUrl, "app", 1, failed));
    const queue = await openBoss(databaseUrl, failed);
    const world: World = { clock: realClock, random: realRandom, pause: realPause, databaseUrl, queue, reach: nothingReached };
    const hints = await openHints(() => openClient(databaseUrl, "app"), queue, world, failed);
    // The secret only fingerprints this one run's acts.
    const keys = keysFrom(realRandom(32));
    try {
      return await work({ db, perform: performing({ world, db, keys, origin, hints, lend, listenersOf }) });
    } finally {
      await queue.stop();
      await hints.close();
      await db.destroy();
    }
  });
}
