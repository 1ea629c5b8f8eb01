// Seats of the board in SQL: who was elected, for how long, and how it ended.
import type { Id } from "@partcommune/shared/platform/id";
import type { View } from "../../platform/scope.ts";

/** How many terms in a row a person has held a seat, up to the one that runs. A gap of a year begins anew. */
export async function termsInRow({ db, now }: Pick<View, "db" | "now">, person: Id): Promise<number> {
  const seats = await db
    .selectFrom("governance.seat")
    .select(["from_at", "until_at"])
    .where("person", "=", person)
    .where("from_at", "<=", now)
    .orderBy("from_at", "desc")
    .limit(20)
    .execute();
  let [terms, before] = [0, now as string];
  for (const { from_at, until_at } of seats) {
    if (Date.parse(before) - Date.parse(until_at) > yearMs) break;
    [terms, before] = [terms + 1, from_at];
  }
  return terms;
}

const yearMs = 365 * 86_400_000;
