// What the fund does by the clock: it looks at its own figures, warns in public where members voted to be told, and asks each month what would break it.
import { z } from "zod";
import type * as api from "@partcommune/shared/mutual/api";
import { hangingOf } from "@partcommune/shared/mutual/rules/concentration";
import { coverageOf } from "@partcommune/shared/mutual/rules/coverage";
import { stress } from "@partcommune/shared/mutual/rules/stress";
import { fieldsOf } from "@partcommune/shared/mutual/rules/stress-fields";
import { presets, shockOf, verdictOf } from "@partcommune/shared/mutual/rules/stress-verdict";
import { objectionToAnswer, warningsOf } from "@partcommune/shared/mutual/rules/warning";
import { DayText } from "@partcommune/shared/platform/api";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { figuresOf, standingOf } from "../store/figures.ts";
import { saveRun } from "../store/stress-runs.ts";
import * as warnings from "../store/warnings.ts";

export const Watching = z.strictObject({ entry: z.string().regex(/^\d+$/) });
export const MonthToRun = z.strictObject({ month: DayText });

/** Begins the warnings that are due, and ends those whose cause is gone. */
export const watchFund: Action<z.output<typeof Watching>, Record<string, never>> = async (scope, { entry }) => {
  const { sums, rules, concentrations } = await figuresOf(viewOf(scope));
  const due = warningsOf(coverageOf(sums), rules["coverage.alert"], concentrations);
  for (const open of await warnings.openWarnings(scope)) {
    if (due.some(({ cause }) => cause === open.cause)) continue;
    await warnings.endWarning(scope, open.id);
    scope.emit({ type: "fund.eased", subject: open.id, body: { cause: open.cause }, about: ["fund"] });
  }
  for (const each of due) {
    const id = await warnings.beginWarning(scope, each);
    if (id !== undefined)
      scope.emit({ type: "fund.warned", subject: id, body: { cause: each.cause, ppm: Number(each.ppm) }, about: ["fund"] });
  }
  await warnings.noteWatched(scope, BigInt(entry));
  return {};
};

/** The board says in public what it makes of a warning: it accepts it, with the reason, or it has a plan. */
export const answerWarning: Action<InputOf<typeof api.answerWarning>, AnswerOf<typeof api.answerWarning>> = async (
  scope,
  { warning, kind, text },
) => {
  const { person } = personOf(scope);
  refuseIf(objectionToAnswer(found(await warnings.warningAt(scope, warning))));
  refuseUnless(await warnings.saveAnswer(scope, { warning, kind, text, person }), "not-in-this-state", { state: "answered" });
  scope.emit({ type: "fund.answered", subject: warning, body: { kind }, about: ["fund"] });
  return {};
};

function personOf({ actor }: Scope) {
  if (actor.kind !== "person") throw new Error("the door lets people in alone");
  return actor;
}

/** Runs every preset on the figures of this day and keeps what it came to. */
export const runPresets: Action<z.output<typeof MonthToRun>, Record<string, never>> = async (scope, { month }) => {
  const view = viewOf(scope);
  const figures = await figuresOf(view);
  const standing = await standingOf(view, figures);
  const { currency, rules } = figures;
  for (const preset of presets) {
    const shock = shockOf(preset, hangingOf(figures.concentrations));
    const verdict = verdictOf(stress(standing, shock), rules["coverage.alert"]);
    await saveRun(scope, { month, preset, fields: fieldsOf(standing, shock, currency), currency, verdict });
  }
  return {};
};
