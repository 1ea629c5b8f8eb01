// The law of files: how large, under which names, and of which kinds. A kind is told by what a file holds, never by its name.
import { refuse, type Problems, type Refusal } from "../refusal.ts";

export const problems = {
  "file-empty": { status: 422, says: "This file holds nothing." },
  "file-too-big": { status: 413, says: "A file may have 25 MiB at most.", rule: "25 MiB a file" },
  "file-name-unfit": { status: 422, says: "The name of a file holds no path." },
  "files-waiting": {
    status: 409,
    says: "{most} files of yours wait to be sent already. Send them, or wait a day: what is not sent by then is forgotten.",
    rule: "files waiting to be sent",
  },
  "file-incomplete": { status: 409, says: "Not all of this file has arrived: {arrived} of {size} bytes." },
  "file-not-ready": { status: 409, says: "A file named here has not arrived, or was sent already." },
  "file-kind-unknown": {
    status: 422,
    says: "Files of this kind are not taken. Taken are pictures (JPEG, PNG, WebP, GIF, AVIF), PDF, office documents, ZIP archives and plain text.",
    rule: "kinds of files",
  },
  "file-is-markup": {
    status: 422,
    says: "SVG, HTML and XML may run programs where they are opened. Send a picture or a PDF, or put the file into a ZIP archive.",
    rule: "kinds of files",
  },
  "file-two-in-one": { status: 422, says: "This file can be read as two kinds of file at once.", rule: "kinds of files" },
  "file-broken": { status: 422, says: "This file cannot be read as the kind of file that it begins as." },
  "file-harmful": { status: 422, says: "This file bears the mark of a harmful program.", rule: "kinds of files" },
  "picture-too-large": {
    status: 422,
    says: "A picture may have {most} million pixels at most; this one has {has} million.",
    rule: "pixels of a picture",
  },
  "archive-grows": { status: 422, says: "Unpacked, this archive is more than ten times its size.", rule: "growth of archives" },
  "archive-locked": { status: 422, says: "This archive is locked with a password, so nobody can look into it.", rule: "kinds of files" },
} as const satisfies Problems;

export const largestFile = 26_214_400;
/** Bytes of a part: a slow line brings one in the time a request may take. */
export const partSize = 262_144;
export const mostParts = largestFile / partSize;
/** Files of one message or hand-in. */
export const mostFiles = 10;
/** Files of one person that have not been sent with anything yet. */
export const mostWaiting = 20;

export const mostPixels = 50_000_000;

/** How far an archive may grow: ten times, and any that stays this small harms nobody. */
export const mostUnpacked = (size: number): number => Math.max(10 * size, 4_194_304);

/** Kinds of files that are taken, each with the ends its names may have; the first is given where the name has another. */
export const endsOf = {
  "image/jpeg": ["jpg", "jpeg"],
  "image/png": ["png"],
  "image/webp": ["webp"],
  "image/gif": ["gif"],
  "image/avif": ["avif"],
  "application/pdf": ["pdf"],
  "application/zip": ["zip"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": ["pptx"],
  "application/vnd.oasis.opendocument.text": ["odt"],
  "application/vnd.oasis.opendocument.spreadsheet": ["ods"],
  "application/vnd.oasis.opendocument.presentation": ["odp"],
  "text/plain": ["txt", "md", "csv", "tsv", "log"],
} as const;
export type FileKind = keyof typeof endsOf;

export const isTaken = (type: string): type is FileKind => Object.hasOwn(endsOf, type);

/** Why a file is not even begun. */
export function objectionToFile({ name, size }: { readonly name: string; readonly size: number }, waiting: number): Refusal | undefined {
  if (/[/\\]/.test(name) || /^\.+$/.test(name)) return refuse("file-name-unfit");
  if (size === 0) return refuse("file-empty");
  if (size > largestFile) return refuse("file-too-big");
  return waiting < mostWaiting ? undefined : refuse("files-waiting", { most: mostWaiting });
}

/** The bytes that a part of a file has; none for a part that it does not have. */
export const sizeOfPart = (size: number, no: number): number => Math.max(0, Math.min(partSize, size - no * partSize));

/** A name whose end says what the file holds: what calls itself `x.html` and is text becomes `x.html.txt`. */
export function trueName(name: string, type: FileKind): string {
  const end = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const ends: readonly string[] = endsOf[type];
  return ends.includes(end) ? name : `${name}.${ends[0] ?? ""}`;
}
