// Writes server/src/platform/tables.ts from the migrated schema, or with --verify fails when the two differ.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { format } from "oxfmt";
import { freshDatabase } from "./support/database.ts";

const root = join(import.meta.dirname, "..");
const target = join(root, "server/src/platform/tables.ts");
const draft = join(root, ".cache/tables.ts");
const require = createRequire(join(root, "server/package.json"));
const codegen = join(dirname(require.resolve("kysely-codegen/package.json")), "dist/cli/bin.js");
const { printWidth } = JSON.parse(readFileSync(join(root, ".oxfmtrc.json"), "utf8")) as { printWidth: number };
const types = '{"int8":"bigint","timestamptz":"Instant","date":"Day","xid8":"bigint","numeric":"string"}';
const schemas = "(platform|membership|governance|ledger|money|federation|mutual|marketplace|community).*";

/** The tables of a database as types, with our own names for times imported. */
async function generate(url: string): Promise<string> {
  mkdirSync(dirname(draft), { recursive: true });
  const flags = ["--dialect", "postgres", "--url", url, "--out-file", draft, "--include-pattern", schemas, "--type-mapping", types];
  execFileSync(process.execPath, [codegen, ...flags], { cwd: join(root, "server"), stdio: ["ignore", "ignore", "inherit"] });
  const imports = 'import type { Day, Instant } from "@partcommune/shared/platform/time";';
  const text = readFileSync(draft, "utf8").replace(/^import type \{ ColumnType \}.*$/m, (line) => `${line}\n${imports}`);
  return (await format("tables.ts", text, { printWidth })).code;
}

const database = await freshDatabase();
try {
  const generated = await generate(database.url);
  if (!process.argv.includes("--verify")) writeFileSync(target, generated);
  else if (readFileSync(target, "utf8") !== generated)
    throw new Error("server/src/platform/tables.ts is not what the migrations make: npm run tables");
} finally {
  await database.drop();
}
