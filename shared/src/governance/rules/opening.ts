// What founders plan to open their fund with: what is paid into which pot, what is lent, and what they expect to work for.
import { z } from "zod";
import { amount, perPot, whole } from "./bylaw-shapes.ts";

const most = 1_000_000_000;

/** Amounts are in the coop's own currency, as decimal text like those of bylaws. */
export const openingPlan = z.strictObject({
  endowments: perPot(amount(most)),
  loan: amount(most),
  averageJob: amount(most).meta({ description: "what one job costs on average, without VAT" }),
  jobsAMonth: whole(0, 1_000),
  clientDays: whole(0, 365).meta({ description: "how long clients take to pay an invoice" }),
  runningCost: amount(most).meta({ description: "what the coop itself costs a month" }),
});
export type OpeningPlan = z.output<typeof openingPlan>;
