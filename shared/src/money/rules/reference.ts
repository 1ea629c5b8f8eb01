// Structured payment references (ISO 11649): a client's bank finds a mistyped one before the money leaves.

/** The remainder by 97 of a text in which A is 10 and Z is 35 (ISO 7064). */
function mod97(text: string): number {
  const digits = text.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return Number(BigInt(digits) % 97n);
}

/** The reference of a paper's number, `BE-2026-000123` → `RF772026000123`, in the compact form that banks compare. */
export function rfReference(number: string): string {
  const body = number.replaceAll(/\D/g, "");
  return `RF${String(98 - mod97(`${body}RF00`)).padStart(2, "0")}${body}`;
}

export const isRfReference = (text: string): boolean =>
  /^RF\d\d[0-9A-Z]{1,21}$/.test(text) && mod97(text.slice(4) + text.slice(0, 4)) === 1;

/** In groups of four, as it is read aloud. */
export const spaced = (reference: string): string => reference.replaceAll(/(.{4})(?=.)/g, "$1 ");
