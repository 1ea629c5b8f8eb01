// The wind-down file is made and checked each month: called by the clock, made outside of any act since it reads all there is, and noted with what it came to.
import { z } from "zod";
import { listener } from "@partcommune/shared/platform/actor";
import { DayText, IdText, Nothing } from "@partcommune/shared/platform/api";
import type { Fact } from "@partcommune/shared/platform/events";
import { inSnapshot } from "../../platform/database.ts";
import type { Listening } from "../../platform/domain.ts";
import type { Action, Scope, View } from "../../platform/scope.ts";
import { saveRehearsal } from "../store/winding-down.ts";
import type { MonthToRun } from "./watching.ts";
import { checkingWindDown } from "./wind-down-check.ts";
import { windDownFiles } from "./winding-down.ts";

/** Says that this month's is to be made. */
export const callRehearsal: Action<z.output<typeof MonthToRun>, Record<string, never>> = async (scope, { month }) => {
  scope.emit({ type: "windDown.due", subject: scope.id(), body: { month }, about: [] });
  return {};
};

export type Rehearsal = { readonly files: number; readonly faults: readonly string[] };

/** Makes every file, keeps none, and says what does not agree. */
export async function rehearse(view: View): Promise<Rehearsal> {
  const [checking, names] = [checkingWindDown(), new Set<string>()];
  for await (const piece of windDownFiles(view)) {
    await checking.take(piece);
    names.add(piece.name);
  }
  return { files: names.size, faults: checking.faults() };
}

const most = 50;
const Noted = z.strictObject({ id: IdText, month: DayText, files: z.int(), faults: z.array(z.string()) });
const verb = { name: "windDown.note", input: Noted, answer: Nothing, status: 200 };

/** Makes the file of a month as one moment shows it, and notes what it came to. */
export async function rehearsalDue({ db, view, perform }: Listening, { id, subject, body }: Fact): Promise<void> {
  const { month } = body as Extract<Fact, { type: "windDown.due" }>["body"];
  const { files, faults } = await inSnapshot(db, (tx) => rehearse({ ...view(), db: tx }));
  const input = { id: subject, month, files, faults: faults.slice(0, most) };
  await perform(listener, verb, note, input, { key: `fact:${id}:mutual.rehearsals`, cause: id });
}

async function note(scope: Scope, { id, month, files, faults }: z.output<typeof Noted>): Promise<Record<string, never>> {
  if (await saveRehearsal(scope, { id, month, files, faults }))
    scope.emit({ type: "windDown.rehearsed", subject: id, body: { month, files, faults: faults.length }, about: ["fund"] });
  return {};
}
