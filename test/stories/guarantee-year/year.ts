// A year of the guarantee, day by day: the clock strikes, two treasurers read and pay, members and clients sign, hand in and approve, and each evening somebody looks.
import type { Test } from "tap";
import { readCalendar } from "@partcommune/server/platform/calendar/store";
import { banks, dayAfter, isWorkingDay } from "@partcommune/shared/platform/calendar";
import { millisecondsOf, type Day, type Instant } from "@partcommune/shared/platform/time";
import { openBank } from "./bank.ts";
import { openingFund, type OpeningFund } from "./fund.ts";
import { clockKept, evening, promisesKept, promisesMade, type Evening, type Kept, type Looking, type Promised } from "./look.ts";
import { planned, type Plan, type Size } from "./plan.ts";
import { openTown, type Town } from "./town.ts";
import { inTurn, settled } from "./telling.ts";
import { givenUp, paid, statementRead } from "./treasury.ts";
import { agreedOn, carriedOut, type Underway } from "./work.ts";

export type Year = {
  readonly plan: Plan;
  readonly fund: OpeningFund;
  readonly promised: Promised;
  readonly kept: Kept;
  readonly evenings: readonly Evening[];
  readonly lost: bigint;
  readonly wrong: readonly string[];
};

const begins = "2026-01-05" as Day;

export type Telling = {
  readonly size: Size;
  readonly seed: string;
  /** What of the needed fund the founders have. */
  readonly perMille: bigint;
};

export async function tellYear(t: Test, { size, seed, perMille }: Telling): Promise<Year> {
  const plan = planned(size, seed, begins);
  const fund = openingFund(plan, perMille);
  const town = await openTown(t, plan, fund, seed);
  const until = dayAfter(plan.ends, 30);
  const calendar = await readCalendar(town.coop, { country: "BE", region: "" }, begins, until);
  const bank = openBank(town.opened.minor, await readCalendar(town.coop, banks, begins, until));
  const all: Underway[] = [];
  const evenings: Evening[] = [];
  const wrong: string[] = [];
  const life = { town, bank, plan, all, filled: new Set<string>() };
  let last = begins;
  for (let day = begins; day < plan.ends; day = dayAfter(day)) {
    // On days off nothing moves, in the bank neither.
    if (!isWorkingDay(day, calendar)) continue;
    const lived = await livedThrough(life, day);
    evenings.push(lived);
    wrong.push(...lived.wrong);
    if (day.slice(0, 7) > last.slice(0, 7)) t.comment(`${day}: ${all.length} signed, ${wrong.length} wrong`);
    last = day;
  }
  await town.coop.keepTime();
  const kept = await promisesKept(town, last, calendar);
  const lost = all.reduce((so, each) => (each.lost ? so + (each.budget ?? 0n) : so), 0n);
  return { plan, fund, promised: await promisesMade(town), kept, evenings, lost, wrong: [...wrong, ...kept.wrong] };
}

type Life = Looking & { readonly plan: Plan; readonly all: Underway[] };

async function livedThrough(life: Life, day: Day): Promise<Evening> {
  const { town, bank, plan, all } = life;
  const { coop } = town;
  await goTo(town, day, "05:00");
  await coop.keepTime();
  await settled(coop);
  const forgotten = await clockKept(town, day);
  await goTo(town, day, "08:00");
  const left = await statementRead(town, bank, day, all);
  await givenUpBy(town, plan, day, all);
  // What came in, or is lost, may free what somebody waits for.
  await coop.keepTime();
  await goTo(town, day, "09:00");
  await paid(town, bank, all);
  await goTo(town, day, "12:00");
  // What falls on a holiday is done on the next day that is none.
  const signed = plan.works.slice(all.length).filter(({ signedOn }) => signedOn <= day);
  const [done] = await Promise.all([
    Promise.all(approvedOn({ plan, all }, day).map((each) => inTurn(() => carriedOut(town, bank, each, day)))),
    ...signed.map((work) => inTurn(async () => all.push(await agreedOn(town, work, day)))),
  ]);
  await settled(coop);
  await goTo(town, day, "20:00");
  const seen = await evening(life, day);
  const idle = done.filter((each) => !each).length;
  return {
    ...seen,
    wrong: [
      ...forgotten,
      ...(left ? [`${day}: ${left} lines of the bank were left to people`] : []),
      ...(idle > 0 ? [`${day}: the clock has not begun ${idle} that were to begin by then`] : []),
      ...seen.wrong,
    ],
  };
}

/** Whoever failed approves nothing any more. */
const approvedOn = ({ plan, all }: Pick<Life, "plan" | "all">, day: Day): readonly Underway[] =>
  all.filter(
    ({ work, invoice, startsOn }) =>
      invoice === undefined && work.approvedOn <= day && startsOn <= day && !(plan.clients[work.client] === "large" && day >= plan.failsOn),
  );

/** What is 60 days late and will never come; and a week after it failed, all that the largest client owes. */
async function givenUpBy(town: Town, plan: Plan, day: Day, all: readonly Underway[]): Promise<void> {
  const hopeless = all.filter(({ work, invoice }) => work.paysAfter === undefined && invoice !== undefined);
  const ofLarge = hopeless.filter(({ work }) => plan.clients[work.client] === "large");
  if (day >= dayAfter(plan.failsOn, 7)) await givenUp(town, day, "insolvent", ofLarge);
  await givenUp(town, day, "overdue", hopeless);
}

/** Whoever was signed in looks in, and signs in anew before their month is over. */
async function goTo({ coop }: Town, day: Day, hour: string): Promise<void> {
  coop.wait(Math.max(60_000, millisecondsOf(`${day}T${hour}:00.000Z` as Instant) - millisecondsOf(coop.now())));
  if (hour === "05:00")
    await coop.db
      .updateTable("membership.session")
      .set({ expires_at: `${dayAfter(day, 30)}T05:00:00.000Z` as Instant })
      .where("ended_at", "is", null)
      .execute();
}
