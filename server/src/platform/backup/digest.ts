// What a part of a backup comes to: its rows, its bytes and the SHA-256 over them, counted while they pass.
import { createHash } from "node:crypto";

export type Sum = { readonly rows: number; readonly bytes: number; readonly sha256: string };

export type Counting = { readonly take: (bytes: Uint8Array) => void; readonly sum: () => Sum };

const newline = 10;

/** Counts rows as COPY writes them: a line each, since it writes a newline inside a value as two other signs. */
export function counting(): Counting {
  const hash = createHash("sha256");
  let [rows, length] = [0, 0];
  return {
    take(bytes) {
      hash.update(bytes);
      length += bytes.length;
      for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) rows += 1;
    },
    sum: () => ({ rows, bytes: length, sha256: hash.copy().digest("hex") }),
  };
}

export const sha256Of = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Whether two parts hold the same. */
export const sameSum = (one: Sum, other: Sum): boolean =>
  one.rows === other.rows && one.bytes === other.bytes && one.sha256 === other.sha256;
