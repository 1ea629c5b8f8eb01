// What a row of a list of clients or members says: the same fields as the forms, one a column.
import { z } from "zod";
import { DayText, EmailText, Line } from "../../platform/api.ts";
import { languages } from "../../platform/page.ts";
import { ClientText } from "../api.ts";
import { ReferenceText } from "./employment.ts";
import { statuses } from "../rules.ts";

/** What a list may know a row by; so long that an address of the web fits. */
export const KeyText = Line(200);

/** The stages in which somebody comes from elsewhere. Who leaves or has left there has no need to come. */
export const stagesBrought = ["applicant", "trial", "member", "associate"] as const;
export type StageBrought = (typeof stagesBrought)[number];

/** An organisation and the person who owns it here. */
export const ImportedClient = z
  .strictObject({
    ...ClientText,
    key: KeyText.optional(),
    contactName: Line(80),
    contactEmail: EmailText,
    contactLanguage: z.enum(languages),
  })
  .refine(({ key, vatNumber }) => key !== undefined || vatNumber !== undefined, {
    path: ["key"],
    message: "a key, or a VAT number, so that the same organisation is known again",
  });

/** How a member is employed, as the payroll office declared it. */
export const ImportedEmployment = z.strictObject({
  email: EmailText,
  reference: ReferenceText,
  from: DayText,
  until: DayText.optional(),
});

/** A member as they stood elsewhere, since a day. */
export const ImportedMember = z.strictObject({
  email: EmailText,
  name: Line(80),
  language: z.enum(languages),
  stage: z.enum(stagesBrought),
  status: z.enum(statuses),
  trade: Line(80),
  branch: Line(80).optional(),
  since: DayText,
});
