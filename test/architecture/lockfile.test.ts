// What is installed comes from the registry, by its hash, at one exact version: a lockfile that says otherwise was written by somebody else.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "tap";

const lockfile = readFileSync(join(import.meta.dirname, "../../pnpm-lock.yaml"), "utf8");
const settings = readFileSync(join(import.meta.dirname, "../../pnpm-workspace.yaml"), "utf8");

/** Lines of a lockfile that name another place than the registry, a missing hash, or a version that may move. */
function strayIn(text: string): readonly string[] {
  const hashed = /^\s+resolution: \{integrity: sha512-[A-Za-z0-9+/]{86}==\}$/;
  const exact = /^\s+specifier: (\d+\.\d+\.\d+(-[\w.]+)?|npm:(@[\w-]+\/)?[\w.-]+@\d+\.\d+\.\d+(-[\w.]+)?|workspace:\*)$/;
  const ours = /: link:(\.\.\/(shared|federation|server)|federation\/stubs\/[\w-]+)$/;
  const elsewhere = /(?:git|https?|ssh|file):|(?:github|gitlab|bitbucket):|\.tgz|tarball|directory:|\btype: (?:git|directory)/;
  return text.split("\n").filter((line) => {
    if (/^\s+resolution:/.test(line)) return !hashed.test(line);
    if (/^\s+specifier:/.test(line)) return !exact.test(line);
    if (/\blink:/.test(line)) return !ours.test(line);
    return /^\s+(?:version:|'?[\w@/.-]+@)/.test(line) && elsewhere.test(line);
  });
}

test("every package comes from the registry by its hash, at an exact version", (t) => {
  t.same(strayIn(lockfile), []);
  const resolved = lockfile.match(/^ {4}resolution:/gm)?.length ?? 0;
  const named = lockfile.slice(lockfile.indexOf("\npackages:\n"), lockfile.indexOf("\nsnapshots:\n")).match(/^ {2}\S.*:$/gm)?.length ?? 0;
  t.ok(resolved > 400, `${resolved} packages`);
  t.equal(resolved, named, "none is without");
  t.end();
});

test("a planted line is noticed", (t) => {
  const planted = [
    "    resolution: {commit: 0123456789012345678901234567890123456789, repo: https://example.org/evil.git, type: git}",
    "    resolution: {tarball: https://example.org/evil.tgz}",
    "    resolution: {integrity: sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=}",
    "    resolution: {directory: ../evil, type: directory}",
    "        specifier: git+https://example.org/evil.git",
    "        specifier: ^1.0.0",
    "        specifier: latest",
    "        version: https://example.org/evil.git#0123456789012345678901234567890123456789",
    "        version: file:../evil",
    "        version: link:../../evil",
    "      request: link:federation/stubs/../../evil",
    "  evil@https://codeload.github.com/evil/evil/tar.gz/0123456:",
  ];
  for (const line of planted) t.same(strayIn(`${lockfile}\n${line}`), [line], line);
  t.end();
});

test("the package manager is told to be strict", (t) => {
  for (const rule of ["strictDepBuilds: true", "blockExoticSubdeps: true", "trustPolicy: no-downgrade", "minimumReleaseAge: 1440"])
    t.match(settings, new RegExp(`^${rule}`, "m"), rule);
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  t.match(scripts["setup"], /--frozen-lockfile/);
  t.end();
});
