// What the treasury asks about money between coops: what is owed both ways, how much may be, and each claim and round.
import { z } from "zod";
import { DayJson, IdText, InstantJson, MoneyJson, Nothing, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { claimActs, claimKinds, claimStates, exposureLevels } from "../rules/claim.ts";
import { roundStates } from "../rules/netting.ts";

const Exposure = z.object({
  amount: MoneyJson,
  limit: MoneyJson.optional().meta({ description: "of the treaty; absent where it has none for our currency" }),
  level: z.enum(exposureLevels).meta({ description: "near: 80 % of the limit or more" }),
});

export const listSettling = endpoint({
  does: "List what we and each sister owe each other: accounts, exposure against the limit, the newest claims and rounds.",
  method: "GET",
  path: "/api/v1/desk/sisters",
  who: ["treasurer", "accountant", "board"],
  input: z.strictObject({}),
  answer: z.object({
    items: z.array(
      z.object({
        host: IdText,
        name: z.string(),
        isOpen: z.boolean().meta({ description: "whether new jobs and bids pass" }),
        payable: MoneyJson.meta({ description: "what we owe for work by its members" }),
        receivable: MoneyJson.meta({ description: "what it owes for work by ours" }),
        settlement: MoneyJson.meta({ description: "what is left of rounds; below zero we pay it" }),
        ours: Exposure.meta({
          description: "what we may come to owe it: claims that are not settled, and agreed work that is not approved",
        }),
        theirs: Exposure.meta({ description: "what it may come to owe us" }),
        claims: z.array(
          z.object({
            id: IdText,
            engagement: z.string().meta({ description: "its address at the coop that has the client" }),
            milestone: z.string(),
            ours: z.boolean().meta({ description: "whether we are owed; of a loss: whether the member is ours" }),
            about: z
              .enum(claimKinds)
              .meta({ description: "the work, what its client never pays of it, or what of that came in after all" }),
            ourWord: z.boolean().meta({ description: "whether we say it; the other coop answers" }),
            state: z.enum(claimStates),
            due: MoneyJson,
            theirs: MoneyJson.optional().meta({ description: "of a dispute: what the other coop reckons" }),
            acts: z.array(z.enum(claimActs)).meta({ description: "what a treasurer can do about it" }),
            reason: z
              .string()
              .optional()
              .meta({ description: "that was given, here or there, when it was last withdrawn, raised anew or accepted" }),
            round: z.string().optional(),
            since: InstantJson,
          }),
        ),
        rounds: z.array(
          z.object({
            id: IdText,
            name: z.string(),
            state: z.enum(roundStates),
            net: MoneyJson.meta({ description: "what we get; below zero what we pay" }),
            open: MoneyJson.meta({ description: "of that, what no bank has booked" }),
            dueOn: DayJson.optional(),
            hash: z.string(),
            theirs: z.string().optional().meta({ description: "the hash that the other coop stated; equal once it is posted" }),
          }),
        ),
      }),
    ),
  }),
});

const aboutClaim = z.strictObject({ claim: IdText, reason: Text(2_000, 3).meta({ description: "for the treasurers of both coops" }) });
const treasurer = ["treasurer"] as const;

export const withdrawClaim = endpoint({
  does: "Withdraw a claim of ours that the other coop disputes. What it had expected it expects again.",
  method: "POST",
  path: "/api/v1/desk/claims/:claim/withdrawal",
  who: treasurer,
  input: aboutClaim,
  answer: Nothing,
  refusals: ["not-in-this-state"],
});

export const raiseClaimAnew = endpoint({
  does: "Raise a claim of ours anew, with the sum that the other coop holds; our reserve bears the difference.",
  method: "POST",
  path: "/api/v1/desk/claims/:claim/raising",
  who: treasurer,
  input: aboutClaim,
  answer: Nothing,
  refusals: ["not-in-this-state", "claim-sum-unknown", "claim-unsound"],
});

export const acceptClaim = endpoint({
  does: "Accept after all what a sister claims of us; our reserve bears the difference.",
  method: "POST",
  path: "/api/v1/desk/claims/:claim/acceptance",
  who: treasurer,
  input: aboutClaim,
  answer: Nothing,
  refusals: ["not-in-this-state", "claim-unsound", "pot-floor"],
});
