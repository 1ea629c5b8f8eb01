// The stress runs that are made each month, in SQL: what they were made of and what they came to.
import type { readStress } from "@partcommune/shared/mutual/api";
import type { Preset, Verdict } from "@partcommune/shared/mutual/rules/stress-verdict";
import type { StressFields } from "@partcommune/shared/mutual/rules/stress-fields";
import { monthOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Day } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import { newestOf } from "./warnings.ts";

export type KeptRun = {
  readonly month: Day;
  readonly preset: Preset;
  readonly fields: StressFields;
  readonly currency: string;
  readonly verdict: Verdict;
};

/** This month, unless its runs are made or the coop is young. */
export async function monthToRun(view: View): Promise<Day | undefined> {
  const newest = await newestOf(view);
  if (!newest) return undefined;
  const month = monthOf(newest.today);
  const row = await view.db.selectFrom("mutual.stress_run").select("month").where("month", "=", month).limit(1).executeTakeFirst();
  return row ? undefined : month;
}

export async function saveRun({ tx, now }: Scope, { month, preset, fields, currency, verdict }: KeptRun): Promise<void> {
  await tx
    .insertInto("mutual.stress_run")
    .values({
      month,
      preset,
      fields: JSON.stringify(fields),
      currency,
      lowest_minor: verdict.lowest.cash,
      lowest_month: verdict.lowest.month,
      empty_in: verdict.emptyIn ?? null,
      shortfall_minor: verdict.shortfall?.minor ?? 0n,
      ran_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const shown = 4 * 13;

/** A year and a month of them, the newest first. */
export async function keptRuns({ db }: View): Promise<AnswerOf<typeof readStress>["kept"]> {
  const rows = await db.selectFrom("mutual.stress_run").selectAll().orderBy("month", "desc").orderBy("preset").limit(shown).execute();
  return rows.map((row) => ({
    month: row.month,
    preset: row.preset as Preset,
    fields: row.fields as Record<string, string>,
    lowest: { minor: row.lowest_minor, currency: row.currency },
    ...(row.empty_in === null ? {} : { emptyIn: row.empty_in }),
    shortfall: { minor: row.shortfall_minor, currency: row.currency },
  }));
}
