// What a bank reported on a payout or a transfer, as it stands in JSON.
import { z } from "zod";
import { InstantJson } from "../../platform/api.ts";

export const BankSaid = z.object({
  status: z.string().meta({ description: "code of ISO 20022, such as RJCT: refused" }),
  reason: z.string().optional().meta({ description: "its code, such as AC04: the account is closed" }),
  words: z.string().optional().meta({ description: "what the bank writes beside" }),
  at: InstantJson.meta({ description: "when its report was read" }),
});

export const RefusedBefore = BankSaid.optional().meta({
  description:
    "what the bank reported when it refused an earlier transfer of the same; ordered to the same account it may well refuse again",
});
