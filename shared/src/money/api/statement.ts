// What can be asked of the bank's own statements: a file read whole, the lines that nobody has explained, and the answer for what does not add up.
import { z } from "zod";
import { DayJson, IdText, InstantJson, Line, listOf, MoneyJson, pageOfList } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { leftReasons } from "../rules/matching.ts";
import { statementFaults, statementStates } from "../rules/statement.ts";
import { lineFacts, Meaning, unmeant } from "./meaning.ts";

const treasury = ["treasurer", "accountant"] as const;

export const importBankFile = endpoint({
  does: "Read a file of the bank, as gzip, whole or not at all: a statement of the coop's account (camt.053, version 2, 4 or 8), of which what a checked reference explains is booked and the rest waits; or a report on a payout (pain.002, version 3 or 10), by which a transfer that the bank refused is owed again. The same file again, or days that overlap, change nothing.",
  method: "POST",
  path: "/api/v1/bank-files",
  who: ["treasurer"],
  perMinute: 30,
  status: 201,
  input: z.strictObject({
    gzip: z.base64().min(4).max(900_000).meta({ description: "the file, compressed by gzip, as base64" }),
  }),
  answer: z.object({
    statements: z.int(),
    fresh: z.int().meta({ description: "lines that no file had before" }),
    known: z.int().meta({ description: "lines that stood in an earlier file" }),
    booked: z.int().meta({ description: "explained by a checked reference, or typed before" }),
    waiting: z.int().meta({ description: "left to people" }),
    report: z
      .object({
        payout: IdText,
        answered: z.int().meta({ description: "transfers of which it says something" }),
        refused: z.int().meta({ description: "transfers that the bank refused, and that are owed again" }),
        late: z.int().meta({
          description: "transfers it calls refused, though the bank's statement has shown that they left: nothing of them changes",
        }),
        known: z.boolean().meta({ description: "it was read before, and changes nothing" }),
      })
      .optional()
      .meta({ description: "of a report on a payout" }),
    broken: z.int().meta({ description: "statements that do not add up: they post nothing until two people answer for them" }),
  }),
  refusals: [
    "bank-file-unreadable",
    "bank-file-of-another",
    "bank-report-of-another",
    "not-in-this-state",
    "house-account-missing",
    "currency-differs",
    "bank-line-in-future",
    "period-closed",
  ],
});

export const listStatements = endpoint({
  does: "List the bank's statements, newest first, each with what the book says of the account at the end of its last day.",
  method: "GET",
  path: "/api/v1/statements",
  who: treasury,
  input: z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(10) }),
  answer: listOf(
    z.object({
      id: IdText,
      name: z.string(),
      until: DayJson,
      lines: z.int(),
      state: z.enum(statementStates),
      fault: z.enum(statementFaults).optional(),
      closing: MoneyJson.optional(),
      difference: MoneyJson.optional().meta({
        description: "what the book has more than the bank at the end of that day; absent without a closing balance",
      }),
      by: z.string(),
      at: InstantJson,
      vouched: z.array(z.object({ by: z.string(), reason: z.string() })),
      mine: z.boolean().meta({ description: "vouched for by whoever asks, who may therefore not be the second" }),
    }),
  ),
});

export const vouchForStatement = endpoint({
  does: "Answer in writing for a statement that does not add up. With the second person its lines are worked.",
  method: "POST",
  path: "/api/v1/statements/:statement/vouchings",
  who: ["treasurer"],
  status: 201,
  input: z.strictObject({ statement: IdText, reason: Line(400, 3) }),
  answer: z.object({ state: z.enum(statementStates) }),
  refusals: ["second-person-needed", "not-in-this-state"],
});

export const suggestionReasons = ["reference", "butOne", "sameAmount", "memberNumber", "openEnough", "bankAlone"] as const;

export const listWaitingLines = endpoint({
  does: "List lines of the bank that no checked reference explains, oldest first, with what each may mean and why.",
  method: "GET",
  path: "/api/v1/statement-lines",
  who: treasury,
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      bookedOn: DayJson,
      amount: MoneyJson,
      came: z.boolean().meta({ description: "false: it left" }),
      party: z.string(),
      words: z.string(),
      left: z.enum(leftReasons).meta({ description: "why it was not matched by itself" }),
      suggestions: z.array(
        z.object({
          means: Meaning,
          ...lineFacts,
          without: z.array(z.string()).optional().meta({ description: "of a payout, members whose transfers the line is too small for" }),
          why: z.enum(suggestionReasons),
        }),
      ),
    }),
  ),
});

export const explainLine = endpoint({
  does: "Say what a line of the bank means. Nothing is booked before another treasurer confirms it.",
  method: "POST",
  path: "/api/v1/statement-lines/:waiting/explanation",
  who: ["treasurer"],
  status: 201,
  input: z.strictObject({ waiting: IdText, means: Meaning }),
  answer: z.object({ id: IdText }),
  refusals: ["line-the-other-way", ...unmeant],
});
