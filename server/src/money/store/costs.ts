// What the coop itself costs, in SQL: by the accounts of the book, for everybody.
import { sql } from "kysely";
import type { readCosts } from "@partcommune/shared/money/api/cost";
import { costs, earned, incomes, spent, type Cost, type Income } from "@partcommune/shared/money/rules/accounts";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { View } from "../../platform/scope.ts";
import { bookIn } from "./closing.ts";

/** This year's costs and returns; what closes the year is none. */
export async function costsOfYear({ db, now }: View): Promise<AnswerOf<typeof readCosts>> {
  const book = await bookIn(db);
  if (!book) return { year: Number(now.slice(0, 4)), costs: [], incomes: [] };
  const year = Number(dayOf(now, book.zone).slice(0, 4));
  const { rows } = await sql<{ code: string; minor: bigint }>`
    select code, sum(amount)::bigint as minor from ledger.leg join ledger.entry using (entry_id) join ledger.account using (account_id)
    where code = any (${[...costs.map((cost) => spent(cost).code), ...incomes.map((income) => earned(income).code)]}::text[])
      and leg.year = ${year}::int and kind <> 'year.closed'
    group by 1 having sum(amount) <> 0 order by 2 desc, 1`.execute(db);
  const { currency } = book;
  const told = rows.map(({ code, minor }) => ({ kind: code.slice(0, code.indexOf(":")), word: code.slice(code.indexOf(":") + 1), minor }));
  return {
    year,
    costs: told.flatMap(({ kind, word, minor }) => (kind === "expense" ? [{ cost: word as Cost, amount: { minor, currency } }] : [])),
    incomes: told.flatMap(({ kind, word, minor }) =>
      kind === "income" ? [{ income: word as Income, amount: { minor: -minor, currency } }] : [],
    ),
    sum: { minor: told.reduce((all, { minor }) => all + minor, 0n), currency },
  };
}
