// The public holidays of a year as date-holidays has them (data CC-BY-3.0). Loaded when a list is asked for: the server itself never reads it.
import type HolidaysOfWorld from "date-holidays";
import { dayAfter } from "@partcommune/shared/platform/calendar";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import type { NewDay } from "../platform/calendar/store.ts";
import { haltUnless } from "../platform/halt.ts";

const source = "date-holidays 3.37.0 (CC-BY-3.0)";

type Named = ReadonlyMap<Day, string>;

/** Each day on which a country rests, and what its regions have otherwise. */
export async function publicHolidays(country: string, year: number): Promise<readonly NewDay[]> {
  const { default: Holidays } = await import("date-holidays");
  const everywhere = restDays(new Holidays(country), year);
  haltUnless(everywhere.size > 0, `date-holidays has no days of ${country} in ${year}.`);
  const entry =
    (region: string, called: string, rests: boolean) =>
    ([day, name]: readonly [Day, string]): NewDay => ({ country, region, called, day, rests, name, source });
  const regions = Object.entries(new Holidays().getStates(country) ?? {}).flatMap(([region, called]) => {
    const here = restDays(new Holidays(country, region), year);
    return [
      ...[...here].filter(([on]) => !everywhere.has(on)).map(entry(region, called, true)),
      ...[...everywhere].filter(([on]) => !here.has(on)).map(entry(region, called, false)),
    ];
  });
  return [...Array.from(everywhere, entry("", "", true)), ...regions];
}

/** Days that rest by law; one that lasts several days is several. Where clocks change on it, it has an hour more or less. */
const restDays = (holidays: HolidaysOfWorld, year: number): Named =>
  new Map(
    holidays
      .getHolidays(year)
      .filter(({ type }) => type === "public")
      .flatMap(({ date, start, end, name }) => {
        const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / dayMs));
        return Array.from({ length: days }, (_, at) => [dayAfter(date.slice(0, 10) as Day, at), name] as const);
      }),
  );
