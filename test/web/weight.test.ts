// What a reader downloads before a page stands: the sums of the built files of each screen, compressed, against the budget.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { builtAssets } from "@partcommune/server/platform/assets";
import { languages } from "@partcommune/shared/platform/page";
import { test } from "tap";

type Chunk = { readonly file: string; readonly imports?: readonly string[]; readonly css?: readonly string[] };

const chunks = builtAssets().manifest as Readonly<Record<string, Chunk>>;
const client = join(import.meta.dirname, "../../web/dist/client");
const entry = "src/platform/browser.tsx";
const screens = Object.keys(chunks).filter((source) => /^src\/\w+\/screens\/[\w-]+\.tsx$/.test(source));
const kilobytes = (bytes: number): number => Math.round(bytes / 102.4) / 10;

/** A chunk and all it imports without being asked. */
function reach(source: string, seen = new Set<string>()): Set<string> {
  if (seen.has(source)) return seen;
  seen.add(source);
  for (const imported of chunks[source]?.imports ?? []) reach(imported, seen);
  return seen;
}

const compressed = (files: Iterable<string>): number =>
  [...new Set(files)].reduce((total, file) => total + gzipSync(readFileSync(join(client, file)), { level: 9 }).length, 0);

const scriptsOf = (sources: readonly string[]): number =>
  compressed(sources.flatMap((source) => [...reach(source)]).flatMap((source) => chunks[source]?.file ?? []));

/** Entry, screen, and the texts of the shell, of what is voted and of the screen's own domain in one language. */
const firstLoad = (screen: string, language: string): number =>
  scriptsOf([
    entry,
    screen,
    ...["platform", "governance", screen.split("/")[1] ?? ""].map((domain) => `src/${domain}/strings/${language}.po`),
  ]);

/** What a stranger's first page may be; everything else is met by people who came to work. */
const publicScreens = [
  ...["home", "compare", "job", "jobs", "member", "ranking", "sign", "end-search"].map((name) => `src/marketplace/screens/${name}.tsx`),
  ...["demo", "hire", "join", "members", "sign-in"].map((name) => `src/membership/screens/${name}.tsx`),
  ...["bylaws", "participation"].map((name) => `src/governance/screens/${name}.tsx`),
  "src/mutual/screens/fund.tsx",
  ...["entries", "entry", "history", "stress"].map((name) => `src/mutual/screens/${name}.tsx`),
  ...["gatherings", "gathering"].map((name) => `src/community/screens/${name}.tsx`),
  "src/platform/screens/unsubscribe.tsx",
];

test("no public screen weighs more than 150 KB of script on first load, and none more than 250 KB", (t) => {
  t.same(
    publicScreens.filter((screen) => !screens.includes(screen)),
    [],
    "the public screens are where they were",
  );
  for (const screen of screens)
    for (const language of languages) {
      const weight = kilobytes(firstLoad(screen, language));
      t.ok(weight <= (publicScreens.includes(screen) ? 150 : 250), `${screen} in ${language}: ${weight} KB`);
    }
  t.end();
});

test("style and fonts stay within their budgets", (t) => {
  const styles = kilobytes(compressed(Object.values(chunks).flatMap(({ css = [] }) => css)));
  t.ok(styles <= 15, `all style: ${styles} KB`);
  const fonts = Object.keys(chunks).filter((source) => source.endsWith("latin-wght-normal.woff2") && !source.includes("latin-ext"));
  t.equal(fonts.length, 2, "one face for headings, one for text");
  const weight = kilobytes(fonts.reduce((total, source) => total + readFileSync(join(client, chunks[source]?.file ?? "")).length, 0));
  t.ok(weight <= 80, `fonts on first load: ${weight} KB`);
  t.end();
});

test("the schemas of the endpoints stay on the server", (t) => {
  const scripts = Object.values(chunks).flatMap(({ file }) => (file.endsWith(".js") ? [readFileSync(join(client, file), "utf8")] : []));
  t.notOk(
    scripts.some((script) => script.includes("ZodError")),
    "no zod in what browsers load",
  );
  t.end();
});
