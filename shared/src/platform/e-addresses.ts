// Where electronic invoices reach a company, from its VAT number, as far as that says it (Peppol's list of electronic addresses, EAS).
import { vatPrefixOf } from "./packs.ts";

export type Registered = { readonly scheme: string; readonly id: string };

/** By country: the scheme, and whether the number is written with the letters of its country, or which of its digits are. */
const schemes: Readonly<Record<string, readonly [scheme: string, letters: boolean | RegExp]>> = {
  AT: ["9914", true],
  BE: ["0208", false],
  BG: ["9926", true],
  CY: ["9928", true],
  CZ: ["9929", true],
  DE: ["9930", true],
  DK: ["0198", true],
  EE: ["9931", true],
  ES: ["9920", true],
  FI: ["0213", true],
  // By its SIREN, as the national directory (annuaire) knows a company.
  FR: ["0225", /\d{9}$/],
  GR: ["9933", true],
  HR: ["9934", true],
  HU: ["9910", true],
  IE: ["9935", true],
  IT: ["0211", true],
  LT: ["9937", true],
  LU: ["9938", true],
  LV: ["9939", true],
  MT: ["9943", true],
  NL: ["9944", true],
  PL: ["9945", true],
  PT: ["9946", true],
  RO: ["9947", true],
  // The number of the organisation, without what VAT adds to it.
  SE: ["0007", /\d{10}(?=01$)/],
  SI: ["9949", true],
  SK: ["9950", true],
};

const digitsOf = (vatNumber: string, country: string): string => vatNumber.slice(vatPrefixOf(country).length);

/** Undefined where the country's scheme is not known, or the number is another country's. */
export function electronicAddress(country: string, vatNumber: string | undefined): Registered | undefined {
  const [scheme, letters] = schemes[country] ?? [];
  if (scheme === undefined || !vatNumber?.startsWith(vatPrefixOf(country))) return undefined;
  if (letters === true) return { scheme, id: vatNumber };
  const id = letters ? letters.exec(vatNumber)?.[0] : digitsOf(vatNumber, country);
  return id === undefined ? undefined : { scheme, id };
}

/** The number in the register of companies that a VAT number holds, where it holds one (ISO 6523): Belgium's is all of it, France's the last nine digits, Sweden's all but the last two. */
export function registeredAs(country: string, vatNumber: string | undefined): Registered | undefined {
  if (!vatNumber?.startsWith(country)) return undefined;
  if (country === "BE") return { scheme: "0208", id: digitsOf(vatNumber, country) };
  if (country === "SE") return electronicAddress(country, vatNumber);
  return country === "FR" ? { scheme: "0002", id: vatNumber.slice(-9) } : undefined;
}
