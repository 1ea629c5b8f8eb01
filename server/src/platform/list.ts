// Cursors of lists: where the last page ended, opaque to the caller.
import { idPattern } from "@partcommune/shared/platform/id";
import { refuse } from "@partcommune/shared/platform/refusal";
import { Refused } from "./refused.ts";

/** The sort values and id of the last item shown. */
export const cursorOf = (...values: readonly string[]): string => Buffer.from(JSON.stringify(values)).toString("base64url");

/** What the values of a cursor look like: only so do they reach the database. */
export const shapes = { instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, id: idPattern, count: /^\d{1,15}$/ } as const;

/** The values of a cursor; none for the first page. A cursor we did not make is refused. */
export function placeAfter(cursor: string | undefined, count: number, looks: readonly RegExp[] = []): readonly string[] {
  if (cursor === undefined) return [];
  const values = readCursor(cursor);
  if (values?.length !== count || looks.some((look, at) => !look.test(values[at] ?? "")))
    throw new Refused(refuse("not-as-asked"), [{ pointer: "/after", says: "a cursor from the list's own answer" }]);
  return values;
}

function readCursor(cursor: string): readonly string[] | undefined {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(values) && values.every((value) => typeof value === "string") ? values : undefined;
  } catch {
    return undefined;
  }
}
