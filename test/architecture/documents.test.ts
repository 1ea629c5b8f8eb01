// Documents that a test can keep true are kept true: problems.md, openapi.json and the table types.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type Test } from "tap";
import { endpoints } from "@partcommune/shared/endpoints";
import { problems } from "@partcommune/shared/problems";
import { openApi } from "@partcommune/server/platform/openapi";

const docs = join(import.meta.dirname, "../../docs");

/** Compares a document with what the code says; `GOLDEN=write` writes it instead. */
function keep(t: Test, file: string, expected: string): void {
  const path = join(docs, file);
  if (process.env["GOLDEN"] === "write") writeFileSync(path, expected);
  t.equal(readFileSync(path, "utf8"), expected, `docs/${file} says what the code says (GOLDEN=write npm test)`);
}

function problemsPage(): string {
  const rows = Object.entries(problems)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, { status, says, rule, changedBy }]) => `| \`${name}\` | ${status} | ${says} | ${rule ?? ""} | ${changedBy ?? ""} |`);
  return [
    "# Refusals",
    "",
    "Every answer that is not a yes is an `application/problem+json` document (RFC 9457). `type` is `/problems/<name>`; words in braces are filled with the facts of the case.",
    "",
    "| name | status | says | rule | who can change it |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

test("docs/problems.md lists every refusal and no other", (t) => {
  keep(t, "problems.md", problemsPage());
  t.end();
});

test("docs/openapi.json is what the endpoints say", (t) => {
  keep(t, "openapi.json", `${JSON.stringify(openApi(endpoints), null, 1)}\n`);
  t.end();
});

test("an endpoint's own refusals are declared", (t) => {
  const undeclared = Object.values(endpoints).flatMap(({ path, refusals }) =>
    refusals.filter((name) => !(name in problems)).map((name) => `${path} ${name}`),
  );
  t.same(undeclared, []);
  t.end();
});

test("the table types are what the migrations make", (t) => {
  const { status, stderr } = spawnSync(process.execPath, [join(docs, "../test/tables.ts"), "--verify"], { encoding: "utf8" });
  t.equal(status, 0, stderr);
  t.end();
});
