// npm run coop -- import list and import undo: which lists were read in, and taking one back.
import { operator } from "@partcommune/shared/platform/actor";
import { Halt } from "../platform/halt.ts";
import { Rehearsed } from "../platform/imports/bring.ts";
import { runs } from "../platform/imports/store.ts";
import { takeBack, takingBack, type Kept, type TakenBack } from "../platform/imports/take-back.ts";
import { newId, realClock, realRandom } from "../platform/world.ts";
import { reading } from "./database.ts";
import { somethingFound } from "./ends.ts";
import { kindOf } from "./import-kinds.ts";
import { visible } from "./line-faults.ts";
import { writing, type Writing } from "./writing.ts";

const mostShown = 100;

/** Every list that was read in, the newest first. */
export async function importRuns({ json }: { readonly json?: boolean }): Promise<void> {
  const all = await reading("app", (db) => runs({ db }));
  if (json) return console.log(JSON.stringify(all));
  for (const { id, kind, file, at, ended, brought, takenBack } of all)
    console.log(`${id}  ${at}  ${kind}  ${file}: ${brought} new, ${takenBack} taken back${ended ? "" : ", stopped before its end"}`);
  if (all.length === 0) console.log("No list was read in yet.");
}

export type Undo = { readonly dryRun?: boolean; readonly json?: boolean };

/** Takes back what a run brought, but for what something has come to rest on. */
export async function undoImport(id: string, { dryRun, json }: Undo): Promise<void> {
  const { taken, kept } = await writing((writer) => takeAllBack(writer, id, dryRun === true));
  if (json) console.log(JSON.stringify({ run: id, dryRun: dryRun === true, taken, kept }));
  else {
    for (const { line, key, because } of kept.slice(0, mostShown)) console.error(visible(`line ${line}, ${key}, stays: ${because}`));
    if (kept.length > mostShown) console.error(`and ${kept.length - mostShown} more stay`);
    console.log(
      `${taken} ${dryRun ? "would be taken back" : "taken back"}, ${kept.length} stay${dryRun ? " (dry run: nothing was written)" : ""}`,
    );
  }
  if (kept.length > 0) process.exitCode = somethingFound;
}

export type TakenBackAll = { readonly taken: number; readonly kept: readonly Kept[] };

/** Takes a run back, some lines an act. */
export async function takeAllBack({ perform, db }: Writing, id: string, dry: boolean): Promise<TakenBackAll> {
  const run = (await runs({ db })).find((each) => each.id === id);
  if (run === undefined) throw new Halt("No list was read in by this run. npm run coop -- import list shows them all.");
  const kept: Kept[] = [];
  let taken = 0;
  const session = newId({ random: realRandom }, realClock());
  for (let after: string | undefined = ""; after !== undefined;) {
    const call = { key: `cli:${session}:${after}`, cause: session };
    const told: TakenBack = await perform(operator, takingBack, takeBack(kindOf(run.kind)), { run: run.id, after, dry }, call).then(
      ({ answer }) => JSON.parse(answer) as TakenBack,
      rehearsed,
    );
    taken += told.taken;
    kept.push(...told.kept);
    after = told.next;
  }
  return { taken, kept };
}

function rehearsed(error: unknown): TakenBack {
  if (error instanceof Rehearsed) return error.outcome as TakenBack;
  throw error;
}
