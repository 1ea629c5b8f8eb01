// Closed days in SQL: the frozen calendar that due days are reckoned by.
import type { Day } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";

/** Days from one to the other, both included, on which a whole country rests. Weekends are not among them. */
export async function closedDays({ db }: Pick<View, "db">, country: string, from: Day, until: Day): Promise<ReadonlySet<Day>> {
  const rows = await db
    .selectFrom("money.closed_day")
    .select("day")
    .where("country", "=", country)
    .where("region", "=", "")
    .where("day", ">=", from)
    .where("day", "<=", until)
    .execute();
  return new Set(rows.map(({ day }) => day));
}
