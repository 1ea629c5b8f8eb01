// The opening fund of a town: what the wizard says founders need who foresee its work.
import type { Expected } from "@partcommune/shared/mutual/rules/carrying";
import type { Money } from "@partcommune/shared/platform/money";
import { neededFor } from "../../support/forecast.ts";
import { foreseenOf, type Plan } from "./plan.ts";

export type OpeningFund = Pick<Expected, "averageJob" | "jobsAMonth" | "clientDays" | "pot" | "cash">;

/** All that is needed; or of that what they have, in parts of a thousand. */
export function openingFund(plan: Plan, perMille = 1_000n): OpeningFund {
  const { averageJob, ...work } = foreseenOf(plan);
  const asked = { ...work, averageJob: { minor: BigInt(averageJob), currency: "EUR" } };
  const { pot, cash } = neededFor(asked);
  const had = ({ minor, currency }: Money): Money => ({ minor: (minor * perMille) / 1_000n, currency });
  return { ...asked, pot: had(pot), cash: had(cash) };
}
