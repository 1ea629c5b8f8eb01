// JSON that has one meaning: what two readers could understand differently, or what could reach behind an object, is found before it is believed.

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** JSON of what holds amounts: each as a text, because a number of JSON is not exact. `indent` as `JSON.stringify` has it. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, (_, held: unknown) => (typeof held === "bigint" ? held.toString() : held), indent);

// A text that is followed by a colon is a key: nothing else in well-formed JSON is.
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/g;
const reaching = new Set(["__proto__", "constructor", "prototype"]);

// Nothing that is asked for is nested half as deep.
const deepest = 32;

/** Reads JSON of the one kind that has one meaning; undefined for anything else. */
export function oneMeaning(text: string, mostKeys?: number): { readonly value: Json } | undefined {
  try {
    // Read before it is looked into: in text that is no JSON, the search for its strings would begin anew at every quotation mark.
    const value = JSON.parse(text) as Json;
    return faultIn(text, mostKeys) === undefined ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Of well-formed JSON: the first key that stands twice in its object, where readers differ in which one they believe, or that names a
 * prototype, or is one too many; or the bracket that opens too deep.
 */
export function faultIn(text: string, mostKeys = Infinity): string | undefined {
  const open: Set<string>[] = [];
  let count = 0;
  for (const [token, colon] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") {
      if (open.push(new Set()) > deepest) return token;
    } else if (token === "}" || token === "]") open.pop();
    else if (colon !== undefined) {
      const key = keyIn(token.slice(0, -colon.length));
      const keys = open.at(-1);
      count += 1;
      if (keys?.has(key) || reaching.has(key) || count > mostKeys) return key;
      keys?.add(key);
    }
  }
  return undefined;
}

/** Most keys are written as they are read. */
const keyIn = (token: string): string => (token.includes("\\") ? (JSON.parse(token) as string) : token.slice(1, -1));
