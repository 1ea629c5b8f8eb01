// The book as programs of others read it: each reckons from the journal what every account holds, and refuses what is no book.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalForm } from "@partcommune/shared/money/rules/journal";

const asked: Readonly<Record<JournalForm, readonly [program: string, package_: string]>> = {
  hledger: ["hledger", "hledger"],
  ledger: ["ledger", "ledger"],
  beancount: ["bean-query", "beancount"],
};

/** Whether the judge is on this machine; where judges are required, its absence is a fault. */
export function judgeIsHere(judge: JournalForm): boolean {
  const [program, package_] = asked[judge];
  const here = spawnSync(program, ["--version"]).status === 0;
  if (!here && process.env["JUDGES"] === "required")
    throw new Error(`${program} is required here and not found: apt-get install ${package_}`);
  return here;
}

function said(journal: string, [program, ...words]: readonly [program: string, ...words: string[]]): string {
  const { status, stdout, stderr } = spawnSync(program, words, { input: journal, encoding: "utf8", maxBuffer: 1 << 28 });
  // Beancount says what is wrong and answers all the same.
  if (status !== 0 || stderr !== "") throw new Error(stderr || stdout);
  return stdout;
}

const readers: Readonly<Record<JournalForm, (journal: string) => string>> = {
  hledger: (journal) =>
    said(journal, ["hledger", "-f", "-", "balance", "--no-elide", "--flat", "-N", "-E", "-O", "csv"]).replaceAll('"', ""),
  ledger: (journal) =>
    said(journal, ["ledger", "-f", "-", "balance", "--flat", "--empty", "--no-total", "--format", "%(account),%(amount)\n"]),
  beancount: (journal) => {
    // It opens what it reads more than once.
    const folder = mkdtempSync(join(tmpdir(), "journal-"));
    const file = join(folder, "journal.beancount");
    writeFileSync(file, journal);
    try {
      const sums = said("", ["bean-query", "-f", "csv", file, "select account, currency, sum(number) group by account, currency"]);
      return sums.replaceAll(/^(\S+)\s*,([A-Z]{3}),\s*(\S+)\r?$/gm, "$1,$3 $2");
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** What each account holds in the eyes of a judge, by its name there, without the accounts that hold nothing. It throws where the judge takes it for no book. */
export function heldBy(judge: JournalForm, journal: string): ReadonlyMap<string, string> {
  const lines = readers[judge](journal).split("\n");
  return new Map(
    lines.flatMap((line): readonly (readonly [string, string])[] => {
      const [, name = "", amount = ""] = /^([^,]+),\s*(-?\d+(?:\.\d+)? [A-Z]{3})\s*$/.exec(line) ?? [];
      return name === "" || /^-?0(\.0+)? /.test(amount) ? [] : [[name, amount]];
    }),
  );
}

/** The sum of all postings that a query finds, as hledger prints it, `0.00` where it finds none. */
export function hledgerSum(journal: string, ...query: readonly string[]): string {
  const csv = said(journal, ["hledger", "-f", "-", "balance", "--no-elide", "--flat", "-O", "csv", ...query]);
  const [, sum = ""] = /"[Tt]otal:?","([^"]*)"/.exec(csv) ?? [];
  return /-?\d+\.\d+/.exec(sum)?.[0] ?? "0.00";
}
