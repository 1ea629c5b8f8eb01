// npm run coop -- import: lists of others, read in by the one path that writes.
import { z } from "zod";
import { operator } from "@partcommune/shared/platform/actor";
import { lend } from "../app.ts";
import { importEsco, readEsco, type Imported } from "../marketplace/index.ts";
import { kyselyOn, openPool } from "../platform/database.ts";
import { keysFrom } from "../platform/keys.ts";
import { performing, type Perform } from "../platform/perform.ts";
import { openVirtual } from "../platform/queue/virtual.ts";
import { newId, nothingReached, realClock, realPause, realRandom, type World } from "../platform/world.ts";
import { onDatabase } from "./database.ts";
import { somethingFound } from "./ends.ts";

const mostFaults = 200;

/** Writes by the one path, as the operator. Nobody listens to what is told here: the server's own processes were not asked. */
async function writing<Result>(work: (perform: Perform) => Promise<Result>): Promise<Result> {
  return onDatabase(async (databaseUrl) => {
    const db = kyselyOn(openPool(databaseUrl, "app", 1, () => undefined));
    const world: World = {
      clock: realClock,
      random: realRandom,
      pause: realPause,
      databaseUrl,
      queue: openVirtual(),
      reach: nothingReached,
    };
    const hints = { give: () => undefined, hear: () => () => undefined, close: async () => undefined };
    // The secret only fingerprints this one run's acts.
    const keys = keysFrom(realRandom(32));
    try {
      return await work(performing({ world, db, keys, origin: "", hints, lend, listenersOf: () => [] }));
    } finally {
      await db.destroy();
    }
  });
}

const source = z.strictObject({ source: z.literal("esco") });
const importing = { name: "import esco", input: source, answer: z.custom<Imported>(), status: 200 };

/** Reads ESCO's tables in; a row that cannot be used is named and keeps all of them out. */
export async function importEscoFrom(folder: string, { dryRun }: { readonly dryRun?: boolean }): Promise<void> {
  const say = (line: string): void => console.error(line);
  const { faults, ...read } = await readEsco(folder, say);
  faults.slice(0, mostFaults).forEach(say);
  if (faults.length > 0 || read.concepts.size === 0) {
    console.log(`${faults.length} rows cannot be used, ${read.concepts.size} concepts were read; nothing was imported`);
    process.exitCode = somethingFound;
    return;
  }
  const call = { key: `cli:${newId({ random: realRandom }, realClock())}:1`, cause: "cli" };
  const done = await writing((perform) => perform(operator, importing, importEsco(read, dryRun === true, say), { source: "esco" }, call));
  const { added, changed, gone, labels, links } = JSON.parse(done.answer) as Imported;
  const what = `${read.concepts.size} concepts with ${labels} names: ${added} new, ${changed} changed, ${gone} gone, ${links} new relations`;
  console.log(dryRun ? `${what} (dry run: nothing was written)` : what);
}
