// The figures of the fund as anyone may read them: clients without a name, everything else by it.
import type { readFund } from "@partcommune/shared/mutual/api";
import { breakEven, coverageLevel, coverageOf, frontNeed, tenthsCovered } from "@partcommune/shared/mutual/rules/coverage";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import { wholePpm, type Money } from "@partcommune/shared/platform/money";
import { branchNames } from "../../governance/index.ts";
import type { View } from "../../platform/scope.ts";
import type { Figures } from "./figures.ts";

type Fund = AnswerOf<typeof readFund>;
type Measured = Pick<Fund, "coverage" | "lasting" | "front" | "losses" | "concentration">;

export async function measured(view: View, figures: Figures): Promise<Measured> {
  const { flows, rules, clientDays, memberDays, currency, monthly } = figures;
  const money = (minor: bigint): Money => ({ minor, currency });
  const turnover = monthly(flows.net);
  const invoiced = flows.net + flows.vat;
  return {
    coverage: coverageTold(figures, money),
    lasting: lastingTold(figures, money),
    front: {
      turnover: money(turnover),
      clientDays,
      memberDays,
      need: money(frontNeed(turnover, rules["fee.rate"], clientDays, memberDays)),
    },
    losses: {
      breakEvenPpm: Number(breakEven(rules["fee.rate"], rules["fund.split"].guarantee)),
      lostPpm: invoiced > 0n ? Number((flows.lost * wholePpm) / invoiced) : 0,
    },
    concentration: await concentrationTold(view, figures),
  };
}

function coverageTold({ sums, receivable, rules }: Figures, money: (minor: bigint) => Money): Fund["coverage"] {
  const [ratio, withReceivables] = [coverageOf(sums), coverageOf(sums, receivable)];
  const limit = rules["coverage.alert"];
  return {
    bank: money(sums.bank),
    vatDue: money(sums.vatDue),
    owedToMembers: money(sums.owedToMembers),
    inTransit: money(sums.inTransit),
    owedToSisters: money(sums.owedToSisters),
    ...(ratio === undefined ? {} : { ppm: Number(ratio) }),
    ...(withReceivables === undefined ? {} : { withReceivablesPpm: Number(withReceivables) }),
    limitPpm: Number(limit),
    level: coverageLevel(ratio, limit),
  };
}

function lastingTold({ potsNow, flows, rules, weekly, runningCost }: Figures, money: (minor: bigint) => Money): Fund["lasting"] {
  const payouts = weekly(flows.payouts);
  const [running, reserve] = [tenthsCovered(potsNow.running, runningCost), tenthsCovered(potsNow.reserve, payouts)];
  return {
    runningCost: money(runningCost),
    ...(running === undefined ? {} : { runningTenths: running }),
    payouts: money(payouts),
    ...(reserve === undefined ? {} : { reserveTenths: reserve }),
    reserveTargetWeeks: rules["reserve.targetWeeks"],
  };
}

/** Sisters and branches by their names; a client's is theirs to tell. */
async function concentrationTold(view: View, { concentrations }: Figures): Promise<Fund["concentration"]> {
  const sister = concentrations.find(({ by }) => by === "sister")?.key;
  const names = new Map([...(await branchNames(view)), ...(await view.coops(sister === undefined ? [] : [sister]))]);
  return concentrations.map(({ by, key, ppm, limit, level }) => ({
    by,
    ...(by === "client" ? {} : { name: names.get(key) ?? key }),
    ppm: Number(ppm),
    limitPpm: Number(limit),
    level,
  }));
}
