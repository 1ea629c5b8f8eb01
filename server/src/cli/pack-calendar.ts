// npm run coop -- pack calendar: the days of rest of a year as a list to be read, and, once somebody has read it, entered for good.
import { operator } from "@partcommune/shared/platform/actor";
import { bankDaysOfRest, banks, calendarCode, dayOf, weekdayOf } from "@partcommune/shared/platform/calendar";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { calendarsInUse } from "../membership/index.ts";
import { enterDays, enteringDays } from "../platform/calendar/actions.ts";
import { keptOfYear, type KeptDay, type NewDay } from "../platform/calendar/store.ts";
import { haltUnless } from "../platform/halt.ts";
import { Rehearsed } from "../platform/imports/bring.ts";
import { bookOf } from "../platform/store.ts";
import type { Moved } from "./arguments.ts";
import { newId, realClock, realRandom } from "../platform/world.ts";
import { publicHolidays } from "./public-holidays.ts";
import { writing, type Writing } from "./writing.ts";

type Wish = {
  readonly country?: string;
  readonly region?: string;
  readonly rest?: readonly Moved[];
  readonly work?: readonly Moved[];
  readonly source?: string;
  readonly write?: boolean;
};

/** Prints the days of a year for the banks and for the countries in which somebody rests, or for the one that is named; enters those that are new with `--write`. */
export async function packCalendar(year: number, wish: Wish): Promise<void> {
  const lines = await writing((writer) => yearEntered(writer, realClock(), year, wish));
  for (const line of lines) console.log(line);
}

/** The days of a year as lines for a person to read, and how many of them were entered, or would be. */
export async function yearEntered({ perform, db }: Writing, now: Instant, year: number, wish: Wish): Promise<readonly string[]> {
  const moved = movedDays(year, wish);
  const countries = wish.country === undefined ? countriesOf(await calendarsInUse({ db })) : [wish.country];
  const listed = (await listedDays(countries, year)).filter(({ region }) => isWanted(region, wish.region));
  const kept = await keptOfYear({ db }, [banks.country, ...countries], year);
  const fresh = (all: readonly NewDay[]) => all.filter((each) => !kept.some((other) => keyOf(other) === keyOf(each)));
  const today = dayOf(now, (await bookOf(db)).zone);
  const known = fresh(listed).filter(({ day }) => day >= today);
  const written = await entered(perform, { known, moved: fresh(moved), dry: wish.write !== true });
  return [
    ...[...listed, ...moved].toSorted(inOrder).map((each) => lineOf(each, kept, today)),
    wish.write
      ? `${written} days entered; they stay as they are.`
      : `${written} days would be entered. Nothing was written: read the list, then say the same with --write.`,
  ];
}

const countriesOf = (calendars: readonly { readonly country: string }[]): readonly string[] => [
  ...new Set(calendars.map(({ country }) => country)),
];

/** What is in force everywhere belongs to every region. */
const isWanted = (region: string, wanted: string | undefined): boolean =>
  wanted === undefined || ["", banks.region, wanted].includes(region);

function movedDays(year: number, { country, region = "", rest = [], work = [], source }: Wish): readonly NewDay[] {
  if (rest.length + work.length === 0) return [];
  haltUnless(country !== undefined && source !== undefined, "Days by hand need --country, and --source: the decree they are from.");
  const strange = [...rest, ...work].find(({ day }) => !day.startsWith(`${year}-`));
  haltUnless(strange === undefined, `${strange?.day} is not in ${year}.`);
  const entry = (rests: boolean) => (each: Moved) => ({ country, region, called: region, rests, source, ...each });
  return [...rest.map(entry(true)), ...work.map(entry(false))];
}

async function listedDays(countries: readonly string[], year: number): Promise<readonly NewDay[]> {
  const forBanks = bankDaysOfRest(year).map((each) => ({
    ...banks,
    ...each,
    called: banks.region,
    rests: true,
    source: "European Central Bank",
  }));
  const each = await Promise.all(countries.map((country) => publicHolidays(country, year)));
  return [...forBanks, ...each.flat()];
}

const inOrder = (one: NewDay, other: NewDay): number => (keyOf(one) === keyOf(other) ? 0 : keyOf(one) < keyOf(other) ? -1 : 1);

const keyOf = ({ day, ...name }: Pick<NewDay, "country" | "region" | "day">): string => `${calendarCode(name)} ${day}`;

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** One day for a person to look at: whether it is new, and where it is kept already, as what. */
function lineOf(each: NewDay, kept: readonly KeptDay[], today: Day): string {
  const before = kept.find((other) => keyOf(other) === keyOf(each));
  const state = before ? "kept" : each.day < today ? "over" : "new";
  const { rests, name } = before ?? each;
  return `${state.padEnd(5)} ${each.day} ${weekdays[weekdayOf(each.day) - 1]}  ${calendarCode(each).padEnd(10)} ${rests ? "rest" : "work"}  ${name}`;
}

type Entering = Parameters<typeof enterDays>[1];

async function entered(perform: Writing["perform"], input: Entering): Promise<number> {
  const session = newId({ random: realRandom }, realClock());
  const outcome = await perform(operator, enteringDays, enterDays, input, { key: `cli:${session}:1`, cause: session }).then(
    ({ answer }): unknown => JSON.parse(answer),
    (error: unknown) => {
      if (error instanceof Rehearsed) return error.outcome;
      throw error;
    },
  );
  return enteringDays.answer.parse(outcome).written;
}
