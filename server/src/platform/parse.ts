// What comes from outside becomes a value of ours, or a refusal that points at every fault.
import type { z } from "zod";
import { refuse, type Fault } from "@partcommune/shared/platform/refusal";
import { Refused } from "./refused.ts";

/** Parses by the schema. Fields that nobody asked for are 400 `unreadable`; values of the wrong kind are 422 `not-as-asked`. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input ?? {});
  if (outcome.success) return outcome.data;
  const issues = outcome.error.issues.flatMap(nearest);
  const faults = issues.flatMap(faultsOf);
  const unknown = issues.some((issue) => issue.code === "unrecognized_keys");
  throw new Refused(refuse(unknown ? "unreadable" : "not-as-asked"), faults);
}

/** Where a value could have been one of several shapes, the faults are those of the shape it comes nearest to. */
function nearest(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const [closest] = issue.errors.toSorted((one, other) => strangeness(one) - strangeness(other));
  return closest ? closest.flatMap((inner) => nearest({ ...inner, path: [...issue.path, ...inner.path] })) : [issue];
}

/** How many fields are missing, wrong or unknown. */
const strangeness = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce((count, issue) => count + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);

function faultsOf(issue: z.core.$ZodIssue): readonly Fault[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ pointer: pointerTo([...issue.path, key]), says: "nobody asks for this field" }));
  return [{ pointer: pointerTo(issue.path), says: issue.message }];
}

const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
