// What a proposal asks the software to carry out, as it travels.
import { z } from "zod";
import { IdText } from "../../platform/api.ts";
import type { Day } from "../../platform/time.ts";
import { bylawKeys, bylawRegister } from "../rules/bylaws.ts";
import { purposePots } from "../rules/purpose-pots.ts";
import { treatyActs } from "../rules/terms.ts";
import { colleges } from "../rules/words.ts";
import { MandateJson, TermsJson } from "./terms.ts";

/** A day that travels both ways. */
const DayBothWays = z.codec(
  z.iso.date(),
  z.custom<Day>((value) => typeof value === "string"),
  { decode: (text) => text as Day, encode: (day) => day },
);

/** One line that travels both ways as it stands. */
const AnswerBothWays = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]+$/u, "one line");

const HashText = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: "SHA-256 of the terms in canonical JSON, hexadecimal" });

/** A value outside its bounds is refused by the bylaw's own schema, at the door and once more when it is carried out. */
const ChangeJson = z
  .strictObject({ key: z.enum(bylawKeys), base: z.int().min(1), value: z.json() })
  .superRefine(({ key, value }, context) => {
    const read = bylawRegister[key].schema.safeParse(value);
    for (const { message, path } of read.error?.issues ?? []) context.addIssue({ code: "custom", message, path: ["value", ...path] });
  });

export const PayloadJson = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("bylaws"), changes: z.array(ChangeJson).min(1).max(10), from: DayBothWays.exactOptional() }),
  z.strictObject({ kind: z.literal("founding") }),
  z.strictObject({ kind: z.literal("election"), college: z.enum(colleges) }),
  z.strictObject({ kind: z.literal("recall"), seat: IdText }),
  z.strictObject({ kind: z.literal("admission"), member: IdText }),
  z.strictObject({
    kind: z.literal("budget"),
    pot: z.enum(purposePots),
    amount: z
      .string()
      .regex(/^[1-9]\d{0,9}(\.\d{1,3})?$/)
      .meta({ description: "decimal text in the book currency" }),
    purpose: AnswerBothWays,
    until: DayBothWays.meta({ description: "the last day on which it is paid out; what is left then goes back" }),
  }),
  z.strictObject({
    kind: z.literal("treaty"),
    act: z.enum(treatyActs),
    host: IdText,
    origin: z.string().min(1).max(260),
    name: AnswerBothWays,
    terms: TermsJson.exactOptional(),
    mandate: MandateJson.exactOptional().meta({ description: "how far our officers may then go from the terms" }),
    draft: z.int().min(1).exactOptional().meta({ description: "the offer of the other coop that this says yes to" }),
    hash: HashText.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("resolution"),
    answers: z.array(AnswerBothWays).min(2).max(20).exactOptional().meta({ description: "absent: yes or no" }),
    by: z.enum(["approval", "score"]).exactOptional(),
  }),
]);
