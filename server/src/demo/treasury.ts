// What the demo's two treasurers do: the account that is paid from, lines of the bank, the opening fund, and members who are paid.
import {
  confirmBankLine,
  confirmHouseAccount,
  enterBankLine,
  listPayables,
  listPayouts,
  orderPayouts,
  proposeHouseAccount,
  signPayout,
  takePayoutFile,
} from "@partcommune/shared/money/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { vatOf } from "@partcommune/shared/money/rules/vat";
import { moneyText, sum } from "@partcommune/shared/platform/money";
import { standardVat } from "@partcommune/shared/platform/packs";
import { millisecondsOf, type Day, type Instant } from "@partcommune/shared/platform/time";
import { onDay, type Agenda } from "./agenda.ts";
import type { House } from "./people.ts";
import type { Actress, Stage } from "./stage.ts";

/** The account on the coop's papers is the one that it pays from. */
export async function paidFrom({ cast }: Stage, tess: Actress, tom: Actress): Promise<void> {
  const { name: holder, letterhead } = cast.founding;
  if (letterhead.iban === undefined) return;
  const { id: account } = await tess.does(proposeHouseAccount, { iban: letterhead.iban, holder });
  await tom.does(confirmHouseAccount, { account });
}

/** A line of the bank, entered by one treasurer and confirmed by the other. */
export async function booked(stage: Stage, { tess, tom }: House, amount: string, means: Means): Promise<void> {
  const { id } = await enterLine(stage, tess, means, amount);
  await tom.does(confirmBankLine, { line: id });
}

type Means = AskedOf<typeof enterBankLine>["means"];

let lines = 0;

const enterLine = (stage: Stage, tess: Actress, means: Means, amount: string) =>
  tess.does(enterBankLine, {
    bookedOn: stage.now().slice(0, 10),
    amount: { amount, currency: "EUR" },
    reference: `${stage.cast.crowd.bank} ${String((lines += 1)).padStart(6, "0")}`,
    means,
  });

/** Founders and friends fill the pots before any fee does, so that the fund can promise something from the first job on. */
export async function endowed(stage: Stage, house: House): Promise<void> {
  for (const { amount, ...gift } of stage.cast.endowments) await booked(stage, house, amount, { kind: "endowed", ...gift });
}

const costDay = 3;

/** Each month rooms, servers and what the bank keeps are paid, each quarter the accountant; the bank pays a little interest. */
export function noteCosts({ stage, agenda, house, until }: Told): void {
  const { costs } = stage.cast.words;
  const bank = stage.cast.crowd.bank;
  const bill = (cost: "premises" | "software" | "advice", party: string, net: bigint) => async (): Promise<void> => {
    const rate = standardVat(stage.cast.founding.country, stage.now().slice(0, 10) as Day) ?? 0n;
    const [of, vat] = [{ minor: net, currency: "EUR" }, vatOf({ minor: net, currency: "EUR" }, rate)];
    const asked = { by: "supplier", rate: Number(rate), vat: moneyText(vat) } as const;
    await booked(stage, house, moneyText(sum(of, vat)).amount, { kind: "costPaid", cost, party, vat: asked });
  };
  for (let month = 1; month < 17; month += 1) {
    const at = onDay(until, -30 * month + costDay, 15);
    agenda.note(at, bill("premises", costs.premises, 42_000n));
    agenda.note(at, bill("software", costs.server, 8_900n));
    agenda.note(at, async () => booked(stage, house, "6.50", { kind: "costPaid", cost: "bank", party: bank }));
    if (month % 3 > 0) continue;
    agenda.note(at, bill("advice", costs.accountant, 45_000n));
    agenda.note(at, async () => booked(stage, house, "11.20", { kind: "incomeReceived", income: "interest", party: bank }));
  }
}

type Told = { readonly stage: Stage; readonly agenda: Agenda; readonly house: House; readonly until: Instant };

/** The last days are left to whoever walks in as a treasurer. */
export const theirs = (until: Instant): Instant => onDay(until, -3, 0);

/** What can be paid is ordered, and on the next day on which banks work the treasurers enter what theirs did. Answers whether somebody is paid tomorrow at the soonest. */
export async function payDay({ stage, agenda, house }: Omit<Told, "until">): Promise<boolean> {
  const { items } = await house.tess.does(listPayables, { limit: 200 });
  const soon = onDay(stage.now(), 7, 0).slice(0, 10);
  const waits = items.some(({ waitsFor, dueOn }) => waitsFor === "day" && dueOn !== undefined && dueOn <= soon);
  const ready = items.filter(({ waitsFor }) => waitsFor === undefined).map(({ id }) => id);
  if (ready.length === 0) return waits;
  const { id: payout, hash } = await house.tess.does(orderPayouts, { payables: ready });
  await house.tom.does(signPayout, { payout, hash });
  await house.tess.does(takePayoutFile, { payout });
  agenda.note(nextBankDay(stage.now()), async () => {
    const batch = (await house.tess.does(listPayouts, { limit: 20 })).items.find(({ id }) => id === payout);
    for (const { id: item, amount } of batch?.items ?? []) await booked(stage, house, amount.amount, { kind: "payoutSettled", item });
  });
  return waits;
}

/** From this hour on, each day until nobody's last day is near: who was promised to be paid is paid, whatever the client does. */
export function payAhead(told: Told, at: Instant): void {
  if (at >= theirs(told.until)) return;
  told.agenda.note(at, async () => {
    await told.stage.keepTime();
    if (await payDay(told)) payAhead(told, onDay(at, 1, 0));
  });
}

/** Tomorrow morning, or Monday. */
function nextBankDay(now: Instant): Instant {
  const weekday = new Date(millisecondsOf(now)).getUTCDay();
  return onDay(now, weekday === 5 ? 3 : weekday === 6 ? 2 : 1, 1);
}
