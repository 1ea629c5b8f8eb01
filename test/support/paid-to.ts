// What a member says before they can be paid for work: to which account, and how they bill the coop.
import { readBilling, setBilling, setIban } from "@partcommune/shared/money/api";
import { readCoop } from "@partcommune/shared/platform/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { Caller } from "./coop.ts";
import { told } from "./told.ts";

export type Business = Omit<AskedOf<typeof setBilling>, "member" | "language" | "agreement">;

/** A small business at home, whose invoices bear no VAT; or another, as far as it is said. */
export async function bills(caller: Caller, member: string, business: Partial<Business> = {}): Promise<string> {
  const { texts } = await told(caller, readBilling, { member });
  const { country = "BE" } = await told(caller, readCoop, {});
  const small = { name: "Atelier", street: "Rue Haute 12", postcode: "1000", town: "Bruxelles", country, scheme: "exempt" } as const;
  const [text] = texts;
  if (!text) throw new Error("there is no text to agree to");
  const { biller } = await told(caller, setBilling, {
    member,
    ...small,
    taxNumber: `${country === "BE" ? "BE" : ""}0123456749`,
    ...business,
    language: text.language,
    agreement: text.hash,
  });
  return biller;
}

/** Both at once, with a fresh proof: from then on work is paid to them. */
export async function paidTo(caller: Caller, member: string, iban: string, business: Partial<Business> = {}): Promise<void> {
  await told(caller, setIban, { member, iban });
  await bills(caller, member, business);
}
