// The law of blocking: a coop that an officer will not have to do with, for a reason that everybody reads.
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { objectionToAddress, originFrom } from "./neighbour.ts";

export const problems = {
  "block-list-unreadable": {
    status: 422,
    says: "Line {line} of the list is no address with a reason. The list begins with host,reason; nothing of it was taken over.",
    rule: "lists of blocked coops",
    changedBy: "nobody",
  },
  "host-blocked": {
    status: 409,
    says: "This coop is blocked: nothing passes between it and ours.",
    rule: "blocked coops",
    changedBy: "the board or the operator, by unblocking it",
  },
  "host-not-blocked": { status: 409, says: "This coop is not blocked." },
} as const satisfies Problems;

/** Somebody who shall be blocked, and why. */
export type Blocked = { readonly origin: string; readonly reason: string };

const longestReason = 2_000;

/** A row of a list as it was written, and on which line. */
export type ListRow = { readonly line: number; readonly cells: readonly string[] };

/** The coops of a list, or why it is none. */
export type Named = { readonly all: readonly Blocked[] } | { readonly no: Refusal };

const unreadable = (line: number): Named => ({ no: refuse("block-list-unreadable", { line }) });

/** What a list of blocked coops names, whole or not at all; `plain`: whether addresses without https are known here. */
export function blockedFrom(rows: readonly ListRow[], ours: string, plain: boolean): Named {
  const [heading, ...rest] = rows;
  if (heading?.cells.map((cell) => cell.trim().toLowerCase()).join() !== "host,reason") return unreadable(1);
  const named = new Map<string, Blocked>();
  for (const { line, cells } of rest) {
    const [host = "", reason = ""] = cells.map((cell) => cell.trim());
    const origin = originFrom(host, plain);
    const isFit = cells.length === 2 && reason.length > 2 && reason.length <= longestReason && !objectionToAddress(origin, ours);
    if (origin === undefined || !isFit) return unreadable(line);
    named.set(origin, { origin, reason });
  }
  return { all: [...named.values()] };
}

/** A list as it is saved and read elsewhere (RFC 4180). */
export const listOf = (all: readonly Blocked[]): string =>
  [["host", "reason"], ...all.map(({ origin, reason }) => [origin, reason])].map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");

/** A spreadsheet takes what begins like a formula for one; such a cell begins with an apostrophe instead. */
const quoted = (text: string): string => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
