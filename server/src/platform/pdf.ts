// Paper: a layout becomes a PDF with its fonts inside. The same layout is the same bytes, and nothing is fetched or read but the two fonts.
import { createRequire } from "node:module";
import pdfmake from "pdfmake";
import { instant, type Day } from "@partcommune/shared/platform/time";

const require = createRequire(import.meta.url);
const family = "@expo-google-fonts/atkinson-hyperlegible-next";
const normal = require.resolve(`${family}/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf`);
const bold = require.resolve(`${family}/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf`);

pdfmake.setFonts({ Atkinson: { normal, bold, italics: normal, bolditalics: bold } });
// Whatever a text says, no layout of ours reaches the network or another file.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path === normal || path === bold);

/** What stands on the paper, top to bottom, in pdfmake's words. */
export type Block = string | { readonly [word: string]: unknown };

export type Paper = {
  readonly title: string;
  readonly author: string;
  readonly language: string;
  /** The day the paper bears: also the day the file says it was made, so that it is the same whenever it is printed. */
  readonly on: Day;
  readonly content: readonly Block[];
  /** A word across the page: the paper is none. */
  readonly across?: string;
};

const inches = (count: number): number => count * 72;

/** Prints on A4. */
export async function printed({ title, author, language, on, content, across }: Paper): Promise<Uint8Array> {
  const definition = {
    pageSize: "A4",
    pageMargins: [inches(0.9), inches(0.8), inches(0.9), inches(0.8)],
    language,
    displayTitle: true,
    version: "1.7",
    info: { title, author, creator: "Partcommune", producer: "Partcommune", creationDate: new Date(instant(`${on}T00:00:00Z`)) },
    defaultStyle: { font: "Atkinson", fontSize: 11, lineHeight: 1.25 },
    content: [...content],
    ...(across === undefined ? {} : { watermark: { text: across, opacity: 0.12, bold: true, angle: -45 } }),
  };
  return pdfmake.createPdf(definition).getBuffer();
}

/** Text as it is printed: plain, without marks that control a screen or turn the order of letters around. The font has one no-break space. */
export const plain = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll("\u202f", "\u00a0")
    .replaceAll(/[\p{Cc}\p{Co}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu, " ");

const longestWord = 28;

/** Far beyond what any door lets in: a text that came another way costs a page, not the server's time. */
const mostSigns = 4_000;

/** Words of others as they are printed. A word longer than a column is broken, so that it pushes nothing off the page. */
export const prose = (text: string): readonly Block[] =>
  plain(text.length > mostSigns ? `${text.slice(0, mostSigns)}…` : text)
    .split(/(\S{29,})/u)
    .map((piece) => (piece.length > longestWord && !/\s/.test(piece) ? { text: piece, wordBreak: "break-all" } : piece));
