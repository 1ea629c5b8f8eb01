// A year of the guarantee, day by day, in a coop of Brussels that works as its bank does.
import type { Test } from "tap";
import { readCalendar } from "@partcommune/server/platform/calendar/store";
import { banks, dayAfter, isWorkingDay } from "@partcommune/shared/platform/calendar";
import type { Day } from "@partcommune/shared/platform/time";
import { organisation } from "../../support/people.ts";
import { openBank } from "../town/bank.ts";
import { livedThrough, type Life } from "../town/day.ts";
import { openingFund, type OpeningFund } from "../town/fund.ts";
import type { Evening } from "../town/look.ts";
import { planned, type Plan, type Size } from "../town/plan.ts";
import { brussels, openTown } from "../town/town.ts";
import { promisesKept, promisesMade, type Kept, type Promised } from "./look.ts";

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
  const plan = planned(size, `guarantee-year ${seed}`, begins);
  const fund = openingFund(plan, perMille);
  const clients = Array.from({ length: size.clients }, (_, at) => ({ ...organisation, name: `House ${at} SA` }));
  const members = Array.from({ length: size.members }, () => "small" as const);
  const town = await openTown(t, { seed: `guarantee-year ${seed}`, begins, house: brussels, fund, clients, members });
  const until = dayAfter(plan.ends, 30);
  const calendar = await readCalendar(town.coop, { country: "BE", region: "" }, begins, until);
  const bank = openBank(town.opened.minor, await readCalendar(town.coop, banks, begins, until));
  const life: Life = { town, bank, plan, all: [], filled: new Set<string>() };
  const evenings: Evening[] = [];
  const wrong: string[] = [];
  let last = begins;
  for (let day = begins; day < plan.ends; day = dayAfter(day)) {
    // On days off nothing moves, in the bank neither.
    if (!isWorkingDay(day, calendar)) continue;
    const lived = await livedThrough(life, day);
    evenings.push(lived);
    wrong.push(...lived.wrong);
    if (day.slice(0, 7) > last.slice(0, 7)) t.comment(`${day}: ${life.all.length} signed, ${wrong.length} wrong`);
    last = day;
  }
  await town.coop.keepTime();
  const kept = await promisesKept(town, last, calendar);
  const lost = life.all.reduce((so, each) => (each.lost ? so + (each.budget ?? 0n) : so), 0n);
  return { plan, fund, promised: await promisesMade(town), kept, evenings, lost, wrong: [...wrong, ...kept.wrong] };
}
