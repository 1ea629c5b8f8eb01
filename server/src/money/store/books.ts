// What the desk of the books shows.
import type { readBooks } from "@partcommune/shared/money/api/books";
import { seesAllMoney } from "@partcommune/shared/money/rules/rights";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import { lastChecked } from "../../platform/checks.ts";
import type { View } from "../../platform/scope.ts";
import { unsealedCount, yearsOfBook } from "./journal.ts";

/** The years that are held, and what the checks said. */
export async function booksPage(view: View): Promise<AnswerOf<typeof readBooks>> {
  const checked = await lastChecked(view.db);
  return {
    years: (await yearsOfBook(view)).map(({ year, entries }) => ({ year, entries: Number(entries) })),
    waiting: Number(await unsealedCount(view)),
    ...(checked === undefined ? {} : { checked }),
    takes: seesAllMoney(view.actor),
  };
}
