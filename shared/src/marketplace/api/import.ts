// What a row of a list of jobs says: the fields of the form, one a column.
import { z } from "zod";
import { Line } from "../../platform/api.ts";
import { postJob } from "../api.ts";
import { mostJobSkills } from "../rules/skill.ts";

const { title, text, language, trade, priceKind, startOn, endOn, bidsUntil } = postJob.input.shape;

/** Several names in one cell stand with | between them. */
const names = (cell: unknown): unknown =>
  typeof cell === "string"
    ? cell
        .split("|")
        .map((name) => name.trim())
        .filter((name) => name !== "")
    : cell;

/** A job for a client that is known by its key of an earlier list, or by its VAT number. */
export const ImportedJob = z.strictObject({
  key: Line(200).optional(),
  client: Line(200),
  title,
  text,
  language,
  trade,
  skills: z.preprocess(names, z.array(Line(300)).min(1).max(mostJobSkills)).optional(),
  town: z.string().optional(),
  country: z.string().optional(),
  startOn,
  endOn,
  priceKind,
  price: z.string().optional(),
  least: z.string().optional(),
  most: z.string().optional(),
  currency: z.string().optional(),
  bidsUntil,
});
