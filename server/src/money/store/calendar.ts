// Closed days in SQL: the frozen calendar that due days are reckoned by.
import type { Day } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";

/** Days from one to the other, both included, on which a whole country rests. Weekends are not among them. */
export const closedDays = (view: Pick<View, "db">, country: string, from: Day, until: Day): Promise<ReadonlySet<Day>> =>
  daysOf(view, { country, region: "" }, from, until);

/** Days on which the banks of the area do not settle (TARGET). */
export const bankClosedDays = (view: Pick<View, "db">, from: Day, until: Day): Promise<ReadonlySet<Day>> =>
  daysOf(view, { country: "EU", region: "TARGET" }, from, until);

type Calendar = { readonly country: string; readonly region: string };

async function daysOf({ db }: Pick<View, "db">, { country, region }: Calendar, from: Day, until: Day): Promise<ReadonlySet<Day>> {
  const rows = await db
    .selectFrom("money.closed_day")
    .select("day")
    .where("country", "=", country)
    .where("region", "=", region)
    .where("day", ">=", from)
    .where("day", "<=", until)
    .execute();
  return new Set(rows.map(({ day }) => day));
}

/** A day of rest, by its name. */
export type ClosedDay = { readonly on: Day; readonly name: string };

/** The days of rest of a whole country, each by its name; a weekend is none. */
export const closedDaysNamed = (view: Pick<View, "db">, country: string, from: Day, until: Day): Promise<readonly ClosedDay[]> =>
  view.db
    .selectFrom("money.closed_day")
    .select(["day as on", "name"])
    .where("country", "=", country)
    .where("region", "=", "")
    .where("day", ">=", from)
    .where("day", "<=", until)
    .orderBy("day")
    .execute();
