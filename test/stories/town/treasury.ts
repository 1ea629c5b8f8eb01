// What two treasurers of a town do each morning: they read the bank's statement, give up what is lost, and pay whoever can be paid.
import { confirmLoss, listPayables, orderPayouts, proposeLoss, signPayout, takePayoutFile } from "@partcommune/shared/money/api";
import { dayAfter } from "@partcommune/shared/platform/calendar";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { Day } from "@partcommune/shared/platform/time";
import { imported } from "../../support/camt.ts";
import type { Bank } from "./bank.ts";
import { termDays } from "./plan.ts";
import { settled, told } from "./telling.ts";
import type { Town } from "./town.ts";
import type { Underway } from "./work.ts";

/** Reads yesterday's statement; whatever it says of a client's payment is booked by its reference alone. How many lines were left to people; undefined where there was no statement. */
export async function statementRead({ coop, tess }: Town, bank: Bank, day: Day, all: readonly Underway[]): Promise<number | undefined> {
  const file = bank.statement(day);
  if (file === undefined) return undefined;
  const { body, problem, text } = await imported(tess, file);
  if (problem) throw new Error(text);
  const references = new Set(Array.from(file.matchAll(/<Ref>(RF\d+)</g), ([, reference]) => reference));
  for (const each of all) if (references.has(each.reference)) each.collected = true;
  await settled(coop);
  return body.waiting + body.broken;
}

/** Orders, signs and takes to the bank all that can be paid. */
export async function paid({ coop, tess, tom }: Town, bank: Bank, all: readonly Underway[]): Promise<number> {
  const ready = await readyPayables(tess);
  if (ready.length === 0) return 0;
  const { id: payout, hash } = await told(tess, orderPayouts, { payables: ready });
  await told(tom, signPayout, { payout, hash });
  const chosen = new Set(ready);
  for (const each of all)
    if (each.payable !== undefined && chosen.has(each.payable))
      Object.assign(each, { ordered: true, ahead: !each.collected && !each.lost });
  await told(tess, takePayoutFile, { payout });
  bank.carriesOut((await tess.raw({ method: "GET", url: `/api/v1/payouts/${payout}/file` })).body);
  await settled(coop);
  return ready.length;
}

async function readyPayables(tess: Town["tess"]): Promise<string[]> {
  const ready: string[] = [];
  let after: string | undefined;
  do {
    const page: ToldOf<typeof listPayables> = await told(tess, listPayables, { limit: 200, ...(after ? { after } : {}) });
    ready.push(...page.items.filter(({ waitsFor }) => waitsFor === undefined).map(({ id }) => id));
    after = page.next;
  } while (after);
  return ready;
}

/** From 60 days after an invoice's last day on what nobody paid and nobody will pay is given up; of a client that failed, at once. */
export async function givenUp(
  { coop, tess, tom }: Town,
  day: Day,
  because: "overdue" | "insolvent",
  hopeless: readonly Underway[],
): Promise<void> {
  const isDue = ({ invoicedOn }: Underway): boolean =>
    invoicedOn !== undefined && (because === "insolvent" || day >= dayAfter(invoicedOn, termDays + 60));
  for (const each of hopeless) {
    if (each.invoice === undefined || each.collected || each.lost || !isDue(each)) continue;
    const { id: loss } = await told(tess, proposeLoss, { invoice: each.invoice, because });
    await told(tom, confirmLoss, { loss });
    each.lost = true;
    await settled(coop);
  }
}
