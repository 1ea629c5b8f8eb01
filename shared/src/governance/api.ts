// What can be asked about the rules members vote, and how a coop begins.
import { z } from "zod";
import { CurrencyCode, EmailText, InstantJson, LetterheadText, Line, listOf } from "../platform/api.ts";
import { endpoint } from "../platform/endpoint.ts";
import { languages } from "../platform/page.ts";
import { bylawKeys, bylawRegister, bylawUnits } from "./rules/bylaws.ts";
import { isBoardSize } from "./rules/election.ts";
import { openingPlan } from "./rules/opening.ts";

const Zone = z
  .string()
  .max(60)
  .refine((zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC", "a zone of the IANA list, like Europe/Brussels");

export const foundCoop = endpoint({
  does: "Found the coop: its card, version 1 of every bylaw, and its first person, who is signed in.",
  method: "POST",
  path: "/api/v1/coop",
  who: "anyone",
  status: 201,
  session: "opens",
  input: z.strictObject({
    name: Line(80),
    country: z.enum(["BE", "FR", "NL", "DE", "ES", "IT", "SE", "AT", "HU"]),
    currency: CurrencyCode,
    zone: Zone,
    languages: z.array(z.enum(languages)).min(1).max(languages.length),
    passwords: z.boolean(),
    letterhead: LetterheadText,
    feeRate: bylawRegister["fee.rate"].schema,
    fundSplit: bylawRegister["fund.split"].schema,
    boardSeats: z
      .int()
      .refine(isBoardSize, "an odd number from 3 to 15")
      .exactOptional()
      .meta({ description: "how many the members elect; as the register says where absent" }),
    opening: openingPlan
      .optional()
      .meta({ description: "what founders plan to open the fund with; it waits at the treasury's desk for the bank" }),
    founder: z.strictObject({ name: Line(80), email: EmailText }),
  }),
  answer: z.object({ name: z.string() }),
  refusals: ["already-founded", "vat-number-unlike", "vat-number-wrong", "iban-unreadable"],
});

/** A bylaw in force, as anyone may read it. `value` has the shape the register gives its key. */
export const BylawCard = z.object({
  key: z.string(),
  unit: z.enum(bylawUnits),
  value: z.json(),
  version: z.int(),
  class: z.enum(["ordinary", "important", "constitutional"]),
  validFrom: InstantJson,
});

export const listBylaws = endpoint({
  does: "List every bylaw in force with its version and the majority that changes it.",
  method: "GET",
  path: "/api/v1/bylaws",
  who: "anyone",
  input: z.strictObject({}),
  answer: listOf(BylawCard),
  mayLag: true,
});

export const listBylawVersions = endpoint({
  does: "List every version of one bylaw, the newest first, with what brought it about.",
  method: "GET",
  path: "/api/v1/bylaw-versions",
  who: "anyone",
  input: z.strictObject({ key: z.enum(bylawKeys) }),
  answer: listOf(z.object({ version: z.int(), value: z.json(), validFrom: InstantJson, cause: z.string() })),
  mayLag: true,
});

export * from "./api/payload.ts";
export * from "./api/proposal.ts";
export * from "./api/vote.ts";
export * from "./api/roll.ts";
export * from "./api/participation.ts";
export * from "./api/effects.ts";
export * from "./api/application.ts";
export * from "./api/panel.ts";
export * from "./api/lot.ts";
