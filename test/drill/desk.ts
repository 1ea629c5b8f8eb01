// The desk of a drill: two treasurers with a passkey each, the account that is paid from, and the member's account.
import { giveRole, listPeople, readMe } from "@partcommune/shared/membership/api";
import { addPasskey, askToAddPasskey } from "@partcommune/shared/membership/api/passkeys";
import { confirmHouseAccount, proposeHouseAccount, readBilling, readPayoutFile, setBilling, setIban } from "@partcommune/shared/money/api";
import { askToProve, prove } from "@partcommune/shared/platform/api/proof";
import { newAuthenticator, type Authenticator } from "../support/authenticator.ts";
import { joined, type Cast } from "./acts.ts";
import type { Caller, Crowd } from "./callers.ts";
import type { Yard } from "./yard.ts";

export type Desk = {
  readonly tess: Caller;
  readonly tom: Caller;
  /** Both prove anew that it is they. */
  readonly prove: () => Promise<void>;
  /** The file of a payout, as Tess downloads it. */
  readonly file: (payout: string) => Promise<string>;
};

export async function openDesk(yard: Yard, crowd: Crowd, { founder, bidders }: Cast): Promise<Desk> {
  const keys = new Map<Caller, Authenticator>();
  const withPasskey = async (caller: Caller): Promise<void> => {
    const key = newAuthenticator(yard.origin);
    const question = await caller.act("question", askToAddPasskey, {});
    if (question) await caller.act("passkey", addPasskey, key.create(question));
    keys.set(caller, key);
  };
  const proves = async (caller: Caller): Promise<void> => {
    const question = await caller.act("proof question", askToProve, {});
    const key = keys.get(caller);
    if (question && key) await caller.act("proof", prove, key.sign(question));
  };
  const treasurer = async (name: string): Promise<Caller> => {
    const caller = await joined(yard, crowd, name);
    const person = (await founder.read(listPeople, {}))?.items.find((each) => each.name === name)?.id ?? "";
    await founder.act("role", giveRole, { person, role: "treasurer" });
    await withPasskey(caller);
    return caller;
  };
  const [tess, tom] = [await treasurer("tess"), await treasurer("tom")];
  for (const each of [tess, tom]) await proves(each);
  const proposed = await tess.act("house", proposeHouseAccount, { iban: "BE68539007547034", holder: "Atelier Commun" });
  await tom.act("house confirmed", confirmHouseAccount, { account: proposed?.id ?? "" });
  const [member] = bidders;
  if (!member) throw new Error("a desk pays somebody");
  await withPasskey(member);
  await proves(member);
  const me = await member.read(readMe, {});
  const own = { member: me?.person?.member ?? "" };
  await member.act("iban", setIban, { ...own, iban: "BE71 0961 2345 6769" });
  const [text] = (await member.read(readBilling, own))?.texts ?? [];
  if (!text) throw new Error("there is no text to agree to");
  const business = { name: "Atelier", street: "Rue Haute 12", postcode: "1000", town: "Bruxelles", country: "BE" };
  const small = { ...business, scheme: "exempt", taxNumber: "BE0123456749" } as const;
  await member.act("billing", setBilling, { ...own, ...small, language: text.language, agreement: text.hash });
  return {
    tess,
    tom,
    prove: async () => void (await Promise.all([tess, tom].map(proves))),
    file: async (payout) => (await tess.file(readPayoutFile, { payout })) ?? "",
  };
}
