// The page for operators says of every setting what the code does, and names no command that is not there; a command loads what it needs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "tap";
import { configNames, readConfig } from "@partcommune/server/platform/config";
import { coopIn } from "../support/cli.ts";
import { sourcesOf } from "./rules.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/operate.md"), "utf8");

test("the table of settings is the code's", (t) => {
  const rows = Array.from(page.matchAll(/^\| `([A-Z_]+)` \| (.*?) \|/gm), ([, name = "", fallback = ""]) => ({ name, fallback }));
  t.same(rows.map(({ name }) => name).toSorted(), configNames.toSorted(), "each name once, and no other");
  const defaults = readConfig({}) as Readonly<Record<string, unknown>>;
  for (const { name, fallback } of rows) {
    const value = defaults[name];
    const has = value !== undefined && String(value) !== "";
    if (has) t.equal(fallback, `\`${String(value)}\``, name);
    else t.notMatch(fallback, /^`[\w.,-]*`$/, `${name} has no value of its own`);
  }
  t.end();
});

test("every setting and command of the page is there", async (t) => {
  const files = Array.from(page.matchAll(/<<'ENV'\n([\s\S]*?)\nENV/g), ([, lines = ""]) => lines).join("\n");
  for (const [, name = ""] of files.matchAll(/^([A-Z_]+)=/gm)) t.ok(configNames.includes(name.replace(/_FILE$/, "")), name);
  const verbs = new Set(Array.from(page.matchAll(/(?:`|^|\/)coop ((?:queue |verify |ledger )?[a-z-]+)/gm), ([, verb = ""]) => verb));
  t.ok(verbs.size >= 9, [...verbs].join(", "));
  const groups = ["", "queue", "verify", "ledger"];
  const helps = await Promise.all(groups.map((group) => coopIn({}, ...(group === "" ? [] : [group]), "--help")));
  const known = helps.flatMap(({ out }, at) => Array.from(out.matchAll(/^ {2}([a-z-]+) /gm), ([, verb]) => `${groups[at]} ${verb}`.trim()));
  for (const verb of verbs) t.ok(known.includes(verb), verb);
});

test("a command that only asks, or keeps, loads no server beside the one that runs", (t) => {
  const imports = new Map(sourcesOf(root).map((source) => [source.path, source.imports]));
  for (const command of ["backup", "doctor", "ledger", "outbox", "queue", "what-if"]) {
    const loaded = new Set([`server/src/cli/${command}.ts`]);
    for (const file of loaded) for (const imported of imports.get(file) ?? []) loaded.add(imported);
    t.ok(loaded.has("server/src/platform/database.ts"), `${command} asks the database`);
    t.notOk(loaded.has("server/src/app.ts"), command);
  }
  t.end();
});
