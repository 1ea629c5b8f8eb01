// VAT, reckoned per rate on the sum of the lines and never line by line (EN 16931, BR-CO-17).
import { share, sum, type Money, type Ppm } from "../../platform/money.ts";

export const vatOf = (net: Money, rate: Ppm): Money => share(net, rate);

export type VatLine = { readonly net: Money; readonly rate: Ppm };
export type VatTotal = { readonly rate: Ppm; readonly net: Money; readonly vat: Money };

/** The VAT of each rate that occurs, in the order of first occurrence. */
export function vatTotals(lines: readonly VatLine[]): readonly VatTotal[] {
  const byRate = new Map<Ppm, Money>();
  for (const { net, rate } of lines) {
    const before = byRate.get(rate);
    byRate.set(rate, before ? sum(before, net) : net);
  }
  return [...byRate].map(([rate, net]) => ({ rate, net, vat: vatOf(net, rate) }));
}
