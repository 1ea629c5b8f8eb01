// What founders planned to open the fund with, beside what the book says came.
import { sql } from "kysely";
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import { pots } from "@partcommune/shared/governance/rules/pots";
import type { readOpening } from "@partcommune/shared/money/api";
import { toCome } from "@partcommune/shared/money/rules/opening";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Money } from "@partcommune/shared/platform/money";
import { openingPlanOf } from "../../governance/index.ts";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";

/** Nothing is listed that was not planned. */
export async function opening(view: View): Promise<AnswerOf<typeof readOpening>> {
  const plan = await openingPlanOf(view);
  if (!plan) return { pots: [] };
  const { currency } = await bookOf(view.db);
  const came = await cameIn(view, currency);
  const awaited = (text: string, code: string) => {
    const planned: Money = { minor: bylawMinor(text, currency), currency };
    return { planned, toCome: toCome({ planned, came: { minor: came.get(code) ?? 0n, currency } }) };
  };
  const planned = pots.map((pot) => ({ pot, ...awaited(plan.endowments[pot], `pot:${pot}`) }));
  const loan = awaited(plan.loan, "loan");
  return {
    pots: planned.filter((each) => each.planned.minor > 0n),
    ...(loan.planned.minor > 0n ? { loan } : {}),
  };
}

/** Everything that was ever endowed, by pot, and everything that was ever lent. */
async function cameIn({ db }: Pick<View, "db">, currency: string): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ code: string; minor: bigint }>`
    select case when code like 'loan:%' then 'loan' else code end as code, -sum(amount)::bigint as minor
    from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
    where kind in ('fund.endowed', 'loan.received') and amount < 0 and leg.currency = ${currency}
    group by 1`.execute(db);
  return new Map(rows.map(({ code, minor }) => [code, minor]));
}
