// The coop's letterhead: set at the founding, changed by the board, read by whoever makes a paper.
import { objectionToVatNumber, vatNumberAsTyped, type Letterhead } from "@partcommune/shared/platform/letterhead";
import type { changeLetterhead as ChangeLetterhead } from "@partcommune/shared/platform/api";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Database, Tx } from "./database.ts";
import { readIban } from "./iban.ts";
import { refuseIf, refuseUnless } from "./refused.ts";
import { readVatNumber } from "./vat-numbers.ts";
import type { Action } from "./scope.ts";

/** What a person typed, brought to the forms that are printed. */
export function readLetterhead(country: string, { vatNumber, iban, ...address }: InputOf<typeof ChangeLetterhead>): Letterhead {
  if (vatNumber !== undefined) refuseIf(objectionToVatNumber(country, vatNumberAsTyped(vatNumber)));
  const number = vatNumber === undefined ? undefined : readVatNumber(vatNumber);
  return {
    ...address,
    ...(number === undefined ? {} : { vatNumber: number }),
    ...(iban === undefined ? {} : { iban: readIban(iban) }),
  };
}

/** A letterhead as a row keeps it. */
export const columnsOf = ({ vatNumber, iban, phone, email, ...address }: Letterhead) => ({
  ...address,
  vat_number: vatNumber ?? null,
  iban: iban ?? null,
  phone: phone ?? null,
  email: email ?? null,
});

/** The letterhead in force: a paper freezes it as it is now. */
export async function letterheadOf(db: Database | Tx): Promise<Letterhead> {
  const row = await db
    .selectFrom("platform.coop")
    .select(["street", "postcode", "town", "vat_number", "iban", "phone", "email"])
    .executeTakeFirst();
  refuseUnless(row !== undefined, "not-founded");
  const { vat_number: vatNumber, iban, phone, email, ...address } = row;
  return {
    ...address,
    ...(vatNumber === null ? {} : { vatNumber }),
    ...(iban === null ? {} : { iban }),
    ...(phone === null ? {} : { phone }),
    ...(email === null ? {} : { email }),
  };
}

/** Changes what stands on papers from now on; those that are issued stay as they are. */
export const changeLetterhead: Action<InputOf<typeof ChangeLetterhead>, AnswerOf<typeof ChangeLetterhead>> = async (scope, typed) => {
  const coop = await scope.tx.selectFrom("platform.coop").select(["id", "country"]).forUpdate().executeTakeFirst();
  refuseUnless(coop !== undefined, "not-founded");
  const letterhead = readLetterhead(coop.country, typed);
  await scope.tx.updateTable("platform.coop").set(columnsOf(letterhead)).where("id", "=", coop.id).execute();
  scope.emit({ type: "letterhead.changed", subject: coop.id, body: letterhead, about: ["coop"] });
  return {};
};
