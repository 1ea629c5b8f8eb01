// The supply chain under fire: what an attacker would plant in a dependency must end the install, and must not have run.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "../..");
const files = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ".pnpmfile.cjs", ".npmrc"];
const packages = ["server", "shared", "web", "federation", "test"];

type Manifest = { readonly scripts: Readonly<Record<string, string>>; dependencies?: Record<string, string> };
const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

/** What is planted in a copy of the project, and what the install must say to it. */
type Plant = { readonly what: string; readonly in: (copy: string, aside: string) => void; readonly install: string; readonly says: RegExp };

const setup = manifestOf(root).scripts["setup"] ?? "";
const unfrozen = `${setup.replace("--frozen-lockfile", "--no-frozen-lockfile")} --offline`;

function depend(copy: string, name: string, on: string): void {
  const manifest = manifestOf(join(copy, "server"));
  manifest.dependencies = { ...manifest.dependencies, [name]: on };
  writeFileSync(join(copy, "server/package.json"), JSON.stringify(manifest));
}

/** A package beside the project. */
function packageAt(folder: string, manifest: object): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ version: "1.0.0", ...manifest }));
  return folder;
}

/** A repository with one package, and what it is depended on by. */
function repository(folder: string): string {
  packageAt(folder, { name: "planted-below" });
  const git = (...words: readonly string[]): void => {
    const { status, stderr } = spawnSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.org", ...words], { cwd: folder });
    if (status !== 0) throw new Error(stderr.toString());
  };
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "x");
  return `git+${pathToFileURL(folder).href}`;
}

const plants: readonly Plant[] = [
  {
    what: "a git dependency that the lockfile does not know",
    in: (copy, aside) => depend(copy, "planted-below", repository(join(aside, "below"))),
    install: setup,
    says: /OUTDATED_LOCKFILE/,
  },
  {
    what: "a git dependency of a dependency",
    in: (copy, aside) => {
      const below = repository(join(aside, "below"));
      const planted = packageAt(join(aside, "planted"), { name: "planted", dependencies: { "planted-below": below } });
      depend(copy, "planted", `file:${planted}`);
    },
    install: unfrozen,
    says: /EXOTIC_SUBDEP/,
  },
  {
    what: "an install script",
    in: (copy, aside) => {
      const script = `node -e "require('node:fs').writeFileSync('${join(aside, "ran")}', '')"`;
      const planted = packageAt(join(aside, "planted"), {
        name: "planted",
        scripts: { preinstall: script, install: script, postinstall: script },
      });
      depend(copy, "planted", `file:${planted}`);
    },
    install: unfrozen,
    says: /IGNORED_BUILDS/,
  },
];

/** Plants it in a copy and installs; what is wrong with the outcome, or nothing. */
function tried({ what, in: plant, install, says }: Plant): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "supply-"));
  const [copy, aside] = [join(folder, "copy"), join(folder, "aside")];
  try {
    for (const file of [...files, ...packages.map((name) => `${name}/package.json`)])
      if (existsSync(join(root, file))) cpSync(join(root, file), join(copy, file));
    plant(copy, aside);
    const { status, stdout, stderr } = spawnSync(install, { cwd: copy, shell: true, encoding: "utf8" });
    if (status === 0) return `${what}: the install went through`;
    if (existsSync(join(aside, "ran"))) return `${what}: the script ran`;
    return says.test(stdout + stderr) ? undefined : `${what}: refused for another reason: ${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each planted fault that the install did not stop for the right reason. */
export const plantsThatGrew = (): readonly string[] => plants.flatMap((plant) => tried(plant) ?? []);
export const planted = plants.length;
