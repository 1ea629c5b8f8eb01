// Asking a person about what a rule refused or holds up (Directive (EU) 2024/2831, article 11).
import { z } from "zod";
import { IdText, InstantJson, Line, Text } from "../api.ts";
import { endpoint } from "../endpoint.ts";

/** The figures of a refusal, as they were told. */
export const Figures = z
  .record(
    z.string().regex(/^\w{1,40}$/),
    z.union([
      Line(300, 0),
      z.number(),
      z.boolean(),
      z.array(Line(120, 0)).max(20),
      z.strictObject({ amount: Line(20), currency: Line(3) }),
    ]),
  )
  .refine((figures) => Object.keys(figures).length <= 20, "at most 20 figures");

export const askPerson = endpoint({
  does: "Ask a person about a refusal that came from a rule, or about an engagement that a check holds up. Another person than the first answers in writing within two working days.",
  method: "POST",
  path: "/api/v1/reviews",
  who: "person",
  status: 201,
  perMinute: 20,
  input: z.strictObject({
    refusal: Line(60).meta({ description: "its name" }),
    instance: IdText.meta({ description: "what it was told with: the id of the request, or of the engagement" }),
    facts: Figures.meta({ description: "its figures, as they were told" }),
    text: Text(2_000, 1).meta({ description: "in one's own words" }),
  }),
  answer: z.object({ id: IdText, answerBy: InstantJson }),
  refusals: ["not-reviewable", "review-waits"],
});
