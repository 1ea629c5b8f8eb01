// Those who lend to the coop from outside, in SQL.
import type { listLenders } from "@partcommune/shared/money/api";
import { loanOfLender } from "@partcommune/shared/money/rules/accounts";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { zero, type Money } from "@partcommune/shared/platform/money";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { balanceOf, type Reading } from "./ledger.ts";

/** Saves a lender; undefined where one of that name stands. */
export async function saveLender({ tx, now, id }: Scope, name: string): Promise<Id | undefined> {
  const row = await tx
    .insertInto("money.lender")
    .values({ id: id(), name, named_at: now })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** What a lender is owed; undefined where nobody is of that id. */
export async function owedTo(view: View, lender: Id): Promise<Money | undefined> {
  const row = await view.db.selectFrom("money.lender").select("id").where("id", "=", lender).executeTakeFirst();
  return row && owed(view, row.id, (await bookOf(view.db)).currency);
}

const owed = async (reading: Reading, lender: Id, currency: string): Promise<Money> => {
  const balance = await balanceOf(reading, loanOfLender(lender));
  return balance ? { minor: -balance.balance.minor, currency } : zero(currency);
};

/** By name. */
export async function lenders(view: View): Promise<AnswerOf<typeof listLenders>> {
  const { currency } = await bookOf(view.db);
  const rows = await view.db.selectFrom("money.lender").select(["id", "name"]).orderBy("name").limit(200).execute();
  const items = [];
  for (const row of rows) items.push({ ...row, owed: await owed(view, row.id, currency) });
  return { items };
}
