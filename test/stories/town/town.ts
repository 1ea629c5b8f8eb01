// Who lives in a town: a coop with its fund opened by two treasurers, its members with an account each, and its clients.
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
import { recordEmployment } from "@partcommune/shared/membership/api/employment";
import { nameLender, setIban } from "@partcommune/shared/money/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { minus, moneyText, type Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { proving } from "../../support/authenticator.ts";
import { openCoop, type Caller, type TestCoop } from "../../support/coop.ts";
import { paidTo, type Business } from "../../support/paid-to.ts";
import { lille } from "../../support/founding.ts";
import { addressOf, codeFor, founder, personNamed, signedUp } from "../../support/people.ts";
import { bankBooked, houseAccount } from "../../support/treasury.ts";
import type { OpeningFund } from "./fund.ts";
import { inTurn, settled, told } from "./telling.ts";

export type Client = { readonly caller: Caller; readonly client: string };
export type Member = { readonly caller: Caller; readonly member: string };

/** What is different from town to town. */
export type House = {
  readonly founding: Parameters<typeof founder>[1];
  readonly place: { readonly town: string; readonly country: string };
  /** Of whoever asks VAT there. */
  readonly vatNumber: string;
  /** By which the social office knows who is employed. */
  readonly reference: (at: number) => string;
};

export const brussels: House = {
  founding: {},
  place: { town: "Bruxelles", country: "BE" },
  vatNumber: "BE0202239951",
  reference: (at) => String(1_000_000_000 + at),
};

export const inLille: House = {
  founding: lille,
  place: { town: "Lille", country: "FR" },
  vatNumber: lille.letterhead.vatNumber,
  reference: (at) => `D-2026-${at}`,
};

/** How members are paid: on the invoice of a small business or of one that asks VAT, or through payroll. */
export const ways = ["small", "registered", "employee"] as const;
export type Way = (typeof ways)[number];

export type Town = {
  readonly coop: TestCoop;
  readonly house: House;
  readonly board: Caller;
  readonly tess: Caller;
  readonly tom: Caller;
  readonly clients: readonly Client[];
  readonly members: readonly Member[];
  /** What came onto the bank account on the first day. */
  readonly opened: Money;
};

export type Settlers = {
  readonly seed: string;
  readonly begins: Day;
  readonly house: House;
  readonly fund: OpeningFund;
  readonly clients: readonly AskedOf<typeof foundClient>[];
  readonly members: readonly Way[];
};

let homes = 0;
/** Everybody knocks from a new address each time: the doors count how often one does within a minute, and weeks pass in less. */
const home = (): string => `10.${(homes += 1) >> 16}.${(homes >> 8) & 255}.${homes & 255}`;

export async function openTown(t: Test, { seed, begins, house, fund, clients: founding, members: joining }: Settlers): Promise<Town> {
  const coop = await openCoop(t, { seed, now: `${begins}T06:00:00Z` as Instant });
  const board = await founder(coop, house.founding);
  const treasurer = async (name: string): Promise<Caller> => {
    const caller = await signedUp(coop, name, home);
    await told(board, giveRole, { person: await personNamed(board, name), role: "treasurer" });
    return proving(coop, caller);
  };
  const [tess, tom] = [await treasurer("Tess"), await treasurer("Tom")];
  await houseAccount({ tess, tom });
  const opened = await openFund({ coop, tess, tom }, fund);
  const buyers = await signedUpTogether(coop, founding.length, "Client");
  const clients = await Promise.all(
    founding.map((wish, at) =>
      inTurn(async () => {
        const caller = buyers[at] ?? board;
        return { caller, client: (await told(caller, foundClient, wish)).id };
      }),
    ),
  );
  const workers = await signedUpTogether(coop, joining.length, "Member");
  const members = await Promise.all(
    joining.map((way, at) => inTurn(() => admitted({ coop, house, board, begins }, workers[at] ?? board, way, at))),
  );
  return { coop, house, board, tess, tom, clients, members, opened };
}

/** The forecast's pot, every other pot at its floor, and the rest lent, where the cash has to be more. What is on the account then. */
async function openFund(stage: Pick<Town, "coop" | "tess" | "tom">, { pot, cash }: OpeningFund): Promise<Money> {
  const [insurance, reserve] = [200_000n, 1_000_000n];
  const endowed = async (into: "guarantee" | "insurance" | "reserve", minor: bigint): Promise<void> => {
    const means = { kind: "endowed", pot: into, by: "founders", from: "Fanny Founder" } as const;
    await bankBooked(stage, means, moneyText({ minor, currency: "EUR" }).amount);
  };
  await endowed("guarantee", pot.minor);
  await endowed("insurance", insurance);
  await endowed("reserve", reserve);
  const given = { ...cash, minor: pot.minor + insurance + reserve };
  const lent = minus(cash, given);
  if (lent.minor <= 0n) return given;
  const { id: lender } = await told(stage.tess, nameLender, { name: "Caisse des Quais" });
  await bankBooked(stage, { kind: "loanReceived", lender }, moneyText(lent).amount);
  return cash;
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

type Admitting = Pick<Town, "coop" | "house" | "board"> & Pick<Settlers, "begins">;

async function admitted({ coop, house, board, begins }: Admitting, caller: Caller, way: Way, at: number): Promise<Member> {
  const isEmployed = way === "employee";
  const { id: member } = await told(caller, applyAsMember, { status: isEmployed ? "employee" : "invoiced", trade: "graphic design" });
  await told(board, admitMember, { member });
  await told(board, confirmMember, { member });
  const iban = ibanOf(at);
  if (isEmployed) {
    await told(board, recordEmployment, { member, reference: house.reference(at), from: begins });
    await told(proving(coop, caller), setIban, { member, iban });
  } else await paidTo(proving(coop, caller), member, iban, businessOf(way, house));
  return { caller, member };
}

const businessOf = (way: Way, { vatNumber }: House): Partial<Business> =>
  way === "registered" ? { scheme: "registered", taxNumber: vatNumber } : {};

/** A Belgian account that is right in form and belongs to nobody: bank 999 is not given out. */
export function ibanOf(number: number): string {
  const digits = `999${String(number).padStart(7, "0")}`;
  const inner = digits + String(BigInt(digits) % 97n || 97n).padStart(2, "0");
  return `BE${String(98n - (BigInt(`${inner}111400`) % 97n)).padStart(2, "0")}${inner}`;
}
