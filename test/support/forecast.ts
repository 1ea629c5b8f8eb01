// What the wizard's forecast says of an opening fund under the founding rules, for a coop of Belgium.
import { calendarDaysOf, carrying, fundNeeded, type Carried, type Expected, type Fund } from "@partcommune/shared/mutual/rules/carrying";
import { foundingFund } from "@partcommune/shared/governance/rules/founding-fund";
import { moneyFrom, moneyText, type Money } from "@partcommune/shared/platform/money";
import { standardVat } from "@partcommune/shared/platform/packs";
import type { Day } from "@partcommune/shared/platform/time";

const eur = (amount: string): Money => moneyFrom({ amount, currency: "EUR" });
const { floors, holdShare, clientExposure, clientShare, startAmount, workingDays } = foundingFund;

const founding = {
  memberDays: calendarDaysOf(workingDays),
  vatRate: standardVat("BE", "2026-01-01" as Day) ?? 0n,
  feeRate: 85_000n,
  fundSplit: { guarantee: 400_000n, insurance: 200_000n, coaching: 100_000n, advances: 100_000n, reserve: 200_000n, running: 0n },
  runningCost: eur("0.00"),
  floor: eur(`${floors.guarantee}.00`),
  holdShare: BigInt(holdShare),
  clientExposure: eur(`${clientExposure}.00`),
  startAmount: eur(`${startAmount}.00`),
  clientShare: BigInt(clientShare),
};

type Work = Pick<Expected, "averageJob" | "jobsAMonth" | "clientDays">;
type Planned = Work & Fund;

/** With what founders begin who expect such work. */
export const neededFor = (work: Work): Fund => fundNeeded({ ...founding, ...work, pot: eur("0.00"), cash: eur("0.00") });

/** What a fund carries of such work. */
export const forecast = (planned: Planned): Carried => carrying({ ...founding, ...planned });

/** The forecast in a few lines, as the wizard says it. */
export function forecastText({ pot, cash, ...planned }: Planned): string {
  const { byPot, byCash, atOnce, ofOneClient, needed, emptyIn } = forecast({ pot, cash, ...planned });
  const text = (money: Money): string => moneyText(money).amount;
  return [
    `the opening fund  ${text(pot)} in the guarantee pot, ${text(cash)} on the bank account`,
    `carries at once   ${atOnce} engagements of ${text(planned.averageJob)}: ${byPot} by the pot, ${byCash} by the cash, ${ofOneClient} of one client`,
    `will need         ${needed}, where ${planned.jobsAMonth} a month are paid by clients after ${planned.clientDays} days`,
    `cash              ${emptyIn === undefined ? "lasts three years" : `is not enough in month ${emptyIn}`}`,
    "",
  ].join("\n");
}
