// How a job says the work, and a bid its offer, wherever they are written: posted, changed, placed, revised.
import { z } from "zod";
import { DayJson, DayText, IdText, Line, MoneyJson, PositiveMoney, Text } from "../../platform/api.ts";
import { jobLanguages } from "../rules/job.ts";
import { mostJobSkills } from "../rules/skill.ts";
import { Place, Plan, PlannedMilestone } from "./plan.ts";

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
  price: PositiveMoney.optional().meta({ description: "excl. VAT; absent: bidders name theirs" }),
  milestones: Plan,
};

/** What a bid was made on, as it stood before or after a change: the fields that differ. A place, a price or milestones may be absent. */
export const TermsTold = z.object({
  title: z.string().optional(),
  text: z.string().optional(),
  trade: z.string().optional(),
  place: z.object({ town: z.string(), country: z.string() }).optional(),
  startOn: DayJson.optional(),
  endOn: DayJson.optional(),
  price: MoneyJson.optional(),
  milestones: z.array(PlannedMilestone).optional(),
});

/** What a member offers, and why they. */
export const Offer = { amount: PositiveMoney.meta({ description: "excl. VAT" }), pitch: Text(4_000, 1) };
