// Who lives a year of the guarantee: a coop of Brussels with its fund opened by two treasurers, its members with an account each, and its clients.
import type { Test } from "tap";
import {
  admitMember,
  applyAsMember,
  askToSignUp,
  confirmMember,
  foundClient,
  giveRole,
  openSession,
} from "@partcommune/shared/membership/api";
import { nameLender } from "@partcommune/shared/money/api";
import { moneyText, type Money } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import { proving } from "../../support/authenticator.ts";
import { openCoop, type Caller, type TestCoop } from "../../support/coop.ts";
import { paidTo } from "../../support/paid-to.ts";
import { addressOf, codeFor, founder, organisation, personNamed, signedUp } from "../../support/people.ts";
import { bankBooked, houseAccount } from "../../support/treasury.ts";
import type { OpeningFund } from "./fund.ts";
import type { Plan } from "./plan.ts";
import { inTurn, settled, told } from "./telling.ts";

export type Client = { readonly caller: Caller; readonly client: string };
export type Member = { readonly caller: Caller; readonly member: string };

export type Town = {
  readonly coop: TestCoop;
  readonly tess: Caller;
  readonly tom: Caller;
  readonly clients: readonly Client[];
  readonly members: readonly Member[];
  /** What came onto the bank account on the first day. */
  readonly opened: Money;
};

let homes = 0;
/** Everybody knocks from a new address each time: the doors count how often one does within a minute, and weeks pass in less. */
const home = (): string => `10.${(homes += 1) >> 16}.${(homes >> 8) & 255}.${homes & 255}`;

export async function openTown(t: Test, { size, begins }: Plan, fund: OpeningFund, seed: string): Promise<Town> {
  const coop = await openCoop(t, { seed: `guarantee-year ${seed}`, now: `${begins}T06:00:00Z` as Instant });
  const board = await founder(coop);
  const treasurer = async (name: string): Promise<Caller> => {
    const caller = await signedUp(coop, name, home);
    await told(board, giveRole, { person: await personNamed(board, name), role: "treasurer" });
    return proving(coop, caller);
  };
  const [tess, tom] = [await treasurer("Tess"), await treasurer("Tom")];
  await houseAccount({ tess, tom });
  await openFund({ coop, tess, tom }, fund);
  const buyers = await signedUpTogether(coop, size.clients, "Client");
  const clients = await Promise.all(buyers.map((caller, at) => inTurn(() => founded(caller, at))));
  const workers = await signedUpTogether(coop, size.members, "Member");
  const members = await Promise.all(workers.map((caller, at) => inTurn(() => admitted(coop, board, caller, at))));
  return { coop, tess, tom, clients, members, opened: fund.cash };
}

/** The forecast's pot, every other pot at its floor, and the rest lent. */
async function openFund(stage: Pick<Town, "coop" | "tess" | "tom">, { pot, cash }: OpeningFund): Promise<void> {
  const [insurance, reserve] = [200_000n, 1_000_000n];
  const endowed = async (into: "guarantee" | "insurance" | "reserve", minor: bigint): Promise<void> => {
    const means = { kind: "endowed", pot: into, by: "founders", from: "Fanny Founder" } as const;
    await bankBooked(stage, means, moneyText({ minor, currency: "EUR" }).amount);
  };
  await endowed("guarantee", pot.minor);
  await endowed("insurance", insurance);
  await endowed("reserve", reserve);
  const { id: lender } = await told(stage.tess, nameLender, { name: "Caisse des Quais" });
  const lent = moneyText({ minor: cash.minor - pot.minor - insurance - reserve, currency: "EUR" }).amount;
  await bankBooked(stage, { kind: "loanReceived", lender }, lent);
}

/** Many who sign up with a mailed code: their letters leave at once. */
async function signedUpTogether(coop: TestCoop, count: number, name: string): Promise<readonly Caller[]> {
  const people = Array.from({ length: count }, (_, at) => ({ name: `${name} ${at}`, caller: coop.someone(home) }));
  const each = (act: (caller: Caller, name: string) => Promise<unknown>) =>
    Promise.all(people.map((one) => inTurn(() => act(one.caller, one.name))));
  await each((caller, of) => told(caller, askToSignUp, { name: of, email: addressOf(of), language: "en" }));
  await settled(coop);
  await each((caller, of) => told(caller, openSession, { email: addressOf(of), code: codeFor(coop, addressOf(of)) }));
  return people.map(({ caller }) => caller);
}

async function founded(caller: Caller, at: number): Promise<Client> {
  return { caller, client: (await told(caller, foundClient, { ...organisation, name: `House ${at} SA` })).id };
}

async function admitted(coop: TestCoop, board: Caller, caller: Caller, at: number): Promise<Member> {
  const { id: member } = await told(caller, applyAsMember, { status: "invoiced", trade: "graphic design" });
  await told(board, admitMember, { member });
  await told(board, confirmMember, { member });
  await paidTo(proving(coop, caller), member, ibanOf(at));
  return { caller, member };
}

/** A Belgian account that is right in form and belongs to nobody: bank 999 is not given out. */
export function ibanOf(number: number): string {
  const digits = `999${String(number).padStart(7, "0")}`;
  const inner = digits + String(BigInt(digits) % 97n || 97n).padStart(2, "0");
  return `BE${String(98n - (BigInt(`${inner}111400`) % 97n)).padStart(2, "0")}${inner}`;
}
