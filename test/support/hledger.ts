// The book as another program reads it: hledger reckons from the journal what the fund's page says.
import { spawnSync } from "node:child_process";

/** Whether the judge is on this machine; where judges are required, its absence is a fault. */
export function hledgerIsHere(): boolean {
  const here = spawnSync("hledger", ["--version"]).status === 0;
  if (!here && process.env["JUDGES"] === "required") throw new Error("hledger is required here and not found: apt-get install hledger");
  return here;
}

/** The sum of all postings that a query finds, as hledger prints it, `0.00` where it finds none. */
export function hledgerSum(journal: string, ...query: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("hledger", ["-f", "-", "balance", "--no-elide", "--flat", "-O", "csv", ...query], {
    input: journal,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  const [, sum = ""] = /"[Tt]otal:?","([^"]*)"/.exec(stdout) ?? [];
  return /-?\d+\.\d+/.exec(sum)?.[0] ?? "0.00";
}
