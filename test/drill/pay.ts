// Estimates of pay against the model itself, asked without a thread, a cache or a border where figures are rounded.
import rules from "modele-social";
import Engine from "publicodes";
import { estimatePay } from "@partcommune/server/money/actions/pay-estimate";
import { amountText, moneyFrom } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { seededRandom } from "../support/coop.ts";

/** `unsaid`: where the model itself has no answer, and we have none either. */
export type PayCompared = { readonly cases: number; readonly unsaid: readonly string[]; readonly wrong: readonly string[] };

const asked = [
  "salarié . rémunération . net . à payer avant impôt",
  "salarié . cotisations . salarié",
  "salarié . contrat . salaire brut",
] as const;

/** So many costs of a month, from a low one to twelve thousand euros: each part within a cent of what the model says. */
export async function payAgrees(cases: number): Promise<PayCompared> {
  const engine = new Engine(rules, { logger: { log() {}, warn() {}, error() {} } });
  const direct = (amount: string): readonly number[] => {
    engine.setSituation({ date: "01/12/2026", "salarié . coût total employeur": `${amount} €/mois` });
    return asked.map((name) => Number(engine.evaluate({ valeur: name, unité: "€/mois" }).nodeValue));
  };
  const [unsaid, wrong]: [string[], string[]] = [[], []];
  for (const amount of costs(cases)) {
    const facts = { country: "FR", status: "employee", cost: moneyFrom({ amount, currency: "EUR" }), day: "2026-12-01" as Day } as const;
    const estimate = await estimatePay(facts);
    const model = direct(amount);
    const ours = estimate && [estimate.net, estimate.employee, estimate.gross].map((part) => Number(amountText(part)));
    if (!ours && model.every(Number.isNaN)) unsaid.push(amount);
    else if (model.some((figure, at) => !(Math.abs(figure - (ours?.[at] ?? Number.NaN)) <= 0.01)))
      wrong.push(`${amount}: the model says ${model.join(", ")}, we say ${ours?.join(", ") ?? "nothing"}`);
  }
  return { cases, unsaid, wrong };
}

function costs(count: number): readonly string[] {
  const chance = seededRandom("pay");
  return Array.from({ length: count }, () => {
    const [high = 0, low = 0, cents = 0] = chance(3);
    return `${50 + ((high * 256 + low) % 11_950)}.${String(cents % 100).padStart(2, "0")}`;
  });
}
