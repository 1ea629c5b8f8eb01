// What the fund does by the clock: it looks at its own figures, warns in public where members voted to be told, and asks each month what would break it.
import { z } from "zod";
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import { pots, type PerPot } from "@partcommune/shared/governance/rules/pots";
import type * as api from "@partcommune/shared/mutual/api";
import { concentrations, hangingOf } from "@partcommune/shared/mutual/rules/concentration";
import { coverageOf } from "@partcommune/shared/mutual/rules/coverage";
import { stress } from "@partcommune/shared/mutual/rules/stress";
import { fieldsOf } from "@partcommune/shared/mutual/rules/stress-fields";
import { presets, shockOf, verdictOf } from "@partcommune/shared/mutual/rules/stress-verdict";
import {
  coverageMissed,
  hangingTooMuch,
  objectionToAnswer,
  potsFallen,
  potsFilled,
  type Found,
  type WarningCause,
} from "@partcommune/shared/mutual/rules/warning";
import { DayText } from "@partcommune/shared/platform/api";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { fundSums } from "../../money/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope, type View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { concentrationsNow, figuresOf, potsHeld, standingOf } from "../store/figures.ts";
import { saveRun } from "../store/stress-runs.ts";
import * as warnings from "../store/warnings.ts";
import { newestOf } from "../store/warnings.ts";

export const Watching = z.strictObject({ entry: z.string().regex(/^\d+$/), today: DayText });
export const MonthToRun = z.strictObject({ month: DayText });

/** Looks at what may have changed with the last entries, and begins and ends the warnings that are due. */
export const watchFund: Action<z.output<typeof Watching>, Record<string, never>> = async (scope, { entry, today }) => {
  const view = viewOf(scope);
  await warn(scope, ["floor"], await fallen(scope, view));
  // A young coop hangs on one client and owes what that has not paid yet: nobody learns anything from hearing it.
  if (await newestOf(view)) {
    const { currency } = await bookOf(scope.tx);
    const { value: limit } = await view.bylaw("coverage.alert", view.now);
    await warn(scope, ["coverage"], coverageMissed(coverageOf(await fundSums(view, currency)), limit));
    if (!(await warnings.isWatchedOn(scope, today))) await warn(scope, concentrations, hangingTooMuch(await concentrationsNow(view)));
  }
  await warnings.noteWatched(scope, BigInt(entry), today);
  return {};
};

/** The pots below their floors. Which are filled is kept, so that it is known when one falls. */
async function fallen(scope: Scope, view: View): Promise<readonly Found[]> {
  const { currency } = await bookOf(scope.tx);
  const { value: voted } = await view.bylaw("pot.floors", view.now);
  const floors = Object.fromEntries(pots.map((pot) => [pot, bylawMinor(voted[pot], currency)])) as PerPot<bigint>;
  const held = await potsHeld(view);
  await warnings.noteFilled(scope, potsFilled(held, floors));
  return potsFallen(held, floors, await warnings.everFilled(scope));
}

/** Of these causes: a warning for each that was found, and none any more for what is gone. */
async function warn(scope: Scope, causes: readonly WarningCause[], due: readonly Found[]): Promise<void> {
  const standing = await warnings.openWarnings(scope, causes);
  for (const open of standing) {
    if (due.some(isAbout(open))) continue;
    await warnings.endWarning(scope, open.id);
    const { id, ...body } = open;
    scope.emit({ type: "fund.eased", subject: id, body, about: ["fund"] });
  }
  for (const each of due) {
    if (standing.some(isAbout(each))) continue;
    const id = await warnings.beginWarning(scope, each);
    const { cause, pot, ppm } = each;
    if (id === undefined) continue;
    scope.emit({ type: "fund.warned", subject: id, body: { cause, ...(pot ? { pot } : {}), ppm: Number(ppm) }, about: ["fund"] });
  }
}

const isAbout =
  (one: warnings.About) =>
  (other: warnings.About): boolean =>
    one.cause === other.cause && one.pot === other.pot;

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
