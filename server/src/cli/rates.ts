// npm run coop -- rates: what foreign money is worth, read from the central bank's own file, whole or not at all.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { operator } from "@partcommune/shared/platform/actor";
import { importRates, readRates, UnreadableRates, type Published } from "../money/index.ts";
import { newId, realClock, realRandom } from "../platform/world.ts";
import { somethingFound } from "./ends.ts";
import { writing } from "./writing.ts";

const source = "European Central Bank";

const importing = { name: "rates", input: z.strictObject({ file: z.string() }), answer: z.object({ kept: z.int() }), status: 200 };

/** Reads a file of rates in; a line that is not understood keeps all of it out. */
export async function readRatesFrom(file: string): Promise<void> {
  const published = await readIn(file);
  if (!published) return;
  const call = { key: `cli:${newId({ random: realRandom }, realClock())}:1`, cause: "cli" };
  const done = await writing(({ perform }) =>
    perform(operator, importing, (scope) => importRates(scope, { published, source }), { file }, call),
  );
  const { kept } = JSON.parse(done.answer) as { kept: number };
  console.log(`${published.length} days were read: ${kept} rates are new. What was known stays as it was.`);
}

async function readIn(file: string): Promise<readonly Published[] | undefined> {
  try {
    return readRates(await readFile(file, "utf8"));
  } catch (error) {
    if (!(error instanceof UnreadableRates)) throw error;
    console.error(error.message);
    process.exitCode = somethingFound;
    return undefined;
  }
}
