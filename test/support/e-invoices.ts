// Invoices for other programs, of every kind, whose sums are right: what rules are tried on, ours and those of others.
import fc from "fast-check";
import {
  isCredit,
  netOfLine,
  partsOf,
  totalsOf,
  typeCodes,
  vatCodes,
  type EInvoice,
  type EParty,
  type Vat,
} from "@partcommune/shared/money/rules/e-invoice";
import { electronicAddress, registeredAs } from "@partcommune/shared/platform/e-addresses";
import { zero, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";

/** A company of a country, known there by a number that checks. */
function company(name: string, town: string, country: string, vatNumber: string): EParty {
  const [registered, address] = [registeredAs(country, vatNumber), electronicAddress(country, vatNumber)];
  const party = { name, street: "Quai 1", postcode: "1000", town, country, vatNumber };
  return { ...party, ...(registered ? { registered } : {}), ...(address ? { address } : {}) };
}

export const seller = company("Atelier Commun", "Bruxelles", "BE", "BE0403170701");
export const buyer = company("Carla SA", "Bruxelles", "BE", "BE0202239951");

const sellers = [seller, company("La Filature", "Lille", "FR", "FR40303265045")];
const buyers = [
  buyer,
  company("Musée & Fils", "Lyon", "FR", "FR83404833048"),
  company("Werk <Berlin> GmbH", "Berlin", "DE", "DE136695976"),
  company("Bottega", "Torino", "IT", "IT00743110157"),
  company("Taller", "Sevilla", "ES", "ESB58378431"),
  company("Werkplaats", "Utrecht", "NL", "NL004495445B01"),
];

const rates: Readonly<Record<Vat["code"], readonly bigint[]>> = {
  S: [210_000n, 120_000n, 55_000n],
  Z: [0n],
  E: [0n],
  AE: [0n],
  O: [0n],
  G: [0n],
};
const money = (currency: string, most: number) => fc.bigInt({ min: 1n, max: BigInt(most) }).map((minor): Money => ({ minor, currency }));
const vatOf = (codes: readonly Vat["code"][]) =>
  fc.constantFrom(...codes).chain((code) => fc.constantFrom(...rates[code]).map((rate): Vat => ({ code, rate })));

/** On an invoice that is not subject to VAT no number of VAT stands (BR-O-02). */
function without(party: EParty): EParty {
  const { vatNumber, ...rest } = party;
  return vatNumber === undefined ? party : rest;
}

/** An invoice of any of these types whose sums are right; what is not subject to VAT stands alone. */
export const invoicesOf = (types: readonly EInvoice["type"][]) =>
  fc.tuple(fc.constantFrom("EUR", "HUF", "JPY", "SEK"), fc.boolean()).chain(([currency, isOutside]) => {
    const vat = vatOf(isOutside ? ["O"] : vatCodes.filter((code) => code !== "O"));
    const line = fc
      .record({
        thousandths: fc.bigInt({ min: 1n, max: 40_000n }),
        price: money(currency, 900_000),
        less: fc.option(money(currency, 50)),
        vat,
      })
      .map(({ less, ...each }) => {
        const allowances = less ? [{ amount: less, because: "Agreed" }] : [];
        return { name: "Work", unit: "HUR", ...each, allowances, net: netOfLine({ ...each, allowances }) };
      });
    return fc
      .record({
        type: fc.constantFrom(...types),
        from: fc.constantFrom(...sellers),
        to: fc.constantFrom(...buyers),
        lines: fc.array(line, { minLength: 1, maxLength: 5 }),
        less: fc.option(money(currency, 90)),
        prepaid: fc.bigInt({ min: 0n, max: 500n }),
      })
      .map(({ type, from, to, lines, less, prepaid }): EInvoice => {
        const [{ vat: first } = { vat: { code: "S", rate: 210_000n } as Vat }] = lines;
        const allowances = less ? [{ amount: less, because: "Agreed", vat: first }] : [];
        const sums = { currency, lines, allowances };
        return {
          ...sums,
          type,
          number: "BE-2026-000001",
          issuedOn: "2026-12-01" as Day,
          deliveredOn: "2026-11-30" as Day,
          payBy: "2026-12-31" as Day,
          buyerReference: "1",
          ...(isCredit({ type }) ? { corrects: { number: "BE-2026-000001", issuedOn: "2026-12-01" as Day } } : {}),
          seller: isOutside ? without(from) : from,
          buyer: isOutside ? without(to) : to,
          iban: "BE68539007547034",
          reference: "RF422026000001",
          parts: partsOf(sums),
          totals: totalsOf(sums, { ...zero(currency), minor: prepaid }),
        };
      });
  });

export const invoices = invoicesOf(Object.keys(typeCodes) as EInvoice["type"][]);
