// Cursors of lists: where the last page ended, opaque to the caller, and signed so that only our own come back to a query.
import { timingSafeEqual } from "node:crypto";
import type { Expression, ExpressionBuilder, SqlBool, StringReference } from "kysely";
import { refuse } from "@partcommune/shared/platform/refusal";
import type { Keys } from "./keys.ts";
import { Refused } from "./refused.ts";

/** The sort values and id of the last item shown. */
export const cursorOf = (...values: readonly string[]): string => Buffer.from(JSON.stringify(values)).toString("base64url");

/** The values of a cursor; none for the first page. */
export function placeAfter(cursor: string | undefined, count: number): readonly string[] {
  if (cursor === undefined) return [];
  const values = JSON.parse(Buffer.from(cursor, "base64url").toString()) as readonly string[];
  if (values.length !== count) throw new RangeError(`a cursor of ${count} values was signed with ${values.length}`);
  return values;
}

/** Whether a row stands behind the last item shown, in a list ordered by a value and an id, downwards (`<`) or upwards; on the first page every row does. */
export function isBehind<DB, TB extends keyof DB>(
  eb: ExpressionBuilder<DB, TB>,
  cursor: string | undefined,
  order: "<" | ">",
  value: StringReference<DB, TB>,
  id: StringReference<DB, TB>,
): Expression<SqlBool> {
  if (cursor === undefined) return eb.lit(true);
  const [lastValue, lastId] = placeAfter(cursor, 2);
  return eb(eb.refTuple(value, id), order, eb.tuple(lastValue as never, lastId as never));
}

const signatureBytes = 16;
const signatureOf = (keys: Keys, list: string, cursor: string): Buffer =>
  keys.digest("cursor", `${list}\n${cursor}`).subarray(0, signatureBytes);

/** The question of a list with its cursor as the query wrote it. A cursor that this list did not give is refused before the database sees it. */
export function withOwnCursor<Input extends object>(keys: Keys, list: string, input: Input): Input {
  if (!("after" in input) || typeof input.after !== "string") return input;
  const at = input.after.lastIndexOf(".");
  const cursor = input.after.slice(0, Math.max(at, 0));
  const given = Buffer.from(input.after.slice(at + 1), "base64url");
  if (given.length !== signatureBytes || !timingSafeEqual(given, signatureOf(keys, list, cursor)))
    throw new Refused(refuse("not-as-asked"), [{ pointer: "/after", says: "a cursor from the list's own answer" }]);
  return { ...input, after: cursor };
}

/** The answer of a list with its cursor signed. */
export function withSignedCursor<Answer>(keys: Keys, list: string, answer: Answer): Answer {
  if (typeof answer !== "object" || answer === null || !("next" in answer) || typeof answer.next !== "string") return answer;
  return { ...answer, next: `${answer.next}.${signatureOf(keys, list, answer.next).toString("base64url")}` };
}
