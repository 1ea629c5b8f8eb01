// A book year of a town, from its opening to the day on which nothing can be dated into it any more.
import type { Test } from "tap";
import { sql } from "kysely";
import { firstBrokenSeal, trialBalance } from "@partcommune/server/money/index";
import { readCalendar } from "@partcommune/server/platform/calendar/store";
import { listBylawVersions } from "@partcommune/shared/governance/api";
import { readClosing } from "@partcommune/shared/money/api";
import { banks, dayAfter, daysBetween, dayOf, isWorkingDay } from "@partcommune/shared/platform/calendar";
import type { Day } from "@partcommune/shared/platform/time";
import { camt, imported } from "../../support/camt.ts";
import { openBank } from "../town/bank.ts";
import { livedThrough } from "../town/day.ts";
import { openingFund } from "../town/fund.ts";
import type { Size } from "../town/plan.ts";
import { told } from "../town/telling.ts";
import { openTown, type House, type Town } from "../town/town.ts";
import { creditsGiven, linesExplained, monthBegun, needsRates, ratesSaid, type Desk } from "./desk.ts";
import { feesAgain, type Fees } from "./fees.ts";
import { begins, bookPlan, lowerFrom } from "./plan.ts";
import { bookYearText } from "./table.ts";
import { furthered, proposed, sharesPaid, type Voting } from "./vote.ts";

export type BookYear = {
  readonly fees: Fees;
  /** By kind, how many entries. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly credits: Desk["credits"];
  /** The day from which the newest fee holds. */
  readonly feeFrom: Day;
  readonly closed: number;
  /** The first row that is not as it was sealed; none where all is. */
  readonly seals: unknown;
  /** Of each money, what debits and credits differ by. */
  readonly sums: ReadonlyMap<string, bigint>;
  /** What happened to a line of the bank that is dated into the year. */
  readonly tooLate: string | undefined;
  readonly wrong: readonly string[];
  readonly text: readonly string[];
};

export type Telling = {
  readonly size: Omit<Size, "days">;
  readonly seed: string;
  readonly house: House;
  /** Every working day; or the first of each third week and of each month, and of each week while something is voted. */
  readonly rhythm: "daily" | "sparse";
};

/** From this day on somebody proposes the lower fee. */
const voteFrom = "2026-03-23" as Day;
const mostElectors = 7;

export async function tellBookYear(t: Test, { size, seed, house, rhythm }: Telling): Promise<BookYear> {
  const plan = bookPlan(size, seed, house);
  const fund = openingFund(plan);
  const settlers = { seed: `year ${seed}`, begins, house, fund, clients: plan.founding, members: plan.ways };
  const town = await openTown(t, settlers);
  const { coop } = town;
  const electors = town.members.slice(0, mostElectors);
  const shares = await sharesPaid(town, electors);
  const until = dayAfter(plan.ends, 14);
  const calendar = await readCalendar(coop, { country: house.place.country, region: "" }, begins, dayAfter(until, 180));
  const bank = openBank(town.opened.minor + shares, await readCalendar(coop, banks, begins, dayAfter(until, 180)));
  let voting: Voting | undefined;
  const desk: Desk = {
    life: {
      town,
      bank,
      plan,
      all: [],
      filled: new Set<string>(),
      besides: {
        early: async (day) => {
          await creditsGiven(desk);
          await monthBegun(desk, day);
        },
        explained: () => linesExplained(desk),
        noon: async (day) => {
          if (needsRates(desk, day)) await ratesSaid(desk, day);
          if (day >= voteFrom) voting ??= await proposed(electors, "A lower fee", lowerFee);
          if (voting) await furthered(voting);
        },
      },
    },
    openFrom: begins,
    rated: new Set(),
    credits: { made: 0, refused: 0, borne: 0 },
    wrong: [],
  };
  let last = dayAfter(begins, -1);
  for (let day = begins; day < until; day = dayAfter(day)) {
    const weeks = voting && !voting.hasCast ? 1 : 3;
    if (!isWorkingDay(day, calendar) || !(rhythm === "daily" || isFirst(day, last, weeks))) continue;
    const { wrong } = await livedThrough(desk.life, day);
    desk.wrong.push(...wrong);
    if (day.slice(0, 7) > last.slice(0, 7)) t.comment(`${day}: ${desk.life.all.length} signed, ${desk.wrong.length} wrong`);
    last = day;
  }
  coop.wait(60_000);
  await coop.keepTime();
  const ended = await endOf(desk, town);
  return { ...ended, text: await bookYearText(coop, ended) };
}

const lowerFee = {
  kind: "bylaws",
  changes: [{ key: "fee.rate", base: 1, value: 79_000 }],
  from: lowerFrom,
} as const satisfies Parameters<typeof proposed>[2];

/** The first of its weeks, or of its month, after the last that was lived. */
const isFirst = (day: Day, last: Day, weeks: number): boolean =>
  day.slice(0, 7) !== last.slice(0, 7) || weekOf(day, weeks) !== weekOf(last, weeks);
const weekOf = (day: Day, weeks: number): number => Math.floor(daysBetween("2025-12-29" as Day, day) / (7 * weeks));

async function endOf({ life: { bank }, credits, wrong }: Desk, town: Town): Promise<Omit<BookYear, "text">> {
  const { coop, tess } = town;
  const { rows } = await sql<{ kind: string; count: number }>`select kind, count(*)::int as count from ledger.entry group by 1`.execute(
    coop.db,
  );
  const [newest] = (await told(coop.someone(), listBylawVersions, { key: "fee.rate" })).items;
  const line = { amount: "1.00", ref: "late", on: "2026-12-31", words: "too late" };
  const late = await imported(tess, camt([line], { name: "late", until: "2026-12-31", opening: "0.00" }));
  const { closed } = await told(tess, readClosing, {});
  const { rows: held } = await sql<{ held: bigint }>`
    select balance as held from ledger.account_balance where code = 'bank:main'`.execute(coop.db);
  const atBank = held[0]?.held ?? 0n;
  return {
    fees: await feesAgain(town),
    kinds: new Map(rows.map(({ kind, count }) => [kind, count])),
    credits,
    feeFrom: newest ? dayOf(newest.validFrom, "Europe/Brussels") : begins,
    closed: closed.length,
    seals: await firstBrokenSeal(coop),
    sums: new Map((await trialBalance(coop)).map(({ currency, difference }) => [currency, difference])),
    tooLate: late.problem,
    wrong: [...wrong, ...(atBank === bank.balance() ? [] : [`the book has ${atBank} at the bank, which has ${bank.balance()}`])],
  };
}
