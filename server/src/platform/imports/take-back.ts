// Taking a run back: what it brought ends by its domain's verbs, unless something has come to rest on it.
import { z } from "zod";
import { IdText } from "@partcommune/shared/platform/api";
import type { Action } from "../scope.ts";
import { Rehearsed } from "./bring.ts";
import type { Importable } from "./kind.ts";
import * as store from "./store.ts";

/** Lines an act looks at. */
const atOnce = 100;

export const Kept = z.object({ line: z.int(), key: z.string(), because: z.string() });
export type Kept = z.output<typeof Kept>;

export const takingBack = {
  name: "import take back",
  input: z.strictObject({ run: IdText, after: z.string(), dry: z.boolean() }),
  answer: z.object({ taken: z.int(), kept: z.array(Kept), next: z.string().optional() }),
  status: 200,
};
type Asked = z.output<typeof takingBack.input>;
export type TakenBack = z.output<typeof takingBack.answer>;

/** Takes back the next lines of a run; a rehearsal tells the same and leaves everything. */
export const takeBack =
  (kind: Importable): Action<Asked, TakenBack> =>
  async (scope, { run, after, dry }) => {
    const lines = await store.linesToTakeBack(scope, run, after, atOnce);
    const kept: Kept[] = [];
    const gone: store.Line[] = [];
    for (const line of lines) {
      const because = line.brought ? await kind.holds(scope, line.subject, run) : undefined;
      if (because !== undefined) {
        kept.push({ line: line.line, key: line.key, because });
        continue;
      }
      if (line.brought) await kind.takeBack(scope, line.subject, run);
      gone.push(line);
    }
    await store.markTakenBack(
      scope,
      run,
      gone.map(({ key }) => key),
    );
    const taken = gone.filter(({ brought }) => brought).length;
    if (taken > 0) scope.emit({ type: "import.takenBack", subject: run, body: { taken }, about: [] });
    const next = lines.length === atOnce ? lines.at(-1)?.key : undefined;
    const told = { taken, kept, ...(next === undefined ? {} : { next }) };
    if (dry) throw new Rehearsed(told);
    return told;
  };
