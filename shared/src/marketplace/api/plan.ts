// How place and milestones of work stand in JSON before there is any: on a posted job, in a declaration.
import { z } from "zod";
import { DayJson, DayText, Line, MoneyJson, PositiveMoney } from "../../platform/api.ts";
import { services } from "../../platform/packs.ts";
import { mostMilestones } from "../rules/plan.ts";

export const Place = z.strictObject({ town: Line(80), country: z.string().regex(/^[A-Z]{2}$/) });

/** What the coop's country taxes otherwise than other work. */
export const ServiceAsked = z
  .enum(services)
  .optional()
  .meta({ description: "what the law of the coop's country taxes less, or not at all; absent: it is taxed like other work" });

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
