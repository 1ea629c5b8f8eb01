// VAT, reckoned per rate on the sum of the lines and never line by line (EN 16931, BR-CO-17).
import { share, sum, type Money, type Ppm } from "../../platform/money.ts";
import { euCountries, serviceLaw, standardVat, vatPrefixOf, type Service } from "../../platform/packs.ts";
import type { Day } from "../../platform/time.ts";

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

/** What is sold: at a rate of the country; owed by the client in another member state; not within the reach of VAT; or exempt from it. */
export const vatCategories = ["standard", "reverseCharge", "outsideScope", "exempt"] as const;
export type VatCategory = (typeof vatCategories)[number];
export type VatTreatment = { readonly category: VatCategory; readonly rate: Ppm; readonly mention?: string };

export type Buyer = { readonly country: string; readonly vatNumber?: string | undefined };

/** Which VAT an invoice for services bears on a day; undefined where the coop's country has no dated rate. `service`: one that its law taxes otherwise. */
export function vatTreatment(
  country: string,
  { country: at, vatNumber = "" }: Buyer,
  day: Day,
  service?: Service,
): VatTreatment | undefined {
  const atHome = treatmentAtHome(country, day, service);
  if (atHome === undefined || at === country) return atHome;
  if (!euCountries.has(at)) return { category: "outsideScope", rate: 0n, mention: "Art. 44 Directive 2006/112/EC" };
  // A number of another country does not say that the client is taxed where it lives.
  return vatNumber.startsWith(vatPrefixOf(at))
    ? { category: "reverseCharge", rate: 0n, mention: "Art. 196 Directive 2006/112/EC" }
    : atHome;
}

/** Which VAT the coop's own country asks for a service. */
function treatmentAtHome(country: string, day: Day, service: Service | undefined): VatTreatment | undefined {
  const otherwise = service && serviceLaw(country, service, day);
  if (otherwise) {
    const { rate, law } = otherwise;
    return rate === undefined ? { category: "exempt", rate: 0n, mention: law } : { category: "standard", rate, mention: law };
  }
  const standard = standardVat(country, day);
  return standard === undefined ? undefined : { category: "standard", rate: standard };
}
