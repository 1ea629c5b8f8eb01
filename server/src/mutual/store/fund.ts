// The common fund as anyone may read it.
import type { readFund } from "@partcommune/shared/mutual/api";
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import { pots } from "@partcommune/shared/governance/rules/pots";
import { dayOf, monthOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import { sum, wholePpm, zero, type Money } from "@partcommune/shared/platform/money";
import { balancesUnder, fundSums, lastFees, potMovements, trialBalance, type FundSums } from "../../money/index.ts";
import { bookOf } from "../../platform/store.ts";
import type { View } from "../../platform/scope.ts";
import { guaranteeCounters } from "./counters.ts";
import { queueStanding } from "./queue.ts";

type Fund = AnswerOf<typeof readFund>;

const feesShown = 20;

/** Every figure is a query over the ledger at this moment; nothing is kept beside it. */
export async function fundPage(view: View): Promise<Fund> {
  const { currency, zone } = await bookOf(view.db);
  const money = (minor: bigint): Money => ({ minor, currency });
  const potsNow = await potsOf(view, currency);
  const { cameIn, wentOut } = await potMovements(view, currency, monthOf(dayOf(view.now, zone)));
  return {
    pots: potsNow,
    total: potsNow.reduce((total, { balance }) => sum(total, balance), zero(currency)),
    cameIn: money(cameIn),
    wentOut: money(wentOut),
    coverage: coverageOf(await fundSums(view, currency), money),
    queue: await queueStanding(view, currency),
    guarantee: await guaranteeCounters(view),
    fees: (await lastFees(view, currency, feesShown)).map(({ on, fee }) => ({ on, fee: money(fee) })),
    booksAddUp: (await trialBalance(view)).every(({ difference }) => difference === 0n),
    at: view.now,
  };
}

async function potsOf(view: View, currency: string): Promise<Fund["pots"]> {
  const booked = new Map((await balancesUnder(view, "pot:")).map((balance) => [balance.account.code, balance]));
  const { value: floors } = await view.bylaw("pot.floors", view.now);
  return pots.map((pot) => {
    const floor = { minor: bylawMinor(floors[pot], currency), currency };
    const account = booked.get(`pot:${pot}`);
    const balance = { minor: -(account?.balance.minor ?? 0n), currency };
    const held = account?.held ?? zero(currency);
    return { pot, balance, held, floor, available: { minor: balance.minor - held.minor - floor.minor, currency } };
  });
}

function coverageOf(
  { bank, vatDue, owedToMembers, inTransit, owedToSisters }: FundSums,
  money: (minor: bigint) => Money,
): Fund["coverage"] {
  const owed = owedToMembers + inTransit;
  const sums = {
    bank: money(bank),
    vatDue: money(vatDue),
    owedToMembers: money(owedToMembers),
    inTransit: money(inTransit),
    owedToSisters: money(owedToSisters),
  };
  return owed > 0n ? { ...sums, ppm: Number(((bank - vatDue - owedToSisters) * wholePpm) / owed) } : sums;
}
