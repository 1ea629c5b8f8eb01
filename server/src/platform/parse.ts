// What comes from outside becomes a value of ours, or a refusal that points at every fault.
import type { z } from "zod";
import { refuse, type Fault } from "@partcommune/shared/platform/refusal";
import { Refused } from "./refused.ts";

/** Parses by the schema. Fields that nobody asked for are 400 `unreadable`; values of the wrong kind are 422 `not-as-asked`. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input ?? {});
  if (outcome.success) return outcome.data;
  const faults = outcome.error.issues.flatMap(faultsOf);
  const unknown = outcome.error.issues.some((issue) => issue.code === "unrecognized_keys");
  throw new Refused(refuse(unknown ? "unreadable" : "not-as-asked"), faults);
}

function faultsOf(issue: z.core.$ZodIssue): readonly Fault[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ pointer: pointerTo([...issue.path, key]), says: "nobody asks for this field" }));
  return [{ pointer: pointerTo(issue.path), says: issue.message }];
}

const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
