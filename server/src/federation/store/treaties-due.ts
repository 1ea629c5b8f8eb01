// Treaties that the clock moves, in SQL: those that are over, and those whose end comes near.
import { sql } from "kysely";
import { warningDays, warningDue } from "@partcommune/shared/federation/rules/treaty";
import type { Id } from "@partcommune/shared/platform/id";
import { dayMs, later, type Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

export type Ending = { readonly id: Id; readonly host: Id; readonly expiresAt: Instant; readonly warned: number | null };

/** Treaties in force that end before this instant, soonest first. */
async function endingBefore({ db }: Pick<View, "db">, before: Instant): Promise<readonly Ending[]> {
  const expiresAt = sql<Instant>`terms ->> 'expiresAt'`;
  return db
    .selectFrom("federation.treaty")
    .select(["id", "host", "warned", expiresAt.as("expiresAt")])
    .where("state", "in", ["active", "paused"])
    .where(expiresAt, "<=", before)
    .orderBy(expiresAt)
    .limit(100)
    .execute();
}

export const treatiesToExpire = (view: View): Promise<readonly Ending[]> => endingBefore(view, view.now);

/** Treaties of whose end the board is to be told now, with the days that are left at the most. */
export async function treatiesToWarnOf(view: View): Promise<readonly (Ending & { readonly days: number })[]> {
  return (await endingBefore(view, later(view.now, warningDays[0] * dayMs))).flatMap((each) => {
    const days = each.expiresAt > view.now ? warningDue(view.now, each.expiresAt, each.warned) : undefined;
    return days === undefined ? [] : [{ ...each, days }];
  });
}

/** Notes that the board is told. True for exactly one caller. */
export async function noteWarned({ tx }: Scope, treaty: Id, days: number): Promise<boolean> {
  const noted = await tx
    .updateTable("federation.treaty")
    .set({ warned: days })
    .where("id", "=", treaty)
    .where((eb) => eb.or([eb("warned", "is", null), eb("warned", ">", days)]))
    .executeTakeFirst();
  return noted.numUpdatedRows === 1n;
}
