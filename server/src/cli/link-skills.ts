// npm run coop -- import link-skills: shows which skills share a name, and links those that a person has left in the list.
import { basename } from "node:path";
import { z } from "zod";
import { operator } from "@partcommune/shared/platform/actor";
import { linkSkills, proposedTwins, type Twin } from "../marketplace/index.ts";
import { newId, realClock, realRandom } from "../platform/world.ts";
import { reading } from "./database.ts";
import { somethingFound } from "./ends.ts";
import { inWords, type LineFault } from "./line-faults.ts";
import { readRows } from "./rows.ts";
import { writing, type Writing } from "./writing.ts";

const columns = ["theirs", "ours", "names"] as const;
const Pair = z.strictObject({ theirs: z.string(), ours: z.string() });
const linking = {
  name: "import link-skills",
  input: z.strictObject({ pairs: z.array(Pair) }),
  answer: z.object({ linked: z.int() }),
  status: 200,
};

/** Without a file it prints the pairs as a list; with one it links what the list still holds. */
export async function linkSkillsFrom(file: string | undefined): Promise<void> {
  if (file === undefined) return console.log(listOf(await reading("app", proposedTwins)));
  const { linked, faults } = await writing((writer) => linkList(writer, file));
  for (const fault of faults) console.error(inWords(basename(file), fault));
  console.log(faults.length > 0 ? `${faults.length} lines cannot be used; nothing was linked` : `${linked} skills are linked`);
  if (faults.length > 0) process.exitCode = somethingFound;
}

/** Pairs as a list that a person goes through. */
export const listOf = (twins: readonly Twin[]): string =>
  [columns.join(","), ...twins.map(({ theirs, ours, names }) => `${theirs},${ours},"${names.join(" | ").replaceAll('"', '""')}"`)].join(
    "\n",
  );

export type Linked = { readonly linked: number; readonly faults: readonly LineFault[] };

/** Links every pair of a list, or none: each must be proposed, and a skill is one other at most. */
export async function linkList({ perform, db }: Writing, file: string): Promise<Linked> {
  const proposed = await proposedTwins(db);
  const pairs: z.output<typeof Pair>[] = [];
  const faults: LineFault[] = [];
  for await (const row of readRows(file, { all: columns, needed: ["theirs", "ours"] })) {
    const pair =
      "cells" in row ? proposed.find(({ theirs, ours }) => theirs === row.cells["theirs"] && ours === row.cells["ours"]) : undefined;
    if (pair && !pairs.some(({ theirs }) => theirs === pair.theirs)) pairs.push({ theirs: pair.theirs, ours: pair.ours });
    else
      faults.push({
        line: row.line,
        asked: "unreadable" in row ? row.unreadable : "a pair that import link-skills shows, and each of theirs once",
      });
  }
  if (faults.length > 0 || pairs.length === 0) return { linked: 0, faults };
  const session = newId({ random: realRandom }, realClock());
  await perform(operator, linking, linkSkills, { pairs }, { key: `cli:${session}:1`, cause: session });
  return { linked: pairs.length, faults };
}
