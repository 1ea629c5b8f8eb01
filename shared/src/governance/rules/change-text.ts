// A change of a bylaw as somebody types it: its key, and its value as JSON.
import { bylawRegister, type BylawKeyName } from "./bylaws.ts";
import type { Change } from "./proposal.ts";

/** What a bylaw shall be. */
export type Wanted = Pick<Change, "key" | "value">;

/** The change, or what is wrong with the text of its value. */
export function changeFrom(key: BylawKeyName, text: string): Wanted | { readonly faults: readonly string[] } {
  const read = jsonFrom(text);
  if (!read) return { faults: ["a value as JSON"] };
  const { error } = bylawRegister[key].schema.safeParse(read.value);
  return error ? { faults: error.issues.map(({ path, message }) => [...path, message].join(": ")) } : { key, value: read.value };
}

function jsonFrom(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
