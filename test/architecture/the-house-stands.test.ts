// The house rules hold in this tree, and each of them is seen to bite in a tree with one planted fault per rule.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "tap";
import { faultsOf, rules, sourcesOf } from "./rules.ts";

const root = join(import.meta.dirname, "../..");

test("no file breaks a rule of the house", (t) => {
  t.same(faultsOf(root), []);
  const tracked = execFileSync("git", ["ls-files", "shared/src", "federation/src", "server/src", "server/migrations", "web/src"], {
    cwd: root,
    encoding: "utf8",
  });
  const expected = tracked.split("\n").filter((path) => /\.tsx?$/.test(path)).length;
  t.ok(sourcesOf(root).length >= expected, "every tracked file was read");
  t.end();
});

test("every rule finds the fault planted for it", (t) => {
  const found = new Set(faultsOf(join(import.meta.dirname, "fixtures")).map(({ rule }) => rule));
  t.same(
    rules.map(({ name }) => name).filter((name) => !found.has(name)),
    [],
  );
  t.end();
});
