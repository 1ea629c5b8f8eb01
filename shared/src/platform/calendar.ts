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

/** The n-th working day after a day, which is itself day 0. Saturdays, Sundays and the calendar's closed days do not count. */
export function workingDayAfter(day: Day, count: number, closed: ReadonlySet<Day>): Day {
  let at = day;
  for (let left = count; left > 0; left -= isWeekend(at) || closed.has(at) ? 0 : 1) at = dayAfter(at);
  return at;
}
