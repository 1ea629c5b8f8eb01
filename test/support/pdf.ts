// Reads the words of a PDF back, by the maps from glyphs to letters that it carries; enough for papers of ours.
import { inflateSync } from "node:zlib";

type Objects = ReadonlyMap<string, { readonly dict: string; readonly stream?: string }>;

function objectsOf(bytes: Uint8Array): Objects {
  const raw = Buffer.from(bytes).toString("latin1");
  const found = raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g);
  return new Map(
    Array.from(found, ([, id = "", body = ""]) => {
      const cut = body.indexOf("stream\n");
      if (cut < 0) return [id, { dict: body }] as const;
      const [dict, data] = [body.slice(0, cut), body.slice(cut + 7, body.lastIndexOf("\nendstream"))];
      const stream = dict.includes("FlateDecode") ? inflateSync(Buffer.from(data, "latin1")).toString("latin1") : data;
      return [id, { dict, stream }] as const;
    }),
  );
}

/** Glyph -> letters, from the ranges `<0000> <0011> [<0000> <0041> …]`. */
function lettersOf(cmap: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [, first = "", list = ""] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi))
    Array.from(list.matchAll(/<([^>]*)>/g)).forEach(([, hex = ""], at) => {
      letters.set(Number.parseInt(first, 16) + at, Buffer.from(hex.replaceAll(" ", ""), "hex").swap16().toString("utf16le"));
    });
  return letters;
}

/** All words of all pages, in the order they were set; a word that kerning cuts is whole again. */
export function wordsOf(bytes: Uint8Array): string {
  const objects = objectsOf(bytes);
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  for (const { dict } of objects.values())
    for (const [, name = "", id = ""] of dict.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.dict ?? "")?.[1];
      if (map !== undefined) fonts.set(name, lettersOf(objects.get(map)?.stream ?? ""));
    }
  const pages = [...objects.values()].flatMap(({ stream }) => (stream?.includes(" Tf") ? [stream] : []));
  return pages.map((page) => wordsOn(page, fonts)).join("\n");
}

function wordsOn(page: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let font: ReadonlyMap<number, string> = new Map();
  let words = "";
  for (const [, name, shown] of page.matchAll(/\/(F\d+) [\d.]+ Tf|(\[.*?\] TJ)/g)) {
    if (name !== undefined) font = fonts.get(name) ?? new Map();
    for (const [, hex = ""] of (shown ?? "").matchAll(/<([0-9a-f]+)>/g))
      for (let at = 0; at < hex.length; at += 4) words += font.get(Number.parseInt(hex.slice(at, at + 4), 16)) ?? "?";
    if (shown !== undefined) words += " ";
  }
  return words.replaceAll(/[\s\u00a0]+/g, " ");
}

/** What a page is made of, as text: what is packed is unpacked. */
export function unpacked(pdf: Buffer): readonly string[] {
  const text = pdf.toString("latin1");
  return Array.from(text.matchAll(/stream\r?\n/g), ({ index, 0: { length } }) => {
    const bytes = pdf.subarray(index + length, text.indexOf("endstream", index + length));
    return bytes[0] === 0x78 ? inflateSync(bytes).toString() : bytes.toString();
  });
}

/** The figures that a page of Factur-X carries inside. */
export const figuresInside = (pdf: Buffer): string => unpacked(pdf).find((part) => part.includes("CrossIndustryInvoice")) ?? "";
