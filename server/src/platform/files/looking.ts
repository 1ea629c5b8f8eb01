// Looking into a file: what it is by what it holds, and whether it can do harm. A name and a browser's word count for nothing.
import { fileTypeFromBuffer } from "file-type";
import { isTaken, trueName, type FileKind } from "@partcommune/shared/platform/rules/files";
import { refuseUnless } from "../refused.ts";
import { lookIntoArchive } from "./archives.ts";
import { isHarmful } from "./harm.ts";
import { madeAnew } from "./pictures.ts";

/** A file as it is kept. */
export type Fit = { readonly name: string; readonly type: FileKind; readonly bytes: Buffer };

/** The file as it may be kept; refused by name when it may not. */
export async function lookInto(name: string, bytes: Buffer): Promise<Fit> {
  refuseUnless(!isHarmful(bytes), "file-harmful");
  refuseUnless(!beginsAsMarkup(bytes), "file-is-markup");
  const type = await kindOf(bytes);
  const kept = await keepable(type, bytes);
  return { name: trueName(name, type), type, bytes: kept };
}

async function keepable(type: FileKind, bytes: Buffer): Promise<Buffer> {
  if (type.startsWith("image/")) return madeAnew(type, bytes);
  if (type === "application/pdf") lookIntoPdf(bytes);
  else if (type !== "text/plain") await lookIntoArchive(bytes);
  return bytes;
}

async function kindOf(bytes: Buffer): Promise<FileKind> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const type = found?.mime ?? (isPlainText(bytes) ? "text/plain" : "");
  refuseUnless(isTaken(type), "file-kind-unknown");
  return type;
}

/** The first sign of SVG, HTML and XML, whatever spaces or marks stand before it. */
const beginsAsMarkup = (bytes: Buffer): boolean =>
  /^[\s\ufeff]*<[a-z!?/]/i.test(bytes.subarray(0, 4_096).toString("utf8").replaceAll("\0", ""));

function isPlainText(bytes: Buffer): boolean {
  try {
    return !/[^\P{Cc}\t\n\r\f]/u.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}

/** A PDF ends as one, and its end is not an archive's end as well. */
function lookIntoPdf(bytes: Buffer): void {
  const tail = bytes.subarray(-2_048).toString("latin1");
  refuseUnless(/startxref\s+\d+\s+%%EOF/.test(tail), "file-broken");
  refuseUnless(!endsAsArchive(bytes), "file-two-in-one");
}

/** Whether a ZIP's last record stands where one would be read: anywhere in its longest comment's reach of the end. */
function endsAsArchive(bytes: Buffer): boolean {
  const reach = bytes.subarray(-(65_535 + 22));
  return reach.includes("PK\u0005\u0006", 0, "latin1");
}
