// Reads ESCO's files into concepts: the official download (one file a language and kind, and files of relations), or tables that join several languages.
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse } from "csv-parse";
import type { SkillKind } from "@partcommune/shared/marketplace/rules/skill";

export type Label = { readonly language: string; readonly kind: "preferred" | "alternative"; readonly label: string };
export type Concept = { readonly iri: string; readonly kind: SkillKind; readonly labels: Map<string, Label> };
export type Link = { readonly iri: string; readonly kind: "broader" | "related"; readonly other: string };
export type Esco = {
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly links: readonly Link[];
  /** Rows that cannot be used, by file and line. */
  readonly faults: readonly string[];
};

const scheme = "http://data.europa.eu/esco/";
const conceptName = /^(http:\/\/data\.europa\.eu\/esco\/[\w/.-]+|[0-9a-f]{8}-[0-9a-f-]{27})$/;
const longestLabel = 300;

type Cells = Readonly<Record<string, string | undefined>>;
type Heap = { readonly concepts: Map<string, Concept>; readonly links: Link[]; readonly faults: string[] };
/** Takes one row of a table into the heap, or says what is wrong with it. */
type Reader = (heap: Heap, row: Cells) => string | undefined;

/** Reads every table of a folder; `told` hears how far it is. */
export async function readEsco(folder: string, told: (line: string) => void): Promise<Esco> {
  const heap: Heap = { concepts: new Map(), links: [], faults: [] };
  const files = (await readdir(folder)).filter((name) => name.endsWith(".csv")).toSorted();
  for (const file of files) {
    const rows = await readTable(join(folder, file), heap);
    if (rows > 0) told(`${file}: ${rows} rows`);
  }
  return heap;
}

async function readTable(path: string, heap: Heap): Promise<number> {
  const file = basename(path);
  const rows = createReadStream(path).pipe(
    parse({ bom: true, columns: true, relax_column_count: true, relax_quotes: true, info: true, trim: true }),
  );
  let count = 0;
  for await (const { record, info } of rows as AsyncIterable<{
    record: Cells;
    info: { lines: number; columns: readonly unknown[]; invalid_field_length: number };
  }>) {
    const reader = readerOf(file, record);
    if (!reader) break;
    count += 1;
    const fault = Object.keys(record).length < info.columns.length ? "cells are missing" : reader(heap, record);
    if (fault) heap.faults.push(`${file}:${info.lines}: ${fault}`);
  }
  return count;
}

/** What a table holds is told by its columns; a table of something else is passed over. */
function readerOf(file: string, row: Cells): Reader | undefined {
  const language = /_([a-z]{2})\.csv$/.exec(file)?.[1];
  if ("broaderUri" in row && "conceptUri" in row) return broader;
  if ("occupationUri" in row && "skillUri" in row) return related;
  if ("conceptUri" in row && "preferredLabel" in row && language) return (heap, each) => official(heap, each, language);
  return "uri" in row && ("isco" in row || "type" in row) ? joined : undefined;
}

const official = (heap: Heap, row: Cells, language: string): string | undefined =>
  concept(heap, row["conceptUri"], /occupation|isco/i.test(row["conceptType"] ?? "") ? "occupation" : "skill", [
    [language, row["preferredLabel"], row["altLabels"]?.split("\n")],
  ]);

const joined: Reader = (heap, row) =>
  concept(
    heap,
    row["uri"],
    "isco" in row ? "occupation" : "skill",
    Object.keys(row)
      .filter((column) => /^[a-z]{2}$/.test(column))
      .map((language) => [language, row[language], row[`${language}_alt`]?.split("|")]),
  );

type Names = readonly (readonly [language: string, preferred: string | undefined, others: readonly string[] | undefined])[];

function concept({ concepts }: Heap, name: string | undefined, kind: SkillKind, names: Names): string | undefined {
  if (!name || !conceptName.test(name)) return `"${name ?? ""}" names no concept`;
  const labels = names.flatMap(([language, preferred, others]) => labelsOf(language, preferred, others));
  if (!labels.some((label) => label.kind === "preferred")) return "it has no name in any language";
  if (labels.some(({ label }) => label.length > longestLabel)) return `a name is longer than ${longestLabel} characters`;
  const iri = name.startsWith(scheme) ? name : `${scheme}${kind}/${name}`;
  const known = concepts.get(iri) ?? { iri, kind, labels: new Map<string, Label>() };
  for (const label of labels)
    known.labels.set(`${label.language}\n${label.label}`, known.labels.get(`${label.language}\n${label.label}`) ?? label);
  concepts.set(iri, known);
  return undefined;
}

function labelsOf(language: string, preferred: string | undefined, others: readonly string[] = []): readonly Label[] {
  if (!preferred) return [];
  const more = new Set(others.map((label) => label.trim()).filter((label) => label !== "" && label !== preferred));
  return [
    { language, kind: "preferred", label: preferred },
    ...Array.from(more, (label): Label => ({ language, kind: "alternative", label })),
  ];
}

const broader: Reader = ({ links }, row) => link(links, row["conceptUri"], "broader", row["broaderUri"]);
const related: Reader = ({ links }, row) => link(links, row["skillUri"], "related", row["occupationUri"]);

function link(links: Link[], iri: string | undefined, kind: Link["kind"], other: string | undefined): string | undefined {
  if (!iri?.startsWith(scheme) || !other?.startsWith(scheme)) return "a relation without both its ends";
  links.push({ iri, kind, other });
  return undefined;
}
