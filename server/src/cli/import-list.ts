// npm run coop -- import clients|members|jobs: reads a list in, and says what came of it.
import { basename } from "node:path";
import type { ImportKind } from "../platform/imports/kind.ts";
import { somethingFound } from "./ends.ts";
import { inWords } from "./line-faults.ts";
import { readIn, type ReadIn, type Wishes } from "./read-in.ts";
import { writing } from "./writing.ts";

/** Reads a list in from a terminal: how far it is goes to stderr, what came of it to stdout. */
export const importList =
  (kind: ImportKind) =>
  async (path: string, { json, ...wishes }: Wishes & { readonly json?: boolean }): Promise<void> => {
    const told = await writing(({ perform }) => readIn(perform, kind, path, wishes, (line) => console.error(line)));
    const file = basename(path);
    if (json) console.log(JSON.stringify({ file, ...told }));
    else sayAll(file, told);
    if (told.faults > 0) process.exitCode = somethingFound;
  };

function sayAll(file: string, { rows, brought, known, bad, run, shown, faults, dryRun }: ReadIn): void {
  for (const fault of shown) console.error(inWords(file, fault));
  if (faults > shown.length) console.error(`and ${faults - shown.length} more`);
  const counted = `${file}: ${rows} rows, ${brought} new, ${known} here already, ${bad} with faults`;
  if (run !== undefined) console.log(`${counted}\nrun ${run}`);
  else if (dryRun) console.log(`${counted} (dry run: nothing was written)`);
  else console.log(`${counted}; nothing was imported. Mend the lines, or leave them out with --skip-bad`);
}
