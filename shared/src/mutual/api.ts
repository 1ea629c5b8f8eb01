// What can be asked of the common fund: what it holds, what it promises, and whether it can keep it.
import { z } from "zod";
import { bylawKeys } from "../governance/rules/bylaws.ts";
import { pots } from "../governance/rules/pots.ts";
import { Bytes, DayJson, DayText, IdText, InstantJson, Line, MoneyJson, Nothing, pageOfList } from "../platform/api.ts";
import { Witnessed } from "../federation/api/sisters.ts";
import { Proof } from "../platform/api/transparency.ts";
import { endpoint } from "../platform/endpoint.ts";
import { concentrations } from "./rules/concentration.ts";
import { levels } from "./rules/coverage.ts";
import { queueReasons } from "../money/api.ts";
import { GuaranteeCounters } from "./api/counters.ts";
import { figureIds } from "./rules/figures.ts";
import { guaranteeQuestions } from "./rules/guarantee.ts";
import { presets } from "./rules/stress-verdict.ts";
import { answerKinds, warningCauses } from "./rules/warning.ts";

export const readFund = endpoint({
  does: "Show the common fund: each pot with what it holds, what is bound and its floor, the month's movements, the coverage ratio with its five sums, and on whom a year of work hangs.",
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
      withReceivablesPpm: z
        .int()
        .optional()
        .meta({ description: "the same with what clients owe and is due within 60 days and not overdue" }),
      limitPpm: z.int().meta({ description: "below it members voted to be told" }),
      level: z.enum(levels),
    }),
    lasting: z.object({
      runningCost: MoneyJson.meta({ description: "what the coop itself costs a month" }),
      runningTenths: z.int().optional().meta({ description: "months that the running pot pays, in tenths; absent while nothing is spent" }),
      payouts: MoneyJson.meta({ description: "to members, a week" }),
      reserveTenths: z.int().optional().meta({ description: "weeks of payouts that the reserve holds, in tenths" }),
      reserveTargetWeeks: z.int(),
    }),
    front: z
      .object({ turnover: MoneyJson, clientDays: z.int(), memberDays: z.int(), need: MoneyJson })
      .meta({ description: "what stands in front at any time because members are paid before clients pay" }),
    losses: z.object({ breakEvenPpm: z.int(), lostPpm: z.int() }).meta({
      description: "the part of the turnover that may be lost before the guarantee pot shrinks, and what was lost in twelve months",
    }),
    concentration: z.array(
      z.object({
        by: z.enum(concentrations),
        name: z.string().optional().meta({ description: "absent for a client, who is not named here" }),
        ppm: z.int(),
        limitPpm: z.int(),
        level: z.enum(levels),
      }),
    ),
    warnings: z
      .array(
        z.object({
          id: IdText,
          cause: z.enum(warningCauses),
          pot: z.enum(pots).optional().meta({ description: "the one below its floor" }),
          ppm: z.int(),
          limitPpm: z.int(),
          beganOn: DayJson,
          endedOn: DayJson.optional(),
          answerBy: DayJson.meta({ description: "the day by which the board answers in public" }),
          answer: z.object({ kind: z.enum(answerKinds), text: z.string(), by: z.string(), on: DayJson }).optional(),
        }),
      )
      .meta({ description: "what members voted to be told of, those that stand first" }),
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
    windDown: z
      .object({ at: InstantJson, files: z.int(), holds: z.boolean() })
      .optional()
      .meta({ description: "when the wind-down file was last made and checked, and whether its sums were those of the book" }),
    witnesses: z
      .array(Witnessed.extend({ host: IdText, name: z.string() }))
      .meta({ description: "coops under treaty that keep heads of our book, and whose heads we keep" }),
    recordKey: z
      .string()
      .meta({ description: "of the key that signs a wind-down file and the heads of the logs: the thumbprint (RFC 7638, SHA-256)" }),
    at: InstantJson,
  }),
  mayLag: true,
});

/** A version of a rule, and the vote behind it. */
export const CitedBylaw = z.object({
  key: z.enum(bylawKeys),
  version: z.int(),
  vote: IdText.optional().meta({ description: "absent: it stands since the founding" }),
});

const figure = z.enum(figureIds);
const on = DayText.optional().meta({ description: "as of the end of a day; absent: now" });

export const listFigureEntries = endpoint({
  does: "List what a figure of the fund is the sum of, newest first. What moved a pot is told entry by entry, without persons; any other figure by month and kind, and entry by entry to treasurers.",
  method: "GET",
  path: "/api/v1/fund/entries",
  who: "anyone",
  input: z.strictObject({ figure, on, ...pageOfList }),
  answer: z.object({
    figure,
    on: DayJson,
    sum: MoneyJson,
    entries: z.int().meta({ description: "how many entries the whole sum is made of" }),
    rowByRow: z.boolean(),
    items: z.array(
      z.object({
        id: IdText.optional().meta({ description: "of the entry, where each is told" }),
        on: DayJson,
        kind: z.string(),
        entries: z.int(),
        amount: MoneyJson,
        accounts: z.array(z.string()),
        bylaws: z.array(z.string()).meta({ description: "the versions it obeyed" }),
      }),
    ),
    next: z.string().optional(),
  }),
});

export const downloadFigureEntries = endpoint({
  does: "The same as a file for a spreadsheet, all rows of it; no cell of it is a formula.",
  method: "GET",
  path: "/api/v1/fund/entries/csv",
  who: "anyone",
  file: "text/csv",
  perMinute: 20,
  input: z.strictObject({ figure, on }),
  answer: Bytes,
});

export const readFundEntry = endpoint({
  does: "Show one entry: what it moved, the rules it obeyed with the vote behind each, and its seal. Everybody sees what it moved of pots, a member their own accounts besides, a treasurer all of it.",
  method: "GET",
  path: "/api/v1/fund/entries/:entry",
  who: "anyone",
  input: z.strictObject({ entry: IdText }),
  answer: z.object({
    id: IdText,
    kind: z.string(),
    on: DayJson,
    at: InstantJson,
    legs: z.array(z.object({ account: z.string(), amount: MoneyJson.meta({ description: "debit positive" }) })),
    bylaws: z.array(CitedBylaw),
    seal: z
      .object({
        position: z.int(),
        batch: z.int(),
        root: z.string().meta({ description: "of the batch (RFC 6962), hexadecimal" }),
        from: z.int().meta({ description: "the batch's first position" }),
        to: z.int(),
        leaf: z.string().meta({ description: "of the entry, hexadecimal" }),
        path: Proof.meta({ description: "the hashes from the leaf to the root of the batch, lowest first" }),
        head: z
          .object({
            size: z.int(),
            root: z.string(),
            at: InstantJson,
            jws: z.string(),
            leaf: z.string().meta({ description: "what the log keeps of the batch, the very text that is hashed" }),
            path: Proof.meta({ description: "the hashes from that leaf to the root of the head" }),
          })
          .optional()
          .meta({ description: "the newest signed head of the book; absent until one covers the batch" }),
      })
      .optional()
      .meta({ description: "absent for the minute until it is sealed" }),
  }),
});

export const readFundHistory = endpoint({
  does: "Show how the fund stood at the end of each of the last months: every pot and the coverage; what was exposed day by day; and the last payouts of the pots, by month and rounded, so that nobody is known by them.",
  method: "GET",
  path: "/api/v1/fund/history",
  who: "anyone",
  perMinute: 30,
  input: z.strictObject({}),
  answer: z.object({
    currency: z.string(),
    months: z.array(
      z.object({
        month: DayJson,
        pots: z.array(z.object({ pot: z.enum(pots), balance: MoneyJson })),
        total: MoneyJson,
        coveragePpm: z.int().optional().meta({ description: "absent while nothing was owed" }),
      }),
    ),
    limitPpm: z.int(),
    exposure: z.array(z.object({ on: DayJson, exposure: MoneyJson })),
    payouts: z.array(
      z.object({
        pot: z.string(),
        month: DayJson,
        kind: z.string(),
        rules: z.array(CitedBylaw),
        about: MoneyJson.meta({ description: "to the next ten" }),
      }),
    ),
  }),
  mayLag: true,
});

export const readStress = endpoint({
  does: "Show what a stress run begins with, read from the book at this moment, and what the runs of the last month came to. The run itself is a pure function that whoever asks can repeat.",
  method: "GET",
  path: "/api/v1/fund/stress",
  who: "anyone",
  input: z.strictObject({}),
  answer: z.object({
    currency: z.string(),
    fields: z.record(z.string(), z.string()).meta({ description: "every input of a run as decimal text, without a shock" }),
    clientPpm: z.int().meta({ description: "what part of a year's work hangs on the largest client" }),
    barredPpm: z.int().meta({ description: "and on the larger of branch and activity in one country" }),
    limitPpm: z.int().meta({ description: "the coverage below which members voted to be told" }),
    kept: z
      .array(
        z.object({
          month: DayJson,
          preset: z.enum(presets),
          fields: z.record(z.string(), z.string()),
          lowest: MoneyJson,
          emptyIn: z.int().optional(),
          shortfall: MoneyJson,
        }),
      )
      .meta({ description: "the runs that are made each month" }),
    at: InstantJson,
  }),
  mayLag: true,
});

export const answerWarning = endpoint({
  does: "Answer a warning of the fund in public as its board: it is accepted, with the reason, or there is a plan.",
  method: "POST",
  path: "/api/v1/fund/warnings/:warning/answer",
  who: ["board"],
  input: z.strictObject({ warning: IdText, kind: z.enum(answerKinds), text: Line(1_000) }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
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
