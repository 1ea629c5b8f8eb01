// Where the texts are: one file a domain and language, with ids of our own; lingui only compiles them.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

const sources = join(import.meta.dirname, "src");
const domains = readdirSync(sources, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

export default defineConfig({
  rootDir: import.meta.dirname,
  sourceLocale: "en",
  locales: ["en", "fr"],
  format: formatter({ lineNumbers: false, explicitIdAsDefault: true }),
  catalogs: domains.map((name) => ({ path: `<rootDir>/src/${name}/strings/{locale}`, include: [`<rootDir>/src/${name}`] })),
});
