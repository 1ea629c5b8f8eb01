// Texts for people that leave the server: the same .po files the pages use, read as files, so that each text exists once.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { languages, type Language } from "@partcommune/shared/platform/page";
import { sentence } from "@partcommune/shared/platform/refusal";

const web = join(import.meta.dirname, "../../../web/src");
const domains = [
  "platform",
  "membership",
  "governance",
  "money",
  "federation",
  "mutual",
  "marketplace",
  "community",
  "notices",
  "letters",
  "entries",
  "pay",
];

export type Strings = (language: Language, id: string, values?: Readonly<Record<string, unknown>>) => string;

type Catalog = ReadonlyMap<string, string>;

let catalogs: ReadonlyMap<Language, Catalog> | undefined;

/** The catalogs, read once for all of a process whoever asks: every start of it, the terminal's too, waits for this. A missing text is a fault of ours and throws. */
export function openStrings(): Strings {
  const known = (catalogs ??= new Map(languages.map((language) => [language, catalogOf(language)])));
  return (language, id, values = {}) => {
    const text = known.get(language)?.get(id);
    if (text === undefined) throw new Error(`no text ${id} in ${language}`);
    return sentence(text, values);
  };
}

const catalogOf = (language: Language): Catalog =>
  new Map(domains.flatMap((domain) => entriesOf(join(web, domain, "strings", `${language}.po`))));

function entriesOf(path: string): readonly (readonly [string, string])[] {
  if (!existsSync(path)) return [];
  const entries = readFileSync(path, "utf8").matchAll(/^msgid ((?:".*"\n?)+)msgstr ((?:".*"\n?)+)/gm);
  return Array.from(entries, ([, id = "", text = ""]) => [unquoted(id), unquoted(text)] as const);
}

const unquoted = (lines: string): string =>
  lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as string)
    .join("");
