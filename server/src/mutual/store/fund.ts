// The common fund as anyone may read it.
import type { readFund } from "@partcommune/shared/mutual/api";
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import { pots } from "@partcommune/shared/governance/rules/pots";
import { dayOf, monthOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import { sum, zero, type Money } from "@partcommune/shared/platform/money";
import { witnessesOf } from "../../federation/index.ts";
import { balancesUnder, lastFees, potMovements, sealLog, trialBalance } from "../../money/index.ts";
import { bookOf } from "../../platform/store.ts";
import type { View } from "../../platform/scope.ts";
import { guaranteeCounters } from "./counters.ts";
import { figuresOf } from "./figures.ts";
import { measured } from "./measured.ts";
import { warningsTold } from "./warnings.ts";
import { queueStanding } from "./queue.ts";
import { lastRehearsal } from "./winding-down.ts";
import { recordThumbprint } from "../../platform/record-key.ts";

type Fund = AnswerOf<typeof readFund>;

const feesShown = 20;

/** Every figure is a query over the ledger at this moment; nothing is kept beside it. */
export async function fundPage(view: View): Promise<Fund> {
  const { currency, zone } = await bookOf(view.db);
  const money = (minor: bigint): Money => ({ minor, currency });
  const potsNow = await potsOf(view, currency);
  const { cameIn, wentOut } = await potMovements(view, currency, monthOf(dayOf(view.now, zone)));
  const rehearsal = await lastRehearsal(view);
  return {
    pots: potsNow,
    total: potsNow.reduce((total, { balance }) => sum(total, balance), zero(currency)),
    cameIn: money(cameIn),
    wentOut: money(wentOut),
    ...(await measured(view, await figuresOf(view))),
    warnings: await warningsTold(view),
    queue: await queueStanding(view, currency),
    guarantee: await guaranteeCounters(view),
    fees: (await lastFees(view, currency, feesShown)).map(({ on, fee }) => ({ on, fee: money(fee) })),
    booksAddUp: (await trialBalance(view)).every(({ difference }) => difference === 0n),
    ...(rehearsal ? { windDown: rehearsal } : {}),
    witnesses: await witnessesOf(view.db, sealLog),
    recordKey: await recordThumbprint(view.keys),
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
