// JSON from outside: what two readers could understand differently, or what could reach behind an object, is not read at all.
import { refuse } from "@partcommune/shared/platform/refusal";
import { Refused } from "./refused.ts";

// A text that is followed by a colon is a key: nothing else in well-formed JSON is.
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/g;
const reaching = new Set(["__proto__", "constructor", "prototype"]);

/** Reads JSON of the one kind that has one meaning; anything else is refused as unreadable. */
export function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (badKey(text) === undefined) return value;
  } catch {
    // It is not JSON.
  }
  throw new Refused(refuse("unreadable"));
}

/** The first key of a well-formed JSON text that stands twice in its object, where readers differ in which one they believe, or that names a prototype. */
export function badKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string;
      const keys = open.at(-1);
      if (keys?.has(key) || reaching.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
