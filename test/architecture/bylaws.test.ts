// What members vote is carried out: each rule of the register is read by the software, but for those of which the pages say that nothing follows from them yet.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "tap";
import { bylawKeys } from "@partcommune/shared/governance/rules/bylaws";
import { isHeeded } from "@partcommune/shared/governance/rules/unheeded";

const root = join(import.meta.dirname, "../..");
/** They name rules, and read none: the register, what holds two rules against each other, and the list itself. */
const naming = ["bylaws.ts", "together.ts", "unheeded.ts"].map((file) => `shared/src/governance/rules/${file}`);

test("no rule is voted on for nothing without a word", (t) => {
  const files = globSync("{server,shared}/src/**/*.ts", { cwd: root }).filter((file) => !naming.includes(file));
  const code = files.map((file) => readFileSync(join(root, file), "utf8")).join("\n");
  t.ok(files.length > 500, "the code was found");
  for (const key of bylawKeys) t.equal(code.includes(`"${key}"`), isHeeded(key), key);
  t.end();
});
