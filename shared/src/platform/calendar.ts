// Days, zones and limits, reckoned with Temporal. Only the server loads this room: not every browser has Temporal yet.
import { instant, type Day, type Instant } from "./time.ts";

/** The first instant after a day in a zone: what a limit "until the end of that day" is stored as (a doubled or missing hour resolves as `compatible`). */
export function endOfDay(day: Day, zone: string): Instant {
  return startOfDay(dayAfter(day), zone);
}

/** The first instant of a day in a zone. */
export const startOfDay = (day: Day, zone: string): Instant =>
  instant(Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString());
/** The same time of day so many days later, by the clocks of a zone; where they change, resolved as `compatible`. */
export const daysLater = (at: Instant, days: number, zone: string): Instant =>
  instant(Temporal.Instant.from(at).toZonedDateTimeISO(zone).add({ days }).toInstant().toString());

/** The instant at which the clocks of a zone show this; undefined for an hour they skip. Of an hour they show twice, the first is meant. */
export function instantShown(clock: string, zone: string): Instant | undefined {
  const shown = Temporal.PlainDateTime.from(clock);
  const at = shown.toZonedDateTime(zone);
  return at.toPlainDateTime().equals(shown) ? instant(at.toInstant().toString()) : undefined;
}

/** What the clocks of a zone show at an instant, to the minute. */
export const clockAt = (at: Instant, zone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: "minute" });

/** The day it is in a zone. */
export const dayOf = (at: Instant, zone: string): Day => Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString() as Day;

/** The day so many days later. */
export const dayAfter = (day: Day, days = 1): Day => Temporal.PlainDate.from(day).add({ days }).toString() as Day;

/** How many days from one day to another; below zero where the other is earlier. */
export const daysBetween = (from: Day, until: Day): number => Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(until)).days;

/** The same day so many months later, or the last of that month. */
export const monthsAfter = (day: Day, months: number): Day => Temporal.PlainDate.from(day).add({ months }).toString() as Day;

export const isWeekend = (day: Day): boolean => Temporal.PlainDate.from(day).dayOfWeek > 5;

/** The first day of a day's month. */
export const monthOf = (day: Day): Day => Temporal.PlainDate.from(day).with({ day: 1 }).toString() as Day;

/** Days from the first to the last, both counted, without Saturdays and Sundays. */
export function weekdaysBetween(first: Day, last: Day): number {
  const from = Temporal.PlainDate.from(first);
  const days = from.until(Temporal.PlainDate.from(last)).days + 1;
  const weeks = Math.floor(days / 7);
  const rest = Array.from({ length: days % 7 }, (_, at) => from.add({ days: at }));
  return weeks * 5 + rest.filter(({ dayOfWeek }) => dayOfWeek <= 5).length;
}

/** An hour of a day by the clocks of a zone; where clocks change, resolved as `compatible`. */
export const atHour = (day: Day, hour: number, zone: string): Instant =>
  instant(
    Temporal.PlainDate.from(day)
      .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from({ hour }) })
      .toInstant()
      .toString(),
  );

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: Day): number => Temporal.PlainDate.from(day).dayOfWeek;

/** Whose days of rest: a country's, or those of one of its regions beside them. `EU` and `TARGET` are the banks'. */
export type CalendarName = { readonly country: string; readonly region: string };

/** `DE-BE`, or `DE` for what the whole country rests on. */
export const calendarCode = ({ country, region }: CalendarName): string => (region === "" ? country : `${country}-${region}`);

/** The calendar by which banks settle. */
export const banks: CalendarName = { country: "EU", region: "TARGET" };

/** The days that differ from an ordinary week, and whether each is worked. */
export type Calendar = ReadonlyMap<Day, boolean>;

/** A day that differs from an ordinary week, as it is kept. */
export type CalendarDay = { readonly region: string; readonly day: Day; readonly rests: boolean };

/** The calendar of a region from the rows of its country and its own: of one day the region has the last word. */
export const calendarOf = (rows: readonly CalendarDay[]): Calendar =>
  new Map(rows.toSorted((one, other) => Number(one.region !== "") - Number(other.region !== "")).map(({ day, rests }) => [day, !rests]));

export const isWorkingDay = (day: Day, calendar: Calendar): boolean => calendar.get(day) ?? !isWeekend(day);

/** The n-th working day after a day, which is itself day 0. */
export function workingDayAfter(day: Day, count: number, calendar: Calendar): Day {
  let at = day;
  for (let left = count; left > 0; left -= isWorkingDay(at, calendar) ? 1 : 0) at = dayAfter(at);
  return at;
}

/** Working days after one day until another, which counts. */
export function workingDaysBetween(after: Day, until: Day, calendar: Calendar): number {
  let count = 0;
  for (let day = dayAfter(after); day <= until; day = dayAfter(day)) count += isWorkingDay(day, calendar) ? 1 : 0;
  return count;
}

/** Easter Sunday of a year (Gregorian; the reckoning of Meeus, Jones and Butcher). */
export function easterOf(year: number): Day {
  const [golden, century, ofCentury] = [year % 19, Math.floor(year / 100), year % 100];
  const leap = Math.floor((8 * century + 13) / 25);
  const epact = (19 * golden + century - Math.floor(century / 4) - leap + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * late + 21;
  return dayAfter(`${year}-03-01` as Day, days);
}

/** The six days of a year on which the banks of the euro do not settle, by the European Central Bank's standing decision of 14 December 2000. */
export function bankDaysOfRest(year: number): readonly { readonly day: Day; readonly name: string }[] {
  const easter = easterOf(year);
  return [
    { day: `${year}-01-01` as Day, name: "New Year's Day" },
    { day: dayAfter(easter, -2), name: "Good Friday" },
    { day: dayAfter(easter), name: "Easter Monday" },
    { day: `${year}-05-01` as Day, name: "Labour Day" },
    { day: `${year}-12-25` as Day, name: "Christmas Day" },
    { day: `${year}-12-26` as Day, name: "Christmas Holiday" },
  ];
}
