// JSON from outside: what two readers could understand differently, or what could reach behind an object, is not read at all.
import { refuse } from "@partcommune/shared/platform/refusal";
import { Refused } from "./refused.ts";

// A text that is followed by a colon is a key: nothing else in well-formed JSON is.
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/g;
const reaching = new Set(["__proto__", "constructor", "prototype"]);

// Nothing that is asked for is nested half as deep.
const deepest = 32;

/** Reads JSON of the one kind that has one meaning; anything else is refused as unreadable. */
export function readJson(text: string): unknown {
  try {
    if (faultIn(text) === undefined) return JSON.parse(text) as unknown;
  } catch {
    // It is not JSON.
  }
  throw new Refused(refuse("unreadable"));
}

/** The first key that stands twice in its object, where readers differ in which one they believe, or that names a prototype; or the bracket that opens too deep. */
export function faultIn(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") {
      if (open.push(new Set()) > deepest) return token;
    } else if (token === "}" || token === "]") open.pop();
    else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string;
      const keys = open.at(-1);
      if (keys?.has(key) || reaching.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
