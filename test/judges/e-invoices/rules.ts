// Rules of others over electronic invoices: as they are published, in Schematron or as a stylesheet made of it, asked in this process.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { XMLParser } from "fast-xml-parser";

const require = createRequire(import.meta.url);
const xslt3 = join(dirname(require.resolve("xslt3/package.json")), "xslt3.js");

type Transform = (asked: Readonly<Record<string, unknown>>) => { readonly principalResult: string };
// The library has no types of its own, and this is all that is asked of it.
const { transform } = require("saxon-js") as { readonly transform: Transform };

/** Runs the compiler; what it says is what is wrong with the rules. */
function compiler(...asked: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, ["--no-warnings", xslt3, ...asked], { encoding: "utf8" });
  if (status !== 0) throw new Error(`xslt3 ${asked.join(" ")}: ${stderr}`);
}

/** One set of rules. */
export type Rules = { readonly name: string; readonly asked: (xml: string) => Verdict };

/** How many rules fitted something, and which were broken: those that are fatal, and mere warnings. */
export type Verdict = { readonly fired: number; readonly fatal: readonly string[]; readonly warned: readonly string[] };

/** The rules in a file: Schematron (`.sch`), a stylesheet (`.xsl`, `.xslt`), or one compiled already (`.sef.json`). `into` holds what is made of it. */
export function rulesOf(file: string, into: string): Rules {
  const name = basename(file);
  if (file.endsWith(".sef.json")) return asking(name, file);
  mkdirSync(into, { recursive: true });
  const [sheet, compiled] = [join(into, `${name}.xsl`), join(into, `${name}.sef.json`)];
  if (file.endsWith(".sch")) compiler(`-xsl:${join(import.meta.dirname, "schematron.xsl")}`, `-s:${file}`, `-o:${sheet}`);
  compiler(`-xsl:${file.endsWith(".sch") ? sheet : file}`, `-export:${compiled}`, "-nogo");
  return asking(name, compiled);
}

const isRules = (name: string): boolean => /\.(sch|xslt?|sef\.json)$/.test(name);

/** What a file is called without its form. */
const stemOf = (file: string): string => basename(file).replace(/\.(sch|xslt?|sef\.json)$/, "");

/** Rules of their own, and not a part that a schema takes in, nor a sheet that makes rules of one. */
function isWhole(file: string): boolean {
  if (file.endsWith(".json")) return true;
  const text = readFileSync(file, "utf8");
  return file.endsWith(".sch") ? /<(\w+:)?schema[\s>]/.test(text) : /schematron-output/.test(text) && !/TransformAlias/.test(text);
}

/**
 * Every set of rules in a folder and the folders in it, as they are published: parts that a schema takes in are not asked alone, and of one
 * that stands there compiled as well the compiled one is asked.
 */
export function rulesIn(folder: string, into: string): readonly Rules[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter(isRules)
    .map((name) => join(folder, name))
    .filter(isWhole)
    .toSorted();
  const forms = [".sef.json", ".xslt", ".xsl", ".sch"];
  const readiest = (of: readonly string[]): string | undefined => forms.flatMap((form) => of.filter((file) => file.endsWith(form)))[0];
  return [...Map.groupBy(files, stemOf).values()].flatMap((of) => {
    const file = readiest(of);
    return file === undefined ? [] : [rulesOf(file, into)];
  });
}

const reader = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  removeNSPrefix: true,
  isArray: (name) => ["fired-rule", "failed-assert", "successful-report"].includes(name),
});

type Said = { readonly id?: string; readonly flag?: string; readonly role?: string; readonly text?: unknown };
type Report = { readonly "schematron-output"?: { readonly "fired-rule"?: readonly unknown[]; readonly "failed-assert"?: readonly Said[] } };

function asking(name: string, compiled: string): Rules {
  const stylesheetInternal: unknown = JSON.parse(readFileSync(compiled, "utf8"));
  return {
    name,
    asked: (xml) => {
      const { principalResult } = transform({ stylesheetInternal, sourceText: xml, destination: "serialized" });
      const { "schematron-output": report = {} } = reader.parse(principalResult) as Report;
      const broken = report["failed-assert"] ?? [];
      const isWarning = ({ flag, role }: Said): boolean => /warn|info/i.test(flag ?? role ?? "");
      const ids = (of: readonly Said[]): readonly string[] => of.map(({ id, text }) => id ?? String(text));
      return {
        fired: report["fired-rule"]?.length ?? 0,
        fatal: ids(broken.filter((each) => !isWarning(each))),
        warned: ids(broken.filter(isWarning)),
      };
    },
  };
}
