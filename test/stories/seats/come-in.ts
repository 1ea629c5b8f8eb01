// Members who were read in from a list come in for the first time: by a mailed code, and each shows a page in the directory.
import { saveProfile } from "@partcommune/shared/membership/api/directory";
import { askToSignIn, openSession, readMe } from "@partcommune/shared/membership/api";
import { proving } from "../../support/authenticator.ts";
import type { Caller, TestCoop } from "../../support/coop.ts";
import { codeFor } from "../../support/people.ts";
import { told } from "../../support/told.ts";
import { inTurn } from "../town/telling.ts";
import { addressOf, nameOf } from "./list.ts";

export type Seated = { readonly caller: Caller; readonly member: string; readonly seat: number };

/** Each knocks from an address of their own, as people do. */
const homeOf = (seat: number) => (): string => `10.${(seat >> 16) + 1}.${(seat >> 8) & 255}.${seat & 255}`;

/** The first so many of the list. */
export async function comeIn(coop: TestCoop, count: number): Promise<readonly Seated[]> {
  const callers = Array.from({ length: count }, (_, seat) => coop.someone(homeOf(seat)));
  const each = async <Told>(act: (caller: Caller, seat: number) => Promise<Told>): Promise<readonly Told[]> =>
    Promise.all(callers.map((caller, seat) => inTurn(() => act(caller, seat))));
  await each((caller, seat) => told(caller, askToSignIn, { email: addressOf(seat), language: "en" }));
  await coop.settle();
  await each((caller, seat) => told(caller, openSession, { email: addressOf(seat), code: codeFor(coop, addressOf(seat)) }));
  return each(async (caller, seat) => {
    const { person } = await told(caller, readMe, {});
    await told(caller, saveProfile, {
      handle: `seat-${seat}`,
      shown: true,
      headline: `Translation, ${nameOf(seat)}`,
      about: "Contracts and catalogues.",
      languages: ["fr"],
      places: ["Bruxelles"],
    });
    return { caller: proving(coop, caller), member: person?.member ?? "", seat };
  });
}
