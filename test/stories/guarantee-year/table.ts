// A year of the guarantee in one table: what was promised, what was refused and by which rule, what was paid on its day, and what it took.
import { amountText } from "@partcommune/shared/platform/money";
import { forecastText } from "../../support/forecast.ts";
import type { Year } from "./year.ts";

const eur = (minor: bigint): string => amountText({ minor, currency: "EUR" });
const share = (part: bigint | number, whole: bigint | number): string =>
  Number(whole) === 0 ? "nothing" : `${((Number(part) * 100) / Number(whole)).toFixed(2)} %`;
const least = (all: readonly bigint[]): bigint => all.reduce((low, each) => (each < low ? each : low), all[0] ?? 0n);
const most = (all: readonly bigint[]): bigint => all.reduce((high, each) => (each > high ? each : high), 0n);

export function yearText({ fund, promised, kept, evenings, lost, wrong }: Year): string {
  const { engagements, turnover, refused } = promised;
  const rules = Array.from(refused)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([rule, count]) => `${rule} ${count}`)
    .join(", ");
  const rows: readonly (readonly [string, string])[] = [
    ["engagements signed", `${engagements}, of ${eur(turnover)} without VAT`],
    [
      "promised",
      `${promised.promised} = ${share(promised.promised, engagements)}, of ${share(promised.promisedTurnover, turnover)} of the turnover`,
    ],
    ["refused by rule", rules || "none"],
    ["due", `${kept.due}, of which ${kept.ahead} were paid ahead of the client`],
    ["booked by their day", `${kept.onTime} = ${share(kept.onTime, kept.due)}`],
    ["queued", `${kept.queued}, the longest for ${kept.longestWait} working days`],
    ["evenings with a queue", String(evenings.filter(({ queued }) => queued > 0).length)],
    ["most exposed", eur(most(evenings.map(({ exposure }) => exposure)))],
    ["least free in the guarantee pot", eur(least(evenings.map(({ guaranteePot }) => guaranteePot)))],
    ["given up", `${eur(lost)} of members' budgets`],
    ["wrong", String(wrong.length)],
  ];
  return forecastText(fund) + rows.map(([what, says]) => `${what.padEnd(34)}${says}\n`).join("");
}
