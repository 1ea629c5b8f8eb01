// What a member reads before they leave, while they do, and after: works, money, offices and capital in one page.
import { z } from "zod";
import { stages } from "../../membership/rules.ts";
import { openKinds } from "../../membership/rules/leaving.ts";
import { shareWaits } from "../../money/rules/share-capital.ts";
import { roles } from "../../platform/actor.ts";
import { DayJson, InstantJson, MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

export const readLeaving = endpoint({
  does: "Show what is open between oneself and the coop, what ends with one's notice, and what becomes of one's share.",
  method: "GET",
  path: "/api/v1/me/leaving",
  who: "onceMember",
  input: z.strictObject({}),
  answer: z.object({
    stage: z.enum(stages),
    leavingAt: InstantJson.optional().meta({ description: "when one gave notice" }),
    leftOn: DayJson.optional(),
    open: z
      .array(
        z.object({
          kind: z.enum(openKinds),
          count: z.int().optional(),
          amount: MoneyJson.optional(),
          until: InstantJson.optional(),
        }),
      )
      .meta({ description: "what is settled first, in its order; the membership ends once nothing is left of it" }),
    ends: z
      .object({
        bids: z.int().meta({ description: "that wait for an answer and are withdrawn" }),
        invitations: z.int().meta({ description: "to open jobs, which are declined" }),
        roles: z.array(z.enum(roles)).meta({ description: "that the board gave" }),
        seat: z.boolean().meta({ description: "whether one holds a seat of the board that members gave, or waits for it" }),
        proxies: z.int().meta({ description: "of others in open votes, not used yet" }),
        votes: z.int().meta({ description: "that are open and in which one stands on the roll: there one still votes" }),
        shown: z.boolean().meta({ description: "whether one's page is in the directory" }),
      })
      .meta({ description: "what ends, or ended, with the notice" }),
    share: z.object({
      amount: MoneyJson.meta({ description: "paid in and not repaid" }),
      closesOn: DayJson.optional().meta({ description: "of whoever has left: it is repaid once the books are closed until then" }),
      wait: z.enum(shareWaits).optional(),
    }),
  }),
});
