// What can be asked of employment: the declarations of those who are employed, and the papers of those who work across a border.
import { z } from "zod";
import { CountryCode } from "../../platform/api/calendar.ts";
import { DayJson, DayText, IdText, InstantJson, Line, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

/** What lets somebody work in another country: who stays insured at home (A1), or the host country's declaration of a posted worker. */
export const borderKinds = ["a1", "postedWorker"] as const;

/** The number by which an office knows a declaration. */
export const ReferenceText = Line(60, 4);

const Days = { from: DayText, until: DayText.optional().meta({ description: "the last day; absent: it has none yet" }) };
const keepers = ["adviser", "board", "operator"] as const;

export const readEmployment = endpoint({
  does: "Read how a member is employed: the declarations, and the papers for work across a border. For the member, and for who keeps them.",
  method: "GET",
  path: "/api/v1/members/:member/employment",
  who: "person",
  input: z.strictObject({ member: IdText }),
  answer: z.object({
    employed: z.boolean(),
    scheme: z.string().optional().meta({ description: "how the country calls its declaration, where its pack names one" }),
    employments: z.array(
      z.object({
        id: IdText,
        scheme: z.string().optional(),
        reference: z.string(),
        from: DayJson,
        until: DayJson.optional(),
        enteredBy: z.string().optional().meta({ description: "absent: it came by a list" }),
        enteredAt: InstantJson,
        mistaken: z.boolean().meta({ description: "it was entered by mistake and counts for no day" }),
      }),
    ),
    papers: z.array(
      z.object({
        id: IdText,
        kind: z.enum(borderKinds),
        country: z.string(),
        reference: z.string(),
        from: DayJson,
        until: DayJson,
        enteredAt: InstantJson,
      }),
    ),
  }),
});

export const recordEmployment = endpoint({
  does: "Enter the declaration of an employed member to the social office, by its reference. Work that waited for it is covered, if nothing else holds it up.",
  method: "POST",
  path: "/api/v1/members/:member/employments",
  who: [...keepers],
  status: 201,
  input: z.strictObject({ member: IdText, reference: ReferenceText, ...Days }),
  answer: z.object({ id: IdText }),
  refusals: ["member-not-employed", "employment-days-reversed", "employment-reference-unlike", "employment-reference-taken"],
});

export const endEmployment = endpoint({
  does: "Say on which day an employment ends, or that it was entered by mistake.",
  method: "POST",
  path: "/api/v1/employments/:employment/end",
  who: [...keepers],
  input: z.strictObject({ employment: IdText, lastOn: DayText.optional().meta({ description: "absent: it was entered by mistake" }) }),
  answer: Nothing,
  refusals: ["employment-ended", "employment-days-reversed"],
});

export const recordBorderPaper = endpoint({
  does: "Enter the paper that lets a member work in another country: an A1 certificate, or the declaration of a posted worker there.",
  method: "POST",
  path: "/api/v1/members/:member/border-papers",
  who: [...keepers],
  status: 201,
  input: z.strictObject({
    member: IdText,
    kind: z.enum(borderKinds),
    country: CountryCode,
    reference: ReferenceText,
    from: DayText,
    until: DayText,
  }),
  answer: z.object({ id: IdText }),
  refusals: ["employment-days-reversed", "border-paper-known"],
});
