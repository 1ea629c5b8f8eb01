// The letter about a bank account: it goes to the address that was known before, whoever set the account.
import type { Id } from "@partcommune/shared/platform/id";
import { millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import { firstSpoken } from "@partcommune/shared/platform/spoken";
import { addressOf } from "../../membership/index.ts";
import { writeLetter } from "../../platform/letters.ts";
import { found } from "../../platform/refused.ts";
import { viewOf, type Action } from "../../platform/scope.ts";
import { houseOf } from "../store/house.ts";
import { ibanRow } from "../store/ibans.ts";

/** Writes to a person to which account their money goes, and from when. */
export const writeOfIban: Action<{ iban: Id }, Record<string, never>> = async (scope, { iban: id }) => {
  const { person, masked, countsFrom } = found(await ibanRow(scope, id));
  const { email, language } = found(await addressOf(viewOf(scope), person));
  const { name: coop, zone } = await houseOf(scope.tx);
  await writeLetter(scope, {
    to: email,
    language,
    kind: "ibanSet",
    params: { coop, iban: masked, from: spoken(countsFrom, language, zone) },
  });
  return {};
};

const spoken = (at: Instant, language: string, zone: string): string =>
  firstSpoken(
    new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: zone }).format(millisecondsOf(at)),
    language,
  );
