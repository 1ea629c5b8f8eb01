// How the guarantee keeps its word, as everybody may count it.
import { z } from "zod";
import { DayJson, MoneyJson } from "../../platform/api.ts";

/** Why a guaranteed payment was late. */
export const lateCauses = ["queue", "account", "coop", "bank"] as const;
export type LateCause = (typeof lateCauses)[number];

export const GuaranteeCounters = z.object({
  due: z.int().meta({ description: "guaranteed payments whose last day has come, and those paid before it" }),
  onTime: z.int().meta({ description: "of these, booked by the bank on or before that day" }),
  late: z.object({
    count: z.int(),
    worstDays: z.int().optional(),
    causes: z.array(z.object({ cause: z.enum(lateCauses), count: z.int() })),
  }),
  exposure: MoneyJson.meta({ description: "paid to members before their clients paid, less what came in since and what was given up" }),
  exposureByDay: z
    .array(z.object({ on: DayJson, exposure: MoneyJson }))
    .meta({ description: "days of the last thirty on which it changed, and today" }),
  lost: MoneyJson.meta({ description: "given up though guaranteed, with VAT" }),
  recovered: MoneyJson.meta({ description: "of that, what came in since" }),
});
