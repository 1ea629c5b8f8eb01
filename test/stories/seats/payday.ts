// One day on which many are paid: their clients' payments come in by the bank's statement, one batch is signed by two people, and the next statement says that it left.
import { approveHandIn, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import { listPayables, orderPayouts, signPayout, takePayoutFile } from "@partcommune/shared/money/api";
import { readCalendar } from "@partcommune/server/platform/calendar/store";
import { banks, dayAfter } from "@partcommune/shared/platform/calendar";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import type { Caller } from "../../support/coop.ts";
import { imported } from "../../support/camt.ts";
import { agreed } from "../../support/engagements.ts";
import type { Members } from "../../support/members.ts";
import { clientOwner } from "../../support/people.ts";
import { paidTo } from "../../support/paid-to.ts";
import { houseAccount } from "../../support/treasury.ts";
import { openBank, type Bank } from "../town/bank.ts";
import { inTurn, settled, told } from "../town/telling.ts";
import { ibanOf } from "../town/town.ts";
import type { Seated } from "./come-in.ts";

const dayOf = ({ coop }: Members): Day => coop.now().slice(0, 10) as Day;

/** A coop with an account, some clients, and members who said how they are paid. */
export type House = { readonly bank: Bank; readonly buyers: readonly Buyer[]; readonly seated: readonly Seated[] };
type Buyer = { readonly caller: Caller; readonly client: string };

export async function openHouse(stage: Members, seated: readonly Seated[]): Promise<House> {
  const { coop } = stage;
  await houseAccount(stage);
  const buyers: Buyer[] = [];
  for (let at = 0; at < 5; at += 1) buyers.push(await clientOwner(coop, `House ${at}`));
  await Promise.all(seated.map(({ caller, member, seat }) => inTurn(() => paidTo(caller, member, ibanOf(seat)))));
  const bank = openBank(0n, await readCalendar(coop, banks, dayOf(stage), dayAfter(dayOf(stage), 200)));
  return { bank, buyers, seated };
}

/** Each of them works once, in so many milestones, for one of the clients, who pays each by its reference. How many invoices that makes. */
export async function worked(stage: Members, { bank, buyers, seated }: House, milestones = 1): Promise<number> {
  await Promise.all(seated.map((each, at) => inTurn(() => workOf(stage, each, buyers[at % buyers.length]!, bank, milestones))));
  await settled(stage.coop);
  return seated.length * milestones;
}

const priceOf = (milestones: number) => ({ amount: `${400 * milestones}.00`, currency: "EUR" });

/** As many chapters of one text as there are milestones, each for the same. */
const chapters = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ title: `Chapter ${at + 1}`, amount: priceOf(1), parallel: true }));

async function workOf(
  stage: Members,
  { caller: worker }: Seated,
  { caller: buyer, client }: Buyer,
  bank: Bank,
  milestones: number,
): Promise<void> {
  const today = dayOf(stage);
  const day = dayAfter(today, 8);
  const dates = { startOn: day, endOn: day, bidsUntil: dayAfter(today, 5) };
  const wish = { ...dates, price: priceOf(milestones), milestones: chapters(milestones) };
  const { engagement, page } = await agreed({ buyer, client, worker }, wish);
  await told(worker, startEngagement, { engagement });
  for (const { id: milestone } of (await page()).milestones) await told(worker, handIn, { milestone, text: "Three pages." });
  for (const { id: milestone, version } of (await page()).milestones)
    await invoiced(stage, bank, await told(buyer, approveHandIn, { milestone, version }));
}

/** The client pays it today. */
async function invoiced(stage: Members, bank: Bank, { invoice }: ToldOf<typeof approveHandIn>): Promise<void> {
  const { reference, gross_minor: gross } = await stage.coop.db
    .selectFrom("money.document")
    .select(["reference", "gross_minor"])
    .where("id", "=", invoice.id)
    .executeTakeFirstOrThrow();
  bank.takes(dayOf(stage), () => gross, reference);
}

/** What the treasurers read and sign on a day of payouts: how many payments the bank's statements say came, how many members were paid, and how many lines were left to people. */
export type Paid = { readonly came: number; readonly left: number; readonly paid: number };

const linesOf = (file: string, direction: "CRDT" | "DBIT"): number =>
  Array.from(file.matchAll(new RegExp(`<Ntry><Amt[^>]*>[^<]*</Amt><CdtDbtInd>${direction}`, "g"))).length;

/** What is booked by now is read in. */
export async function statementRead(
  { coop, tess }: Pick<Members, "coop" | "tess">,
  bank: Bank,
): Promise<{ readonly came: number; readonly went: number; readonly left: number }> {
  const file = bank.statement(coop.now().slice(0, 10) as Day);
  if (file === undefined) return { came: 0, went: 0, left: 0 };
  const { body, problem, text } = await imported(tess, file);
  if (problem) throw new Error(text);
  return { came: linesOf(file, "CRDT"), went: linesOf(file, "DBIT"), left: body.waiting + body.broken };
}

/** All that can be paid is ordered by one, signed by another, and carried to the bank. */
export async function paidOut({ tess, tom }: Pick<Members, "tess" | "tom">, bank: Bank, payables: readonly string[]): Promise<void> {
  for (let at = 0; at < payables.length; at += mostInBatch) {
    const { id: payout, hash } = await told(tess, orderPayouts, { payables: payables.slice(at, at + mostInBatch) });
    await told(tom, signPayout, { payout, hash });
    await told(tess, takePayoutFile, { payout });
    bank.carriesOut((await tess.raw({ method: "GET", url: `/api/v1/payouts/${payout}/file` })).body);
  }
}

const mostInBatch = 5_000;

export async function payday(stage: Members, bank: Bank): Promise<Paid> {
  const { coop, tess } = stage;
  // Some days on, whatever fell on a day of rest is booked.
  coop.wait(3 * dayMs);
  await coop.keepTime();
  const before = await statementRead(stage, bank);
  await settled(coop);
  await paidOut(stage, bank, await ready(tess));
  await settled(coop);
  coop.wait(5 * dayMs);
  const after = await statementRead(stage, bank);
  await settled(coop);
  await coop.keepTime();
  return { came: before.came, paid: after.went, left: before.left + after.left };
}

/** What members are owed and can be paid. */
export async function ready(tess: Caller): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page: ToldOf<typeof listPayables> = await told(tess, listPayables, { limit: 200, ...(after ? { after } : {}) });
    ids.push(...page.items.filter(({ waitsFor }) => waitsFor === undefined).map(({ id }) => id));
    after = page.next;
  } while (after);
  return ids;
}
