// The examples of FEDERATION.md: documents as they went between two coops of a test, with names that a reader can follow in place of those of the run.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { statementText } from "@partcommune/federation/statement";
import { actorCtx, ctx } from "@partcommune/federation/vocabulary";
import type { Json } from "@partcommune/shared/platform/json";

const path = join(import.meta.dirname, "../../FEDERATION.md");

/** Holds the examples of a test file to what was told there, by their names; `GOLDEN=write` writes them instead. `coops`: the name that each stands under on the page. */
export function holdPage(t: Test, file: string, coops: Readonly<Record<string, string>>, told: Readonly<Record<string, unknown>>): void {
  const ids = new Map<string, string>();
  const shown = [...readFileSync(path, "utf8").matchAll(marker(file))].map(([, name]) => name ?? "");
  t.same(shown.toSorted(), Object.keys(told).toSorted(), `FEDERATION.md shows what ${file} tells`);
  for (const [name, document] of Object.entries(told)) hold(t, file, name, named(shortened(document), coops, ids));
}

const marker = (file: string, name = "([\\w -]+)"): RegExp =>
  new RegExp(`<!-- ${name}, told by ${file.replaceAll(".", "\\.")} -->\n\`\`\`json\n([^\`]*)\n\`\`\``, "g");

function hold(t: Test, file: string, name: string, text: string): void {
  const page = readFileSync(path, "utf8");
  const block = `<!-- ${name}, told by ${file} -->\n\`\`\`json\n${text}\n\`\`\``;
  const wanted = page.replace(marker(file, name), () => block);
  if (process.env["GOLDEN"] === "write") writeFileSync(path, wanted);
  t.equal(marker(file, name).exec(readFileSync(path, "utf8"))?.[1], text, `FEDERATION.md shows ${name} (GOLDEN=write npm test)`);
}

/** A context in one order of its words, whatever kept it. */
const inOrder = (context: Json): string => statementText({ context });
const contexts: Readonly<Record<string, string>> = { [inOrder(ctx)]: "CTX", [inOrder(actorCtx)]: "ACTOR" };
const keys: Readonly<Record<string, string>> = {
  publicKeyPem: "-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----\n",
  publicKeyMultibase: "z6Mk…",
  proofValue: "z…",
  "pc:jws": "eyJ…",
  "pc:sha256": "…",
};

/** Contexts by their names, and no keys, which differ at each coop. */
const shortened = (document: unknown): unknown =>
  JSON.parse(
    JSON.stringify(document, (word, value: Json) => (word === "@context" ? (contexts[inOrder(value)] ?? value) : (keys[word] ?? value))),
  );

/** With the coops' names on the web, and ids that are counted. */
function named(document: unknown, coops: Readonly<Record<string, string>>, ids: Map<string, string>): string {
  let text = printed(document);
  for (const [origin, shown] of Object.entries(coops))
    text = text.replaceAll(origin, shown).replaceAll(new URL(origin).host, new URL(shown).host);
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    ids.set(id, ids.get(id) ?? `01a21c00-0000-7000-8000-${String(ids.size + 1).padStart(12, "0")}`);
    return ids.get(id) ?? id;
  });
}

/** A word a line, for the document and what it carries. */
function printed(value: unknown, margin = ""): string {
  if (Array.isArray(value)) return JSON.stringify(value, null, 2);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const lines = Object.entries(value).map(
    ([word, each]) =>
      `${margin}  "${word}": ${word === "object" || word === "result" ? printed(each, `${margin}  `) : JSON.stringify(each)}`,
  );
  return `{\n${lines.join(",\n")}\n${margin}}`;
}
