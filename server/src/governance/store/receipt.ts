// A voter's receipt: the hash of their line on the roll-call as it is published after the close.
import canonicalize from "canonicalize";
import { hash } from "node:crypto";
import { chanceOf } from "@partcommune/shared/governance/rules/counting/lot";
import type { Choice } from "@partcommune/shared/governance/rules/ballot";
import type { Id } from "@partcommune/shared/platform/id";

/** Canonical JSON (RFC 8785) of the line, hashed with SHA-256, in base64url. Who cast it is left out: of a vote about people anybody could try every name. */
export const receiptOf = (
  vote: Id,
  { entry, choice, seq }: { readonly entry: Id; readonly choice: Choice; readonly seq: number },
): string => hash("sha256", canonicalize({ vote, entry, choice, seq }) ?? "", "base64url");

/** What ends the ties of a vote: its seed and the receipt of every line of the roll-call. */
export const drawnFrom = ({ seed }: { readonly seed: Buffer }, calls: readonly { readonly receipt: string }[]): string =>
  chanceOf(
    seed.toString("hex"),
    calls.map(({ receipt }) => receipt),
  );
