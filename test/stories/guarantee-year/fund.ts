// The opening fund of a year: the least with which the wizard's forecast has as many engagements in front as will be needed, and cash in every month.
import type { Expected } from "@partcommune/shared/mutual/rules/carrying";
import type { Money } from "@partcommune/shared/platform/money";
import { forecast } from "../../support/forecast.ts";
import { foreseenOf, type Plan } from "./plan.ts";

export type OpeningFund = Pick<Expected, "averageJob" | "jobsAMonth" | "clientDays" | "pot" | "cash">;

const cents = (minor: bigint): Money => ({ minor, currency: "EUR" });
const thousand = 100_000n;
const upwards = (minor: bigint): bigint => ((minor + thousand - 1n) / thousand) * thousand;

/** In whole thousands, as founders would round; or of that what they have: a part in a thousand. */
export function openingFund(plan: Plan, perMille = 1_000n): OpeningFund {
  const { averageJob, ...work } = foreseenOf(plan);
  const asked = { ...work, averageJob: cents(BigInt(averageJob)) };
  const nothing = forecast({ ...asked, pot: cents(0n), cash: cents(0n) });
  const [floor, needed] = [500_000n, BigInt(nothing.needed)];
  const pot = cents(upwards(floor + needed * nothing.hold.minor));
  let cash = cents(upwards(needed * nothing.budget.minor));
  while (forecast({ ...asked, pot, cash }).emptyIn !== undefined) cash = cents(cash.minor + 10n * thousand);
  const had = ({ minor }: Money): Money => cents(upwards((minor * perMille) / 1_000n));
  return { ...asked, pot: had(pot), cash: had(cash) };
}
