// How milestones stand in JSON before there is any work: on a posted job, in a declaration.
import { z } from "zod";
import { DayJson, DayText, Line, MoneyJson, PositiveMoney } from "../../platform/api.ts";
import { mostMilestones } from "../rules/plan.ts";

/** The milestones somebody plans. Their amounts are the whole price. */
export const Plan = z
  .array(
    z.strictObject({
      title: Line(120),
      amount: PositiveMoney,
      dueOn: DayText.optional(),
      parallel: z.boolean().meta({ description: "begins with the work; else when the milestone before is handed in" }),
    }),
  )
  .min(1)
  .max(mostMilestones)
  .optional()
  .meta({ description: "in order, together the price; absent: one milestone, the whole" });

/** A planned milestone as it is read. */
export const PlannedMilestone = z.object({
  number: z.int(),
  title: z.string(),
  amount: MoneyJson,
  dueOn: DayJson.optional(),
  parallel: z.boolean(),
});
