// What two treasurers of a year do besides each morning: rates, credit notes, and with each new month the payroll office's file, the closing and what the state is owed.
import {
  agreeToCredit,
  confirmBankLine,
  confirmClosing,
  confirmCredit,
  discardCredit,
  proposeClosing,
  proposeCredit,
  readVat,
} from "@partcommune/shared/money/api";
import { explainLine, listWaitingLines } from "@partcommune/shared/money/api/statement";
import { dayAfter, monthOf } from "@partcommune/shared/platform/calendar";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import { quarterOf } from "@partcommune/shared/money/rules/vat-return";
import { moneyText } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { rateSaid } from "../../support/foreign.ts";
import type { Life } from "../town/day.ts";
import { foreignMoney, publishedOn } from "../town/rates.ts";
import { settled, told } from "../town/telling.ts";
import { statementRead } from "../town/treasury.ts";
import { readAgain, type Underway } from "../town/work.ts";
import type { House } from "../town/town.ts";
import { costMeant, costsPaid } from "./costs.ts";
import { contributionsOwed, monthSettled } from "./office.ts";
import type { BookPlan } from "./plan.ts";

export type Desk = {
  readonly life: Omit<Life, "plan"> & { readonly plan: BookPlan };
  /** The first day that is not closed. */
  openFrom: Day;
  readonly rated: Set<Day>;
  readonly credits: { made: number; refused: number; borne: number };
  readonly wrong: string[];
};

/** Both treasurers say the rates of a day, once. */
export async function ratesSaid({ life: { town }, rated }: Desk, on: Day): Promise<void> {
  if (rated.has(on)) return;
  rated.add(on);
  for (const currency of foreignMoney) await rateSaid(town, { currency, on, home: "1", foreign: publishedOn(currency, on) });
}

/** Whether something foreign is priced or invoiced on a day. */
export const needsRates = ({ life: { plan, all } }: Desk, day: Day): boolean =>
  plan.works.slice(all.length).some(({ currency, signedOn }) => currency !== undefined && signedOn <= day) ||
  all.some(({ work, invoice }) => work.currency !== undefined && invoice === undefined && work.approvedOn <= day);

type Line = ToldOf<typeof listWaitingLines>["items"][number];
type Means = AskedOf<typeof explainLine>["means"];

/** A foreign payment by its reference; what the coop paid itself by its words. */
function meaningOf({ came, words, bookedOn, suggestions }: Omit<Line, "id">, house: House): Means | undefined {
  if (came) return suggestions.find(({ why }) => why === "reference")?.means;
  const [, kind, until] = /^(vatPaid|payrollRemitted) (\S+)$/.exec(words) ?? [];
  return kind === undefined ? costMeant(house, words, bookedOn) : { kind: kind as "vatPaid" | "payrollRemitted", until: until as Day };
}

const explanationOf = (waiting: string, means: Means | undefined) => (means ? [{ waiting, means }] : []);

/** One treasurer says what a line means that no reference explains, the other confirms. How many they had an answer for. */
export async function linesExplained({ life: { town } }: Desk): Promise<number> {
  const { coop, tess, tom } = town;
  const waiting = (await told(tess, listWaitingLines, { limit: 200 })).items;
  const known = waiting.flatMap(({ id, ...line }) => explanationOf(id, meaningOf(line, town.house)));
  for (const each of known) {
    const { id: line } = await told(tess, explainLine, each);
    await told(tom, confirmBankLine, { line });
  }
  if (known.length > 0) await settled(coop);
  return known.length;
}

/** With a new month the one before is settled with the office, closed, and with each quarter paid to the state and the social offices. */
export async function monthBegun(desk: Desk, today: Day): Promise<void> {
  const first = monthOf(today);
  if (first === desk.openFrom) return;
  const { town, bank, all } = desk.life;
  const until = dayAfter(first, -1);
  const left = ((await statementRead(town, bank, first, all)) ?? 0) - (await linesExplained(desk));
  if (left !== 0) desk.wrong.push(`${first}: ${left} lines of the bank were left to people`);
  await monthSettled(town, today);
  if (until.endsWith("-12-31")) await ratesSaid(desk, until);
  await closed(desk, until);
  desk.openFrom = first;
  costsPaid(bank, town.house, today);
  if (quarterOf(first) === first) await quarterPaid(desk.life, until, today);
}

/** What the state and the social offices are owed until the end of a quarter leaves for them. */
async function quarterPaid({ town, bank }: Desk["life"], until: Day, today: Day): Promise<void> {
  const { open } = await told(town.tess, readVat, {});
  const [due = 0n, input = 0n] = [open?.due, open?.input].map((money) => BigInt(money?.amount.replace(".", "") ?? 0));
  if (due > input) bank.pays(today, due - input, `vatPaid ${until}`);
  const owed = await contributionsOwed(town, monthOf(until));
  if (owed > 0n) bank.pays(today, owed, `payrollRemitted ${until}`);
}

async function closed({ life: { town, bank } }: Desk, until: Day): Promise<void> {
  const { coop, tess, tom } = town;
  // A minute later all of it is sealed.
  coop.wait(60_000);
  await coop.keepTime();
  const { id } = await told(tess, proposeClosing, { until, bank: moneyText({ minor: bank.balance(), currency: "EUR" }) });
  await told(tom, confirmClosing, { closing: id });
  await settled(coop);
}

/** A quarter of what was invoiced is taken back where the plan says so, with the word of both sides. Once the member and the coop are paid a pot bears it, and without one the coop says no. */
export async function creditsGiven(desk: Desk): Promise<void> {
  const { life, credits } = desk;
  for (const each of life.all) {
    const wish = life.plan.credited.get(each.work);
    if (wish === undefined || each.invoice === undefined || each.credit !== undefined || each.lost) continue;
    if (wish === "before" && !each.ordered && (await credited(desk, each, "none"))) credits.made += 1;
    if (wish !== "after" || !each.ordered || !each.collected) continue;
    if (await credited(desk, each, "member-paid-already")) credits.refused += 1;
    if (await credited(desk, each, "none", { bearer: "reserve" })) credits.borne += 1;
  }
}

/** Whether the coop answered as it should. */
async function credited(
  { life: { town }, wrong }: Desk,
  each: Underway,
  wanted: "none" | "member-paid-already",
  bearing: { readonly bearer?: "reserve" } = {},
): Promise<boolean> {
  const { coop, tess, tom, clients, members } = town;
  const { work, invoice = "" } = each;
  const net = moneyText({ minor: BigInt(Math.floor(work.price / 4)), currency: work.currency ?? "EUR" });
  const { id: credit } = await told(tess, proposeCredit, { invoice, net, reason: "Less was done.", ...bearing });
  each.credit = credit;
  for (const side of [clients[work.client], members[work.member]]) if (side) await told(side.caller, agreeToCredit, { credit });
  const { problem = "none" } = await tom.call(confirmCredit, { credit });
  if (problem !== "none") await told(tess, discardCredit, { credit });
  if (problem !== wanted) wrong.push(`${invoice}: a credit was answered by ${problem}, and not by ${wanted}`);
  await readAgain(town, each);
  await settled(coop);
  return problem === wanted;
}
