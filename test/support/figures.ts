// What a figure of the fund opens into, as anybody asks for it.
import { listFigureEntries } from "@partcommune/shared/mutual/api";
import type { FigureId } from "@partcommune/shared/mutual/rules/figures";
import { moneyFrom, moneyText, sum, type MoneyText } from "@partcommune/shared/platform/money";
import type { Caller } from "./coop.ts";
import { eur } from "./treasury.ts";

/** What its rows come to; it throws where they do not come to the sum above them. */
export async function figureOpened(caller: Caller, figure: FigureId): Promise<MoneyText> {
  const { body, text } = await caller.call(listFigureEntries, { figure });
  const rows = moneyText(sum(moneyFrom(eur("0.00")), ...body.items.map(({ amount }) => moneyFrom(amount))));
  if (rows.amount !== body.sum.amount) throw new Error(`the rows of ${figure} come to ${rows.amount}: ${text}`);
  return rows;
}
