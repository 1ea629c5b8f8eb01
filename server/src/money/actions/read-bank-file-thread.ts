// The reader of the bank's files, in a thread of its own: a long statement takes it a second or two.
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { FileFault } from "@partcommune/shared/money/rules/statement";
import { worksOn } from "../../platform/thread.ts";
import { longestFile, Unreadable } from "./bank-xml.ts";
import { readBankFile, type BankFile } from "./read-bank-file.ts";

/** What a file says, with the SHA-256 of what was packed; or why it says nothing. */
export type FileRead = (BankFile & { readonly hash: Uint8Array }) | { readonly because: FileFault };

worksOn(async ({ gzip }: { readonly gzip: Uint8Array }): Promise<FileRead> => {
  try {
    const bytes = unpacked(gzip);
    return { ...readBankFile(bytes), hash: createHash("sha256").update(bytes).digest() };
  } catch (error) {
    if (error instanceof Unreadable) return { because: error.because };
    throw error;
  }
});

/** What is packed, up to the longest file; what would unpack to more is left packed. */
function unpacked(gzip: Uint8Array): Uint8Array {
  try {
    return gunzipSync(gzip, { maxOutputLength: longestFile });
  } catch (error) {
    throw new Unreadable(error instanceof RangeError ? "size" : "gzip");
  }
}
