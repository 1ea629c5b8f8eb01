// The reader of statements, in a thread of its own: a long file takes it a second or two.
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { FileFault, StatementRead } from "@partcommune/shared/money/rules/statement";
import { worksOn } from "../../platform/thread.ts";
import { longestStatement, readCamt, Unreadable } from "./read-camt.ts";

/** What a file says, with the SHA-256 of what was packed; or why it says nothing. */
export type FileRead = { readonly statements: readonly StatementRead[]; readonly hash: Uint8Array } | { readonly because: FileFault };

worksOn(async ({ gzip }: { readonly gzip: Uint8Array }): Promise<FileRead> => {
  try {
    const bytes = unpacked(gzip);
    return { statements: readCamt(bytes), hash: createHash("sha256").update(bytes).digest() };
  } catch (error) {
    if (error instanceof Unreadable) return { because: error.because };
    throw error;
  }
});

/** What is packed, up to the longest statement; what would unpack to more is left packed. */
function unpacked(gzip: Uint8Array): Uint8Array {
  try {
    return gunzipSync(gzip, { maxOutputLength: longestStatement });
  } catch (error) {
    throw new Unreadable(error instanceof RangeError ? "size" : "gzip");
  }
}
