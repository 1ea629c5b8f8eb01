// What a person typed as a VAT number, brought to its one form or refused.
import { stdnum } from "stdnum";
import { vatNumberAsTyped } from "@partcommune/shared/platform/letterhead";
import { refuseUnless } from "./refused.ts";

/** By the letters it begins with (Directive 2006/112/EC, article 215): what a member state calls its number, by whose rule the digits are reckoned. */
const names: Readonly<Record<string, string>> = {
  AT: "uid",
  BE: "vat",
  BG: "vat",
  CY: "vat",
  CZ: "dic",
  DE: "vat",
  DK: "cvr",
  EE: "kmkr",
  EL: "vat",
  ES: "nif",
  FI: "alv",
  FR: "tva",
  HR: "oib",
  HU: "anum",
  IE: "vat",
  IT: "iva",
  LT: "pvm",
  LU: "tva",
  LV: "pvn",
  MT: "vat",
  NL: "btw",
  PL: "nip",
  PT: "nif",
  RO: "cif",
  SE: "vat",
  SI: "ddv",
  SK: "dph",
};

/** Ends the act where an organisation gives a number that is none. */
export function refuseUnlessVatNumber({ vatNumber }: { readonly vatNumber?: string | undefined }): void {
  if (vatNumber !== undefined) readVatNumber(vatNumber);
}

/**
 * The compact form. Of a number that begins with no member state's letters nobody here can say whether it is one; whether one was given out,
 * only its authority knows.
 */
export function readVatNumber(typed: string): string {
  const number = vatNumberAsTyped(typed);
  refuseUnless(hasItsDigits(number), "vat-number-wrong", { number });
  return number;
}

function hasItsDigits(number: string): boolean {
  const letters = number.slice(0, 2);
  if (!Object.hasOwn(names, letters)) return true;
  return stdnum[letters === "EL" ? "GR" : letters]?.[names[letters] ?? ""]?.validate(number).isValid === true;
}
