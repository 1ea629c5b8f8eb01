// npm run coop -- import esco: the list of skills of others, read in by the one path that writes.
import { z } from "zod";
import { operator } from "@partcommune/shared/platform/actor";
import { importEsco, proposedTwins, readEsco, type Imported } from "../marketplace/index.ts";
import { newId, realClock, realRandom } from "../platform/world.ts";
import { somethingFound } from "./ends.ts";
import { writing } from "./writing.ts";

const mostFaults = 200;

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
  const { done, twins } = await writing(async ({ perform, db }) => ({
    done: await perform(operator, importing, importEsco(read, dryRun === true, say), { source: "esco" }, call),
    twins: (await proposedTwins(db)).length,
  }));
  const { added, changed, gone, labels, links } = JSON.parse(done.answer) as Imported;
  const what = `${read.concepts.size} concepts with ${labels} names: ${added} new, ${changed} changed, ${gone} gone, ${links} new relations`;
  console.log(dryRun ? `${what} (dry run: nothing was written)` : what);
  if (twins > 0) console.log(`${twins} pairs share a name with the coop's own list; npm run coop -- import link-skills shows them`);
}
