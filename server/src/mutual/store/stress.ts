// What a stress run begins with, as anyone may read it.
import type { readStress } from "@partcommune/shared/mutual/api";
import { hangingOf } from "@partcommune/shared/mutual/rules/concentration";
import { fieldsOf } from "@partcommune/shared/mutual/rules/stress-fields";
import { calm } from "@partcommune/shared/mutual/rules/stress-verdict";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { View } from "../../platform/scope.ts";
import { figuresOf, standingOf } from "./figures.ts";
import { keptRuns } from "./stress-runs.ts";

export async function stressPage(view: View): Promise<AnswerOf<typeof readStress>> {
  const figures = await figuresOf(view);
  const { client, barred } = hangingOf(figures.concentrations);
  const { currency, rules } = figures;
  return {
    currency,
    fields: fieldsOf(await standingOf(view, figures), calm, currency),
    clientPpm: Number(client),
    barredPpm: Number(barred),
    limitPpm: Number(rules["coverage.alert"]),
    kept: await keptRuns(view),
    at: view.now,
  };
}
