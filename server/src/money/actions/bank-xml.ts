// An XML file of a bank, from bytes to what stands in it, or to why nothing does. What could grow or reach out is refused before anything is parsed.
import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { FileFault } from "@partcommune/shared/money/rules/statement";

/** As much as a file may hold, some thirty thousand lines: longer ones come in parts. */
export const longestFile = 8 * 1_024 * 1_024;

/** What is wrong with a file, as the reader found it. */
export class Unreadable extends Error {
  readonly because: FileFault;
  constructor(because: FileFault) {
    super(because);
    this.because = because;
  }
}

export const unless = (holds: boolean, because: FileFault): void => {
  if (!holds) throw new Unreadable(because);
};

export type Node = { readonly [name: string]: unknown };

const many = new Set([
  "Stmt",
  "Bal",
  "Ntry",
  "NtryDtls",
  "TxDtls",
  "Ustrd",
  "Strd",
  "OrgnlPmtInfAndSts",
  "TxInfAndSts",
  "StsRsnInf",
  "AddtlInf",
]);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignorePiTags: true,
  maxNestedTags: 60,
  // The way to each tag would be written down for `isArray`, which asks its name alone.
  jPath: false,
  isArray: (name) => many.has(name),
});

/** The files of a bank that are read, and in which versions: a file says itself what it is. */
const forms = {
  statement: /<(?:[\w.-]+:)?Document\s[^>]*?["']urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.0[248]["']/,
  report: /<(?:[\w.-]+:)?Document\s[^>]*?["']urn:iso:std:iso:20022:tech:xsd:pain\.002\.001\.(?:03|10)["']/,
} as const;
export type Form = keyof typeof forms;

/** What a file is, and its document. */
export function documentIn(bytes: Uint8Array): { readonly form: Form; readonly document: Node } {
  unless(bytes.length <= longestFile, "size");
  const text = decoded(bytes);
  unless(!/<!(?:DOCTYPE|ENTITY)/i.test(text), "doctype");
  const head = text.slice(0, 4_000);
  const form = (["statement", "report"] as const).find((each) => forms[each].test(head));
  if (form === undefined) throw new Unreadable("namespace");
  unless(XMLValidator.validate(text) === true, "xml");
  const document = at(parsed(text), "Document");
  return { form, document: isNode(document) ? document : {} };
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable("encoding");
  }
}

function parsed(text: string): Node {
  try {
    return parser.parse(text) as Node;
  } catch {
    throw new Unreadable("xml");
  }
}

/** One line of text without signs that could make it read as something else. */
export const plain = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]+/gu, " ")
    .trim()
    .slice(0, 500);

export function at(node: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isNode(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined), node);
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

export const textAt = (node: unknown, ...path: readonly string[]): string => contentOf(at(node, ...path));

export const attributeAt = (node: unknown, name: string, ...path: readonly string[]): string => contentOf(at(node, ...path, `@${name}`));

export function listIn(node: unknown, name: string): readonly Node[];
export function listIn<Each>(node: unknown, name: string, as: (value: unknown) => Each): readonly Each[];
export function listIn(node: unknown, name: string, as?: (value: unknown) => unknown): readonly unknown[] {
  const found = at(node, name);
  const all: readonly unknown[] = Array.isArray(found) ? found : [];
  return as ? all.map(as) : all.filter(isNode);
}

const signs: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The words between two tags, with the five signs that XML itself names; what else is written with an ampersand stays as it is. */
export function contentOf(value: unknown): string {
  const text = typeof value === "string" ? value : isNode(value) ? value["#text"] : undefined;
  return typeof text === "string" ? text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => signs[name] ?? "").trim() : "";
}
