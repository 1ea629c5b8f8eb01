// Calendars in SQL: the frozen days that differ from an ordinary week.
import { calendarOf, type Calendar, type CalendarName } from "@partcommune/shared/platform/calendar";
import type { listCalendars } from "@partcommune/shared/platform/api/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../scope.ts";

type Eyes = Pick<View, "db">;

/** A day that differs from an ordinary week, by its name. */
export type NamedDay = {
  readonly region: string;
  readonly day: Day;
  readonly rests: boolean;
  readonly name: string;
  /** Null: it came with the tables. */
  readonly enteredAt: Instant | null;
};

/** The kept days of a country and of one of its regions, from one day to another, both included. */
export const daysOf = ({ db }: Eyes, { country, region }: CalendarName, from: Day, until: Day): Promise<readonly NamedDay[]> =>
  db
    .selectFrom("platform.calendar_day")
    .select(["region", "day", "rests", "name", "entered_at as enteredAt"])
    .where("country", "=", country)
    .where("region", "in", ["", region])
    .where("day", ">=", from)
    .where("day", "<=", until)
    .orderBy("day")
    .orderBy("region")
    .execute();

/** The calendar of a country and of one of its regions, for the days from one to another. */
export const readCalendar = async (view: Eyes, name: CalendarName, from: Day, until: Day): Promise<Calendar> =>
  calendarOf(await daysOf(view, name, from, until));

/** What the region of a calendar is called there; undefined for a whole country, and where none is kept. */
export async function regionNamed({ db }: Eyes, { country, region }: CalendarName): Promise<string | undefined> {
  const kept = db.selectFrom("platform.calendar").select("name").where("country", "=", country).where("region", "=", region);
  const row = await kept.where("region", "<>", "").executeTakeFirst();
  return row?.name;
}

/** The regions of countries for which days are kept. */
export async function regions({ db }: Eyes): Promise<AnswerOf<typeof listCalendars>> {
  const items = await db
    .selectFrom("platform.calendar")
    .select(["country", "region", "name"])
    .where("region", "<>", "")
    .where("country", "<>", "EU")
    .orderBy("country")
    .orderBy("name")
    .execute();
  return { items };
}

export type KeptDay = CalendarName & { readonly day: Day; readonly rests: boolean; readonly name: string };

/** Every kept day of a year, of countries with all their regions. */
export const keptOfYear = async ({ db }: Eyes, countries: readonly string[], year: number): Promise<readonly KeptDay[]> =>
  countries.length === 0
    ? []
    : db
        .selectFrom("platform.calendar_day")
        .select(["country", "region", "day", "rests", "name"])
        .where("country", "in", countries)
        .where("day", ">=", `${year}-01-01` as Day)
        .where("day", "<=", `${year}-12-31` as Day)
        .execute();

export type NewDay = CalendarName & {
  readonly called: string;
  readonly day: Day;
  readonly rests: boolean;
  readonly name: string;
  readonly source: string;
};

/** Keeps days that are not kept yet; those that are, stay as they are. The days that were written. */
export async function saveDays({ tx, now }: Scope, days: readonly NewDay[]): Promise<number> {
  if (days.length === 0) return 0;
  await tx
    .insertInto("platform.calendar")
    .values(days.map(({ country, region, called }) => ({ country, region, name: called })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("platform.calendar_day")
    .values(days.map(({ country, region, day, rests, name, source }) => ({ country, region, day, rests, name, source, entered_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows);
}
