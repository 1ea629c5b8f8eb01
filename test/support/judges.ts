// Programs that share nothing with us and judge what we write: what each account holds by the journals, numbers by their check digits, payment files by the schema of those who publish their form.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalForm } from "@partcommune/shared/money/rules/journal";

/** Debian's own Python knows Debian's modules, whichever stands first on the path. */
const pythons = ["python3", "/usr/bin/python3"] as const;

const answered = new Map<string, boolean>();

/** Whether a program answers; asked once in a run. */
function answers(...call: readonly [program: string, ...words: string[]]): boolean {
  const [program, ...words] = call;
  const name = call.join(" ");
  const before = answered.get(name) ?? spawnSync(program, words).status === 0;
  answered.set(name, before);
  return before;
}

const pythonWith = (module: string): string | undefined => pythons.find((python) => answers(python, "-c", `import ${module}`));

/** The schemas of ISO 20022 as the German banks' library brings them. */
export const bankSchemas = "/usr/share/java/hbci4j-core.jar";

const judges = {
  hledger: { here: () => answers("hledger", "--version"), package: "hledger" },
  ledger: { here: () => answers("ledger", "--version"), package: "ledger" },
  beancount: { here: () => answers("bean-query", "--version") && pythonWith("beancount") !== undefined, package: "beancount" },
  stdnum: { here: () => pythonWith("stdnum") !== undefined, package: "python3-stdnum" },
  bankSchemas: { here: () => existsSync(bankSchemas), package: "libhbci4j-core-java" },
} as const satisfies Readonly<Record<string, { readonly here: () => boolean; readonly package: string }>>;

export type Judge = keyof typeof judges;

/** Those who are not on this machine, each with the package of Debian that brings them. */
export const absentJudges = (): readonly (readonly [Judge, string])[] =>
  (Object.keys(judges) as Judge[]).flatMap((judge) => (judges[judge].here() ? [] : [[judge, judges[judge].package] as const]));

/** Whether the judge is on this machine; where judges are required, its absence is a fault. */
export function judgeIsHere(judge: Judge): boolean {
  const here = judges[judge].here();
  if (!here && process.env["JUDGES"] === "required")
    throw new Error(`${judge} is required here and not found: apt-get install ${judges[judge].package}`);
  return here;
}

function said(input: string, [program, ...words]: readonly [program: string, ...words: string[]]): string {
  const { status, stdout, stderr } = spawnSync(program, words, { input, encoding: "utf8", maxBuffer: 1 << 28 });
  // Beancount says what is wrong and answers all the same.
  if (status !== 0 || stderr !== "") throw new Error(stderr || stdout);
  return stdout;
}

const python = (module: string, script: string, input: unknown): unknown =>
  JSON.parse(said(JSON.stringify(input), [pythonWith(module) ?? "python3", "-c", script]));

function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "journal-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const readers: Readonly<Record<JournalForm, (journal: string) => string>> = {
  hledger: (journal) =>
    said(journal, ["hledger", "-f", "-", "balance", "--no-elide", "--flat", "-N", "-E", "-O", "csv"]).replaceAll('"', ""),
  ledger: (journal) =>
    said(journal, ["ledger", "-f", "-", "balance", "--flat", "--empty", "--no-total", "--format", "%(account),%(amount)\n"]),
  // It opens what it reads more than once.
  beancount: (journal) =>
    inFolder((folder) => {
      const file = join(folder, "journal.beancount");
      writeFileSync(file, journal);
      const sums = said("", ["bean-query", "-f", "csv", file, "select account, currency, sum(number) group by account, currency"]);
      return sums.replaceAll(/^(\S+)\s*,([A-Z]{3}),\s*(\S+)\r?$/gm, "$1,$3 $2");
    }),
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

const takes = (judge: JournalForm, journal: string): boolean => {
  try {
    return readers[judge](journal) !== "";
  } catch {
    return false;
  }
};

/** Beancount takes longer to begin than to read, so that it reads many at once. */
const loadEach = `
import json, sys
from beancount import loader
print(json.dumps([len(loader.load_string(each)[1]) == 0 for each in json.load(sys.stdin)]))`;

/** Of each of these, whether the judge takes it for a book. */
export const takenBy = (judge: JournalForm, journals: readonly string[]): readonly boolean[] =>
  judge === "beancount"
    ? (python("beancount", loadEach, journals) as readonly boolean[])
    : journals.map((journal) => takes(judge, journal));

// Of an account at a bank the check digits alone are asked: stdnum's list of Belgian banks lacks some.
const checkDigits = `
import json, sys
from stdnum import iban, iso11649
from stdnum.eu import vat
takes = {'iso11649': iso11649.is_valid, 'iban': lambda number: iban.is_valid(number, check_country=False), 'eu.vat': vat.is_valid}
print(json.dumps([takes[sort](number) for sort, number in json.load(sys.stdin)]))`;

/** A sort of number as stdnum calls it. */
export type NumberSort = "iso11649" | "iban" | "eu.vat";

/** Of each number, whether stdnum takes it for one of its sort. */
export const numbersTaken = (numbers: readonly (readonly [NumberSort, string])[]): readonly boolean[] =>
  python("stdnum", checkDigits, numbers) as readonly boolean[];

/** The sum of all postings that a query finds, as hledger prints it, `0.00` where it finds none. */
export function hledgerSum(journal: string, ...query: readonly string[]): string {
  const csv = said(journal, ["hledger", "-f", "-", "balance", "--no-elide", "--flat", "-O", "csv", ...query]);
  const [, sum = ""] = /"[Tt]otal:?","([^"]*)"/.exec(csv) ?? [];
  return /-?\d+\.\d+/.exec(sum)?.[0] ?? "0.00";
}
