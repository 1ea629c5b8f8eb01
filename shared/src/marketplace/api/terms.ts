// How a job says the work, and a bid its offer, wherever they are written: posted, changed, placed, revised.
import { z } from "zod";
import { services } from "../../platform/packs.ts";
import { DayJson, DayText, IdText, Line, MoneyJson, PositiveMoney, Text } from "../../platform/api.ts";
import { jobLanguages } from "../rules/job.ts";
import { priceKinds } from "../rules/price.ts";
import { mostJobSkills } from "../rules/skill.ts";
import { Place, Plan, PlannedMilestone, ServiceAsked } from "./plan.ts";

/** The most days of work an offer is for. */
const mostDays = 400;

/** How a job asks for its price, as it is read. */
export const priceTold = {
  priceKind: z.enum(priceKinds),
  price: MoneyJson.optional(),
  least: MoneyJson.optional(),
  most: MoneyJson.optional(),
};

/** What a client says about the work. */
export const termsAsked = {
  title: Line(120, 3),
  text: Text(20_000, 1),
  language: z.enum(jobLanguages).meta({ description: "of title and text" }),
  trade: Line(80),
  skills: z.array(IdText).min(1).max(mostJobSkills).optional(),
  place: Place.optional().meta({ description: "absent: the work is done remotely" }),
  startOn: DayText,
  endOn: DayText,
  priceKind: z.enum(priceKinds).optional().meta({
    description:
      "fixed: the price is named here; open: each bid names its own; hourly: each bid names a rate. Absent: fixed where a price is named",
  }),
  price: PositiveMoney.optional().meta({ description: "excl. VAT, of a fixed price" }),
  least: PositiveMoney.optional().meta({ description: "lower bound of an open price; a bid below is shown as such" }),
  most: PositiveMoney.optional().meta({ description: "upper bound of an open price; a bid above is shown as such" }),
  milestones: Plan,
  service: ServiceAsked,
};

/** What a bid was made on, as it stood before or after a change: the fields that differ. A place, amounts or milestones may be absent. */
export const TermsTold = z.object({
  title: z.string().optional(),
  text: z.string().optional(),
  trade: z.string().optional(),
  place: z.object({ town: z.string(), country: z.string() }).optional(),
  startOn: DayJson.optional(),
  endOn: DayJson.optional(),
  priceKind: z.enum(priceKinds).optional(),
  price: MoneyJson.optional(),
  least: MoneyJson.optional(),
  most: MoneyJson.optional(),
  milestones: z.array(PlannedMilestone).optional(),
  service: z.enum(services).optional(),
});

/** What a member offers, and why they. */
export const Offer = {
  amount: PositiveMoney.meta({ description: "excl. VAT; by the hour, the most it can come to" }),
  rate: PositiveMoney.optional().meta({ description: "for an hour, excl. VAT; of an hourly job" }),
  days: z.int().min(1).max(mostDays).optional().meta({ description: "of work it is for; absent: every weekday of the job" }),
  pitch: Text(4_000, 1),
};
