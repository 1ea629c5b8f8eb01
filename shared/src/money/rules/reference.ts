// Structured payment references: a client's bank finds a mistyped one before the money leaves. Ours is the European one (ISO 11649); Belgian banks also know their own.

/** The remainder by 97 of a text in which A is 10 and Z is 35 (ISO 7064). */
const mod97 = (text: string): number => Number(BigInt(text.replaceAll(/[A-Z]/g, (sign) => String(Number.parseInt(sign, 36)))) % 97n);

/** The reference of a paper's number, `BE-2026-000123` → `RF772026000123`, in the compact form that banks compare. */
export function rfReference(number: string): string {
  const body = number.replaceAll(/\D/g, "");
  return `RF${String(98 - mod97(`${body}RF00`)).padStart(2, "0")}${body}`;
}

/** The first ten digits of a Belgian reference say what it is about, the last two check them. */
const belgian = /^(\d{10})(\d{2})$/;
const belgianCheck = (body: string): string => String(BigInt(body) % 97n || 97n).padStart(2, "0");

/** The same in the form that Belgian banks ask for, `BE-2026-000123` → `+++202/6000/12320+++`; undefined where the number does not fit into it. */
export function belgianReference(number: string): string | undefined {
  const body = number.replaceAll(/\D/g, "");
  if (body.length !== 10) return undefined;
  return `+++${`${body}${belgianCheck(body)}`.replace(/^(.{3})(.{4})/, "$1/$2/")}+++`;
}

/** The European form of a Belgian reference, of its twelve digits; undefined where they do not check. */
export function rfOfBelgian(digits: string): string | undefined {
  const [, body = "", check] = belgian.exec(digits) ?? [];
  return check !== undefined && check === belgianCheck(body) ? rfReference(body) : undefined;
}

export const isRfReference = (text: string): boolean =>
  /^RF\d\d[0-9A-Z]{1,21}$/.test(text) && mod97(text.slice(4) + text.slice(0, 4)) === 1;

/** In groups of four, as it is read aloud. */
export const spaced = (reference: string): string => reference.replaceAll(/(.{4})(?=.)/g, "$1 ");
