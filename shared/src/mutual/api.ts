// What can be asked of the common fund: what it holds, what it promises, and whether it can keep it.
import { z } from "zod";
import { pots } from "../governance/rules/pots.ts";
import { DayJson, InstantJson, MoneyJson } from "../platform/api.ts";
import { endpoint } from "../platform/endpoint.ts";
import { queueReasons } from "../money/api.ts";
import { GuaranteeCounters } from "./api/counters.ts";
import { guaranteeQuestions } from "./rules/guarantee.ts";

export const readFund = endpoint({
  does: "Show the common fund: each pot with what it holds, what is bound and its floor, the month's movements, and the coverage ratio with its five sums.",
  method: "GET",
  path: "/api/v1/fund",
  who: "anyone",
  input: z.strictObject({}),
  answer: z.object({
    pots: z.array(z.object({ pot: z.enum(pots), balance: MoneyJson, held: MoneyJson, floor: MoneyJson, available: MoneyJson })),
    total: MoneyJson,
    cameIn: MoneyJson.meta({ description: "fees of this month" }),
    wentOut: MoneyJson.meta({ description: "withdrawals from pots this month" }),
    coverage: z.object({
      bank: MoneyJson,
      vatDue: MoneyJson,
      owedToMembers: MoneyJson,
      inTransit: MoneyJson,
      owedToSisters: MoneyJson,
      ppm: z.int().optional().meta({
        description: "(bank - VAT due - owed to sisters) / (owed to members + in transit), parts per million; absent while nothing is owed",
      }),
    }),
    queue: z
      .object({
        count: z.int(),
        sum: MoneyJson,
        oldest: DayJson.optional(),
        alerts: z.array(z.object({ cause: z.enum(queueReasons), since: InstantJson })),
      })
      .meta({ description: "of what the guarantee should pay ahead of clients and cannot yet; an alert for each cause" }),
    guarantee: GuaranteeCounters,
    fees: z.array(z.object({ on: DayJson, fee: MoneyJson })).meta({ description: "the last fees that came in, without names" }),
    booksAddUp: z.boolean(),
    at: InstantJson,
  }),
  mayLag: true,
});

/** What was asked and answered at signing. */
export const PromiseCard = z.object({
  guaranteed: z.boolean(),
  workingDays: z.int(),
  answers: z.array(
    z.object({
      question: z.enum(guaranteeQuestions),
      holds: z.boolean(),
      lack: z
        .object({ has: MoneyJson, needs: MoneyJson, short: MoneyJson })
        .optional()
        .meta({ description: "of a no about pot or bank: what it holds, what this promise takes of it, and how much is missing" }),
    }),
  ),
  promisedAt: InstantJson,
});
