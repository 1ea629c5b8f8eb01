// A year of the guarantee on virtual time, through the public doors: late clients, clients who never pay, and a large one that fails. `npm run drill -- guarantee-year` is the whole one.
import { test } from "tap";
import { tellYear } from "./guarantee-year/year.ts";
import { yearText } from "./guarantee-year/table.ts";

const number = (name: string, small: number): number => Number(process.env[name] ?? small);
const size = {
  members: number("MEMBERS", 12),
  clients: number("CLIENTS", 10),
  engagements: number("ENGAGEMENTS", 45),
  days: number("DAYS", 110),
};
/** What of the needed fund the founders have, in parts of a thousand. */
const perMille = BigInt(process.env["FUND"] ?? 1_000);
const seeds = (process.env["YEARS"] ?? "1").split(",");

for (const seed of seeds)
  test(`${size.engagements} engagements in ${size.days} days, seed ${seed}`, { timeout: 360_000_000 }, async (t) => {
    const year = await tellYear(t, { size, seed, perMille });
    for (const line of yearText(year).trimEnd().split("\n")) t.comment(line);
    t.same(year.wrong.slice(0, 20), [], "every promise kept on its day or queued in the open, and every figure shown is so");
    // Who begins with less than is needed lets members wait, each in their turn.
    if (perMille >= 1_000n) t.ok(year.kept.longestWait <= 10, "nobody waits for more than ten working days");
  });
