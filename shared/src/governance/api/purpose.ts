// What can be asked about money that members set aside by a vote.
import { z } from "zod";
import { DayJson, IdText, MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { purposePots } from "../rules/purpose-pots.ts";

export const purposeStates = ["open", "unpaid", "closed"] as const;

export const PurposeCard = z.object({
  id: IdText.meta({ description: "of the proposal" }),
  title: z.string(),
  pot: z.enum(purposePots),
  amount: MoneyJson,
  left: MoneyJson.meta({ description: "not paid out yet; nothing once it is over" }),
  until: DayJson,
  state: z.enum(purposeStates).meta({ description: "unpaid: passed, but the pot would have fallen below its floor" }),
  short: MoneyJson.optional().meta({ description: "what the pot lacked" }),
});

export const readProposalPurpose = endpoint({
  does: "Show what became of money that a proposal set aside: what is left, and every payment with its reason.",
  method: "GET",
  path: "/api/v1/proposals/:proposal/purpose",
  who: "anyone",
  input: z.strictObject({ proposal: IdText }),
  answer: PurposeCard.extend({
    returned: MoneyJson.optional().meta({ description: "what went back to its pot at the end" }),
    payments: z.array(z.object({ on: DayJson, amount: MoneyJson, reason: z.string() })),
  }),
  mayLag: true,
});
