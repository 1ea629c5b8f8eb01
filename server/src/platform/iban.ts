// What a person typed as a bank account, brought to its one form or refused.
import { isQRIBAN, isSEPACountry, validateIBAN, ValidationErrorsIBAN } from "ibantools";
import { refuseUnless } from "./refused.ts";

/** The compact form. Only plain letters, digits and spaces are read, so that no look-alike passes for one. */
export function readIban(typed: string): string {
  const iban = typed.replaceAll(/[ \u00a0\u202f]/g, "").toUpperCase();
  refuseUnless(/^[A-Za-z0-9 \u00a0\u202f]+$/.test(typed), "iban-unreadable", { because: "signs" });
  const { valid, errorCodes } = validateIBAN(iban);
  refuseUnless(valid, "iban-unreadable", { because: isMistyped(errorCodes) ? "checksum" : "length or country" });
  // A QR-IBAN takes payments by reference only, which a payout does not have.
  refuseUnless(isSEPACountry(iban.slice(0, 2)) && !isQRIBAN(iban), "iban-unreadable", { because: "area" });
  return iban;
}

const isMistyped = (codes: readonly ValidationErrorsIBAN[]): boolean =>
  codes.includes(ValidationErrorsIBAN.WrongIBANChecksum) || codes.includes(ValidationErrorsIBAN.ChecksumNotNumber);
