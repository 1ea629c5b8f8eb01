// JSON from outside: what has more than one meaning is refused as unreadable.
import { oneMeaning } from "@partcommune/shared/platform/json";
import { refuse } from "@partcommune/shared/platform/refusal";
import { Refused } from "./refused.ts";

/** Reads JSON of the one kind that has one meaning. */
export function readJson(text: string): unknown {
  const read = oneMeaning(text);
  if (!read) throw new Refused(refuse("unreadable"));
  return read.value;
}
