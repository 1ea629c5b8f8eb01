// The rules of the house as questions to the text of a tree: who imports whom, what stands where, which words are not used.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

export type Fault = { readonly rule: string; readonly file: string; readonly says: string };
type Source = { readonly path: string; readonly text: string; readonly imports: readonly string[] };

const order = ["platform", "membership", "governance", "money", "federation", "mutual", "marketplace", "community"];
const doors = ["routes", "sisters", "schedule", "listeners", "checks"];
const serverRoles = ["index", "actions", "store", "routes", "sisters", "listeners", "schedule", "checks"];
const sharedRoles = ["api", "events", "rules"];
const onlyInWorld = /\bnew Date\(\)|\bDate\.now\b|\bMath\.random\b|\bsetTimeout\(|(?<![.\w])fetch\(|\brandomUUID\b/;
// A statement that is planned for all values cannot see that a value is the one of a partial index.
const conflictByValue = /onConflict\(\s*\(conflict\) =>\s*conflict\.columns?\([^)]*\)\.where\("\w+", "[^"]+", (?!\[?sql\.lit\b|null\b)/;
const forbiddenNames = /(^|\/)(utils?|helpers?|common|types|services?)(\.tsx?$|\/)/;

/** Every TypeScript file of the three packages under a root. */
export function sourcesOf(root: string): readonly Source[] {
  const folders = ["shared/src", "federation/src", "server/src", "server/migrations", "web/src"];
  return folders.flatMap((folder) => filesIn(join(root, folder))).map((path) => readSource(root, path));
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function readSource(root: string, path: string): Source {
  const text = readFileSync(path, "utf8");
  const named = Array.from(
    text.matchAll(/^\s*(?:import|export)\b[^;]*?from "([^"]+)"|^import "([^"]+)"|import\("([^"]+)"\)/gm),
    ([, a, b, c]) => a ?? b ?? c ?? "",
  );
  return { path: relative(root, path), text, imports: named.map((name) => resolved(root, path, name)) };
}

/** An import as a path from the root, where it names a file of ours; else the package's name. */
function resolved(root: string, from: string, name: string): string {
  if (name.startsWith(".")) return relative(root, normalize(join(dirname(from), name)));
  const ours = /^@partcommune\/(\w+)\/(.+)$/.exec(name);
  return ours ? `${ours[1]}/src/${ours[2]}.ts` : name;
}

const placeOf = (path: string): { pack: string; domain: string; role: string } => {
  const [pack = "", src, domain = "", role = ""] = path.split("/");
  return src === "src" && role !== "" ? { pack, domain, role: role.replace(/\.tsx?$/, "") } : { pack, domain: "", role: "" };
};

type Rule = { readonly name: string; readonly faults: (source: Source) => readonly string[] };

const whether = (holds: boolean, says: string): readonly string[] => (holds ? [says] : []);

export const rules: readonly Rule[] = [
  { name: "first-sentence", faults: ({ path, text }) => whether(!/^(\/\*\*|\/\/ \S)/.test(text), `${path} does not say what it is for`) },
  {
    name: "packages-one-way",
    faults: ({ path, imports }) => imports.filter((to) => isForbiddenPackage(path, to)).map((to) => `imports ${to}`),
  },
  {
    name: "edge-stands-alone",
    faults: ({ path, imports }) => imports.filter((to) => isBeyondTheEdge(path, to)).map((to) => `imports ${to}`),
  },
  { name: "domains-look-down", faults: ({ path, imports }) => imports.filter((to) => looksUp(path, to)).map((to) => `imports ${to}`) },
  { name: "enter-by-index", faults: ({ path, imports }) => imports.filter((to) => passesIndex(path, to)).map((to) => `imports ${to}`) },
  {
    name: "doors-belong-to-app",
    faults: ({ path, imports }) => imports.filter((to) => importsDoor(path, to)).map((to) => `imports ${to}`),
  },
  { name: "known-roles", faults: ({ path }) => whether(!hasRole(path), "no such role") },
  { name: "no-drawers", faults: ({ path }) => whether(forbiddenNames.test(path), "a drawer is not a room") },
  {
    name: "world-is-passed-in",
    faults: ({ path, text }) =>
      whether(!isOfTheWorld(path) && onlyInWorld.test(withoutComments(text)), "touches clock, chance or the outside"),
  },
  {
    name: "sql-in-stores",
    faults: ({ path, text }) =>
      whether(!mayHoldSql(path) && /from "(kysely|pg)"/.test(text.replaceAll(/import type [^;]+;/g, "")), "imports kysely or pg"),
  },
  {
    name: "engine-behind-one-file",
    faults: ({ path, text }) =>
      whether(!isOfTheEngine(path) && /["'`]activitypub-express\b/.test(text), "reaches past federation/src/apex.ts"),
  },
  { name: "no-await-in-sum", faults: ({ text }) => whether(/\+= await\b/.test(text), "+= await reads before it waits") },
  {
    name: "conflicts-by-literal",
    faults: ({ text }) => whether(conflictByValue.test(text), "a conflict's index is found by literals: write the value with sql.lit"),
  },
  { name: "foreign-schema", faults: ({ path, text }) => writesForeign(path, text) },
  {
    name: "size",
    faults: ({ path, text }) =>
      whether(inBand(text.split("\n").length) && !path.endsWith("tables.ts"), `${text.split("\n").length} lines: two rooms`),
  },
];

function isForbiddenPackage(path: string, to: string): boolean {
  const from = path.split("/")[0];
  if (from === "shared") return !to.startsWith("shared/") && to !== "zod" && !to.startsWith("@noble/hashes/");
  if (from === "federation") return /^(server|web|test)\//.test(to);
  if (from === "server") return /^(web|test)\//.test(to);
  return /^(server|federation|test)\//.test(to);
}

/** What the edge is made of: it reads what strangers send, so that each package in it was looked at for that. */
const ofTheEdge = /^(federation\/|shared\/|node:|(zod|jose|canonicalize|structured-headers|@scure\/base)$)/;

const isBeyondTheEdge = (path: string, to: string): boolean =>
  path.startsWith("federation/") && !ofTheEdge.test(to) && !(isOfTheEngine(path) && to === "activitypub-express");

function looksUp(path: string, to: string): boolean {
  const [from, towards] = [placeOf(path), placeOf(to)];
  if (!order.includes(from.domain) || !order.includes(towards.domain))
    return from.domain !== "" && order.includes(from.domain) && /^server\/src\/(app|main|start|cli)\.ts$/.test(to);
  return order.indexOf(towards.domain) > order.indexOf(from.domain);
}

function passesIndex(path: string, to: string): boolean {
  const [from, towards] = [placeOf(path), placeOf(to)];
  return (
    from.pack === "server" &&
    towards.pack === "server" &&
    towards.domain !== from.domain &&
    from.domain !== "" &&
    towards.domain !== "platform" &&
    towards.role !== "index" &&
    order.includes(towards.domain)
  );
}

function importsDoor(path: string, to: string): boolean {
  const [from, towards] = [placeOf(path), placeOf(to)];
  return (
    towards.pack === "server" &&
    order.includes(towards.domain) &&
    towards.domain !== "platform" &&
    doors.includes(towards.role) &&
    path !== (towards.role === "checks" ? "server/src/checks.ts" : "server/src/app.ts") &&
    from.domain !== towards.domain
  );
}

function hasRole(path: string): boolean {
  const { pack, domain, role } = placeOf(path);
  if (!order.includes(domain) || domain === "platform") return true;
  if (pack === "server") return serverRoles.includes(role);
  if (pack === "shared") return sharedRoles.includes(role);
  if (pack === "web") return ["screens", "parts", "strings"].includes(role);
  return true;
}

const isOfTheWorld = (path: string): boolean =>
  path === "server/src/platform/world.ts" || path.startsWith("web/src/platform/") || /^server\/src\/(start|main|cli)\.ts$/.test(path);

const isOfTheEngine = (path: string): boolean => /^federation\/src\/(apex\.ts|activitypub-express\.d\.ts)$/.test(path);

const mayHoldSql = (path: string): boolean => {
  const { pack, domain, role } = placeOf(path);
  return (
    pack !== "server" ||
    domain === "platform" ||
    ["store", "checks"].includes(role) ||
    /^server\/(migrations|src\/(start|main|cli|app)\.ts)/.test(path)
  );
};

/** A store writes tables of its own schema only. */
function writesForeign(path: string, text: string): readonly string[] {
  const { pack, domain } = placeOf(path);
  if (pack !== "server" || domain === "" || domain === "platform") return [];
  const written = Array.from(text.matchAll(/(?:insertInto|updateTable|deleteFrom)\("(\w+)\./g), ([, schema = ""]) => schema);
  return written.filter((schema) => schema !== domain).map((schema) => `writes ${schema}`);
}

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
const inBand = (lines: number): boolean => lines > 301 && lines <= 331;

/** Every fault of a tree, with the rule it breaks. */
export function faultsOf(root: string): readonly Fault[] {
  return sourcesOf(root).flatMap((source) =>
    rules.flatMap(({ name, faults }) => faults(source).map((says) => ({ rule: name, file: source.path, says }))),
  );
}
