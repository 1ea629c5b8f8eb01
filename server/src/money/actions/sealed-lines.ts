// The sealed book as lines of text: whoever has them checks the book without us. Each line is written in one way only (RFC 8785), and all it says is under a hash.
import canonicalize from "canonicalize";
import { z } from "zod";
import { Sha256Hex } from "@partcommune/shared/platform/api/transparency";
import { oneMeaning } from "@partcommune/shared/platform/json";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { hexOf } from "../../platform/transparency/log.ts";
import type { Batch, Sealed } from "../store/seal.ts";

const Count = z.int().min(0);
const Texts = z.record(z.string(), z.string());

const lines = {
  /** The first: whose book it is. */
  book: z.strictObject({ format: z.literal(1), coop: z.string() }),
  /** An entry with all that its leaf is taken of, at its place in the one order of the book. */
  entry: z.strictObject({
    position: Count,
    leaf: Sha256Hex,
    uid: z.string(),
    kind: z.string(),
    key: z.string(),
    at: z.custom<Instant>((at) => typeof at === "string"),
    on: z.custom<Day>((on) => typeof on === "string"),
    bylaws: z.array(z.string()).readonly(),
    cited: Texts,
    legs: z.array(z.tuple([z.string(), z.string(), z.string().regex(/^-?[1-9]\d*$/)]).readonly()).readonly(),
  }),
  /** Behind its entries; `leaf` is what the transparency log keeps of it. */
  batch: z.strictObject({
    batch: Count,
    from: Count,
    to: Count,
    root: Sha256Hex,
    trial: z.record(z.string(), z.strictObject({ debit: z.string(), credit: z.string() })),
    leaf: z.string(),
  }),
  /** Behind the last batch that it is over. */
  head: z.strictObject({ size: Count, root: Sha256Hex, jws: z.string() }),
  /** The last: so that nobody takes a part of the book for all of it. */
  end: z.strictObject({ entries: Count, batches: Count, heads: Count }),
} as const;

type Words = { readonly [Kind in keyof typeof lines]: z.output<(typeof lines)[Kind]> };
export type EntryLine = Words["entry"];
export type SealedLine = { readonly [Kind in keyof Words]: { readonly kind: Kind; readonly says: Words[Kind] } }[keyof Words];

/** A line as it is written. */
export const lineText = ({ kind, says }: SealedLine): string => `${canonicalize({ [kind]: says }) ?? ""}\n`;

/** What a line says; undefined where it is not written as one is. */
export function readLine(text: string): SealedLine | undefined {
  const [[kind, says] = [], more] = Object.entries(oneMeaning(text)?.value ?? {});
  if (more !== undefined || kind === undefined || !isKind(kind)) return undefined;
  const read = lines[kind].safeParse(says);
  const line = read.success ? ({ kind, says: read.data } as SealedLine) : undefined;
  return line && lineText(line) === `${text}\n` ? line : undefined;
}

const isKind = (text: string): text is keyof typeof lines => Object.hasOwn(lines, text);

export const entryLine = ({ position, leaf, uid, kind, key, at, on, bylaws, cited, legs }: Sealed): SealedLine => ({
  kind: "entry",
  says: { position: Number(position), leaf: hexOf(leaf), uid, kind, key, at, on, bylaws, cited, legs },
});

export const batchLine = (batch: Batch, leaf: string): SealedLine => ({ kind: "batch", says: { ...batch, leaf } });
