// The money of three coops: clients pay, sisters settle, members are paid, each by two treasurers; and what three books say of each other.
import { balancesUnder } from "@partcommune/server/money/index";
import { listSettling } from "@partcommune/shared/federation/api/settling";
import {
  confirmBankLine,
  enterBankLine,
  listOpenInvoices,
  listPayables,
  listPayouts,
  orderPayouts,
  signPayout,
} from "@partcommune/shared/money/api";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import { printedLedger } from "../support/ledger.ts";
import { told } from "../support/told.ts";
import { eur } from "../support/treasury.ts";
import type { House, Three } from "./three-houses.ts";

/** A line of the bank that one treasurer enters and the other confirms. */
export async function booked({ coop, tess, tom }: House, amount: string, means: AskedOf<typeof enterBankLine>["means"]): Promise<void> {
  const bookedOn = coop.now().slice(0, 10);
  const reference = `${Object.values(means).join(" ")} ${amount}`;
  const { id: line } = await told(tess, enterBankLine, { bookedOn, amount: eur(amount), reference, means });
  await told(tom, confirmBankLine, { line });
  await coop.settle();
}

/** The client pays its one open invoice. */
export async function clientPays(house: House): Promise<void> {
  const [open] = (await told(house.tess, listOpenInvoices, {})).items;
  if (!open) throw new Error(`${house.name} has no open invoice`);
  await booked(house, open.gross.amount, { kind: "clientPaid", invoice: open.id });
}

type Account = ToldOf<typeof listSettling>["items"][number];

/** What a coop keeps with a sister, as its treasurers read it. */
export async function keptWith({ tess, name }: House, sister: House): Promise<Account> {
  const found = (await told(tess, listSettling, {})).items.find((each) => each.name === sister.name);
  if (!found) throw new Error(`${name} keeps no account with ${sister.name}`);
  return found;
}

/** What a round left between two coops leaves one's bank and arrives at the other's. */
export async function settledBy(debtor: House, creditor: House): Promise<void> {
  const [ours, theirs] = [await keptWith(debtor, creditor), await keptWith(creditor, debtor)];
  const amount = theirs.settlement.amount;
  await booked(debtor, amount, { kind: "settlementPaid", sister: ours.host });
  await booked(creditor, amount, { kind: "settlementReceived", sister: theirs.host });
}

/** All that is ready goes to the members: ordered by one treasurer, signed by the other, and booked as the bank says. */
export async function membersArePaid(house: House): Promise<void> {
  const { tess, tom } = house;
  const ready = (await told(tess, listPayables, {})).items.filter(({ waitsFor }) => waitsFor === undefined);
  const { id, hash } = await told(tess, orderPayouts, { payables: ready.map((payable) => payable.id) });
  await told(tom, signPayout, { payout: id, hash });
  const items = (await told(tess, listPayouts, {})).items.find((payout) => payout.id === id)?.items ?? [];
  for (const { id: item, amount } of items) await booked(house, amount.amount, { kind: "payoutSettled", item });
}

/** What a coop's book says of its sisters: one line for each account, by the sister's name. */
async function saidOf({ coop, names }: House): Promise<ReadonlyMap<string, bigint>> {
  const kept = await Promise.all(["payable:coop:", "receivable:coop:", "settlement:coop:"].map((prefix) => balancesUnder(coop, prefix)));
  return new Map(
    kept.flat().map(({ account: { code, owner = "" }, balance }) => [code.replace(owner, names[owner] ?? owner), balance.minor]),
  );
}

const pairsOf = ({ brussels, lille, berlin }: Three): readonly (readonly [House, House])[] => [
  [brussels, lille],
  [lille, brussels],
  [lille, berlin],
  [berlin, lille],
];

/** What one coop of a pair owes the other in its own book, and what that other expects in its. */
export async function mirrors(three: Three): Promise<readonly (readonly [string, bigint, bigint])[]> {
  const said = new Map(await Promise.all(three.all.map(async (house) => [house, await saidOf(house)] as const)));
  const at = (house: House, account: string): bigint => said.get(house)?.get(account) ?? 0n;
  return pairsOf(three).flatMap(([one, other]) => [
    [`${one.name} owes ${other.name}`, -at(one, `payable:coop:${other.name}`), at(other, `receivable:coop:${one.name}`)] as const,
    [
      `${one.name} settles with ${other.name}`,
      -at(one, `settlement:coop:${other.name}`),
      at(other, `settlement:coop:${one.name}`),
    ] as const,
  ]);
}

/** The books of these houses, one under the other. */
export async function ledgersOf(all: readonly House[]): Promise<string> {
  const books = await Promise.all(all.map(async ({ name, coop, names }) => `${name}\n\n${await printedLedger(coop, names)}`));
  return books.join("\n\n");
}
