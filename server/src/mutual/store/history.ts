// How the common fund stood month by month, as anyone may read it.
import { pots } from "@partcommune/shared/governance/rules/pots";
import type { readFundHistory } from "@partcommune/shared/mutual/api";
import { monthsStood, rounded } from "@partcommune/shared/mutual/rules/history";
import { dayOf, monthOf, monthsAfter } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Money } from "@partcommune/shared/platform/money";
import { versionsCited } from "../../governance/index.ts";
import { lastPaidOut, monthsMoved } from "../../money/index.ts";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { citedTold } from "./cited.ts";
import { guaranteeCounters } from "./counters.ts";

const mostMonths = 24;
const payoutsShown = 20;

export async function fundHistory(view: View): Promise<AnswerOf<typeof readFundHistory>> {
  const { currency, zone } = await bookOf(view.db);
  const money = (minor: bigint): Money => ({ minor, currency });
  const moved = await monthsMoved(view, currency);
  const now = monthOf(dayOf(view.now, zone));
  const first = moved[0]?.month ?? now;
  const months = Array.from({ length: mostMonths }, (_, back) => monthsAfter(now, -back))
    .filter((month) => month >= first)
    .toReversed();
  const { value: limit } = await view.bylaw("coverage.alert", view.now);
  return {
    currency,
    months: monthsStood(moved, months).map(({ month, pots: held, coverage }) => ({
      month,
      pots: pots.map((pot) => ({ pot, balance: money(held[pot]) })),
      total: money(pots.reduce((sum, pot) => sum + held[pot], 0n)),
      ...(coverage === undefined ? {} : { coveragePpm: Number(coverage) }),
    })),
    limitPpm: Number(limit),
    exposure: (await guaranteeCounters(view)).exposureByDay,
    payouts: await payoutsTold(view, currency),
  };
}

async function payoutsTold(view: View, currency: string): Promise<AnswerOf<typeof readFundHistory>["payouts"]> {
  const paid = await lastPaidOut(view, currency, payoutsShown);
  const cited = await versionsCited(
    view,
    paid.flatMap(({ bylaws }) => bylaws.map(BigInt)),
  );
  return paid.map(({ pot, month, kind, bylaws, minor }) => ({
    pot,
    month,
    kind,
    rules: cited.filter(({ id }) => bylaws.includes(String(id))).map(citedTold),
    about: { minor: rounded(minor), currency },
  }));
}
