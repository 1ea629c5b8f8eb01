// What stands on the coop's papers besides its name, and how a VAT number of its country looks.
import { refuse, type Refusal } from "./refusal.ts";

export type Letterhead = {
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly vatNumber?: string;
  /** Where clients pay to; without one the coop tells its account by itself. */
  readonly iban?: string;
  /** Where whoever holds a paper asks about it. */
  readonly phone?: string;
  readonly email?: string;
};

/** By country: the form (Directive 2006/112/EC, article 215, as VIES reads it) and an example of it. */
const vatNumbers: Readonly<Record<string, { readonly form: RegExp; readonly like: string }>> = {
  AT: { form: /^ATU\d{8}$/, like: "ATU12345678" },
  BE: { form: /^BE[01]\d{9}$/, like: "BE0123456749" },
  DE: { form: /^DE\d{9}$/, like: "DE123456789" },
  ES: { form: /^ES[0-9A-Z]\d{7}[0-9A-Z]$/, like: "ESB12345678" },
  FR: { form: /^FR[0-9A-HJ-NP-Z]{2}\d{9}$/, like: "FR12345678901" },
  HU: { form: /^HU\d{8}$/, like: "HU12345678" },
  IT: { form: /^IT\d{11}$/, like: "IT12345678901" },
  NL: { form: /^NL\d{9}B\d{2}$/, like: "NL123456789B01" },
  SE: { form: /^SE\d{10}01$/, like: "SE123456789001" },
};

/** A number as people type it, `be 0123.456.749`, in its one form. */
export const vatNumberAsTyped = (typed: string): string => typed.replaceAll(/[\s.-]/g, "").toUpperCase();

/** Why this is no VAT number of a coop in this country. Whether the number is given out, only its authority knows. */
export function objectionToVatNumber(country: string, vatNumber: string): Refusal | undefined {
  const known = vatNumbers[country];
  return known && !known.form.test(vatNumber) ? refuse("vat-number-unlike", { country, like: known.like }) : undefined;
}
