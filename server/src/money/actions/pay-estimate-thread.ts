// The model by which France itself explains what pay comes to, in a thread of its own: it reads its rules for a second, and reckons for a third of one each time.
import rules from "modele-social";
import Engine from "publicodes";
import type { Reckoned } from "@partcommune/shared/money/rules/pay-estimate";
import { worksOn } from "../../platform/thread.ts";

/** What a month may cost in all, in euros, and the first day of the month. */
export type ToReckon = { readonly cost: string; readonly month: string };

type Fact = `${string} . ${string}`;

const contribution = "salarié . cotisations . ";

/** The model's own names of what is paid for; a name stands for the parts of both sides. */
const named = {
  health: ["maladie", "prévoyances"],
  pension: ["vieillesse", "retraite complémentaire-CEG-CET"],
  unemployment: ["assurance chômage"],
  accidents: ["ATMP"],
  family: ["allocations familiales"],
  solidarity: ["CSG-CRDS"],
} as const;

// What it would warn of concerns those who fill in its forms.
const engine = new Engine(rules, { logger: { log() {}, warn() {}, error() {} } });

/** Euros a month; nothing where the model cannot say, and nought where it does not apply. */
function euros(fact: Fact): number | undefined {
  const { nodeValue } = engine.evaluate({ valeur: fact, unité: "€/mois" });
  if (nodeValue === null) return 0;
  return typeof nodeValue === "number" ? nodeValue : undefined;
}

const bought = (names: readonly string[]): number => names.reduce((total, name) => total + (euros(`${contribution}${name}`) ?? 0), 0);

const frenchDay = (day: string): string => day.split("-").toReversed().join("/");

/** An ordinary employment without an end: the model knows neither CAPE nor CESA. */
worksOn(async ({ cost, month }: ToReckon): Promise<Reckoned | undefined> => {
  engine.setSituation({ date: frenchDay(month), "salarié . contrat": "'CDI'", "salarié . coût total employeur": `${cost} €/mois` });
  const net = euros("salarié . rémunération . net . à payer avant impôt");
  const employee = euros(`${contribution}salarié`);
  if (net === undefined || employee === undefined) return undefined;
  const buys = Object.fromEntries(Object.entries(named).map(([what, names]) => [what, bought(names)])) as Reckoned["buys"];
  return { net, employee, buys: { ...buys, relief: -bought(["exonérations . employeur", "exonérations . salarié"]) } };
});
