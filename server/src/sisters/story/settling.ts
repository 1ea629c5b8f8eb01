// What coops owe each other at the story's end: two books that mirror each other, a round for each pair, and the money of three banks.
import { listSettling } from "@partcommune/shared/federation/api/settling";
import { readSister, listSisters } from "@partcommune/shared/federation/api/sisters";
import { readMe } from "@partcommune/shared/membership/api";
import {
  confirmBankLine,
  enterBankLine,
  listOpenInvoices,
  listPayables,
  listPayouts,
  orderPayouts,
  readBilling,
  setBilling,
  setIban,
  signPayout,
} from "@partcommune/shared/money/api";
import { readCoop } from "@partcommune/shared/platform/api";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import { euros, nextMorning, unless } from "./expecting.ts";
import { pairsOf, type House, type Houses } from "./house.ts";

type Kept = ToldOf<typeof listSettling>["items"][number];

/** What a coop's book says of a sister. */
async function kept({ treasurers, name }: House, sister: House): Promise<Kept> {
  const found = (await treasurers[0].asks(listSettling, {})).items.find((each) => each.name === sister.name);
  if (!found) throw new Error(`${name} keeps no account with ${sister.name}`);
  return found;
}

/** Lines of the books that mirror each other: what one coop of a pair says of the other, and what that one says of it. */
export async function mirrored(houses: Houses): Promise<readonly string[]> {
  const lines: Line[] = [];
  for (const [one, other] of pairsOf(houses)) {
    const [ours, theirs] = [await kept(one, other), await kept(other, one)];
    if (theirs.claims.some((claim) => claim.ours))
      lines.push(["payable", one, negative(ours.payable.amount), "receivable", other, theirs.receivable.amount]);
    if (ours.claims.some((claim) => claim.ours))
      lines.push(["receivable", one, ours.receivable.amount, "payable", other, negative(theirs.payable.amount)]);
    if (ours.rounds.length > 0) lines.push(["settlement", one, ours.settlement.amount, "settlement", other, theirs.settlement.amount]);
  }
  return ["What the ledgers say of each other, account by account; each line comes to nothing:", ...lines.map(lineOf)];
}

type Line = readonly [string, House, string, string, House, string];

/** As the two ledgers have it: what is owed stands below zero, and the two come to nothing together. */
function lineOf([account, one, amount, mirror, other, mirrors]: Line): string {
  const own = `${one.name}  ${account}:coop:${other.name}`;
  const its = `${other.name}  ${mirror}:coop:${one.name}`;
  unless(Number(amount) + Number(mirrors) === 0, `${own} ${amount} is not mirrored by ${its} ${mirrors}`);
  return `  ${own.padEnd(44)}${amount.padStart(9)}   ${its.padEnd(44)}${mirrors.padStart(9)}  EUR`;
}

const negative = (amount: string): string => (Number(amount) === 0 ? amount : `-${amount}`);

/** Every claim between two coops stands on both sides as the same sum, and both have said yes to it. */
export async function claimed(houses: Houses): Promise<readonly string[]> {
  const told: string[] = [];
  for (const pair of pairsOf(houses))
    for (const [creditor, debtor] of [pair, pair.toReversed() as [House, House]])
      for (const { engagement, due, state } of (await kept(creditor, debtor)).claims.filter(({ ours }) => ours)) {
        const theirs = (await kept(debtor, creditor)).claims.find((each) => each.engagement === engagement);
        unless(state === "accepted" && theirs?.state === "accepted", `the claim about ${engagement} is ${state} and ${theirs?.state}`);
        told.push(
          `${creditor.name} claims ${due.amount} EUR of ${debtor.name}, under signature; ${debtor.name} reckons the same and accepts`,
        );
      }
  return told;
}

/** The clients pay, each pair sets off on its day, who owes pays by bank, and the members get what they earned. */
export async function setOff(houses: Houses): Promise<readonly string[]> {
  const told: string[] = [];
  for (const house of houses.all) told.push(await clientPays(house, dayIn(houses)));
  await houses.goTo(nextMorning(houses.now(), await nettingDay(houses)));
  await houses.comeBack();
  for (const pair of pairsOf(houses)) told.push(...(await netted(pair, dayIn(houses))));
  for (const house of houses.all) told.push(...(await membersPaid(house, dayIn(houses))));
  await houses.settled();
  const checked = await Promise.all(houses.all.map(({ sister }) => sister.ask({ do: "check" })));
  unless(
    checked.every(({ found = [] }) => found.length === 0),
    `the checks find something: ${checked.flatMap(({ found = [] }) => found).join(", ")}`,
  );
  return [...told, ...(await mirrored(houses)), "Every check of the three databases finds nothing"];
}

/** A line of the bank, entered by one treasurer and confirmed by the other. */
async function booked({ treasurers: [one, other] }: House, on: string, amount: string, means: AskedOf<typeof enterBankLine>["means"]) {
  const line = { bookedOn: on, amount: euros(amount), reference: `${means.kind} ${amount}`, means };
  const { id } = await one.asks(enterBankLine, line);
  await other.asks(confirmBankLine, { line: id });
}

const dayIn = ({ now }: Houses): string => now().slice(0, 10);

async function clientPays(house: House, on: string): Promise<string> {
  const [open] = (await house.treasurers[0].asks(listOpenInvoices, {})).items;
  if (!open) throw new Error(`${house.name} has no open invoice`);
  await booked(house, on, open.gross.amount, { kind: "clientPaid", invoice: open.id });
  const [one, other] = house.treasurers;
  return `${on}: ${house.buyer.name} pays ${open.gross.amount} EUR to ${house.name}; ${one.name} enters the line of the bank, ${other.name} confirms it`;
}

/** The day of the month on which the treaties have their coops set off. */
async function nettingDay({ all: [house] }: Houses): Promise<number> {
  const [sister] = house ? (await house.visitor.asks(listSisters, {})).items : [];
  const treaty = house && sister && (await house.visitor.asks(readSister, { host: sister.host })).treaty;
  if (!treaty) throw new Error("no treaty says when coops set off");
  return treaty.terms.nettingDay;
}

/** The round of a pair, and what it left, from one bank to the other. A pair that owes nothing has none. */
async function netted([one, other]: readonly [House, House], on: string): Promise<readonly string[]> {
  const [ours, theirs] = [await kept(one, other), await kept(other, one)];
  const [[here], [there]] = [ours.rounds, theirs.rounds];
  if (!here && !there) return [];
  const between = `between ${one.name} and ${other.name}`;
  unless(here?.state === "posted" && there?.state === "posted", `the round ${between} is ${here?.state} and ${there?.state}`);
  unless(here?.hash === there?.hash && here?.hash === here?.theirs && there?.hash === there?.theirs, `the round ${between} is not one`);
  const net = Number(here?.net.amount);
  unless(net + Number(there?.net.amount) === 0, `the round ${between} does not add up to nothing`);
  const [debtor, creditor, owed, due] = net < 0 ? [one, other, ours, theirs] : [other, one, theirs, ours];
  const amount = due.settlement.amount;
  await booked(debtor, on, amount, { kind: "settlementPaid", sister: owed.host });
  await booked(creditor, on, amount, { kind: "settlementReceived", sister: due.host });
  return [
    `Round ${here?.name} ${between}: ${one.name} ${here?.net.amount}, ${other.name} ${there?.net.amount}; SHA-256 ${here?.hash.slice(0, 12)}… at both`,
    `${on}: ${debtor.name} pays ${amount} EUR to ${creditor.name}, as the banks of both say`,
  ];
}

/** Each who earned something says where it goes; one treasurer orders it, the other signs, and the bank says so. */
async function membersPaid(house: House, on: string): Promise<readonly string[]> {
  const { name, treasurers, associates } = house;
  const [one, other] = treasurers;
  for (const [at, { asks }] of associates.slice(0, 2).entries()) {
    const member = (await asks(readMe, {})).person?.member;
    if (member === undefined) continue;
    await asks(setIban, { member, iban: ibans[at] ?? "" });
    await billed(house, asks, member);
  }
  const ready = (await one.asks(listPayables, {})).items.filter(({ waitsFor }) => waitsFor === undefined);
  if (ready.length === 0) return [];
  const { id, hash } = await one.asks(orderPayouts, { payables: ready.map((payable) => payable.id) });
  await other.asks(signPayout, { payout: id, hash });
  const items = (await one.asks(listPayouts, {})).items.find((payout) => payout.id === id)?.items ?? [];
  for (const { id: item, amount } of items) await booked(house, on, amount.amount, { kind: "payoutSettled", item });
  return ready.map(
    ({ member, amount }) => `${on}: ${name} pays ${amount.amount} EUR to ${member}, ordered by ${one.name} and signed by ${other.name}`,
  );
}

/** Whoever worked is a small business at home, and the coop writes their invoices. */
async function billed({ name: town, visitor }: House, asks: House["visitor"]["asks"], member: string): Promise<void> {
  const { country = "" } = await visitor.asks(readCoop, {});
  const { texts } = await asks(readBilling, { member });
  const [text] = texts;
  const business = { name: "Atelier", street: "1", postcode: "1000", town, country, scheme: "exempt", taxNumber: "0000000001" } as const;
  if (text) await asks(setBilling, { member, ...business, language: text.language, agreement: text.hash });
}

/** Accounts that are right in form and belong to nobody. */
const ibans = ["BE71 0961 2345 6769", "NL91 ABNA 0417 1643 00"] as const;
