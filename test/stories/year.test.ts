// A whole book year through the public doors on virtual time: three kinds of money, three ways of being paid, late clients and one that fails, a fee that changes in July. `npm run drill -- year` is the whole one.
import { test } from "tap";
import { payRows } from "@partcommune/shared/platform/packs";
import { brussels, inLille } from "./town/town.ts";
import { tellBookYear } from "./year/year.ts";

const number = (name: string, small: number): number => Number(process.env[name] ?? small);
const size = { members: number("MEMBERS", 8), clients: number("CLIENTS", 8), engagements: number("ENGAGEMENTS", 40) };
const rhythm = process.env["RHYTHM"] === "daily" ? "daily" : "sparse";
const seed = process.env["YEARS"] ?? "1";
const house = process.env["HOUSE"] === "FR" ? inLille : brussels;
/** Where no model estimates pay, the office decides it and corrects nothing. */
const isEstimated = payRows.some(({ country }) => country === house.place.country);

test(`a book year of ${size.engagements} engagements, seed ${seed}`, { timeout: 360_000_000 }, async (t) => {
  const year = await tellBookYear(t, { size, seed, house, rhythm });
  for (const line of year.text) t.comment(line);
  t.same(
    year.wrong.slice(0, 20),
    [],
    "book and bank agree each evening, each line of the bank is explained, and every step went as the law has it",
  );
  t.equal(year.closed, 12, "each month was closed");
  t.equal(year.tooLate, "period-closed", "nothing is dated into the year any more");
  t.same(
    [...year.sums],
    [
      ["CHF", 0n],
      ["EUR", 0n],
      ["SEK", 0n],
    ],
    "in each money debits are credits",
  );
  t.equal(year.seals, undefined, "every seal verifies");
  t.same(year.fees.wrong.slice(0, 20), [], "each fee is the one of the day it was signed, to the cent, and each pot has its part");
  t.same(new Set(year.fees.rates.keys()), new Set([85_000, 79_000]), "the members changed the fee");
  t.equal(year.feeFrom, "2026-07-01", "from the day that was voted");
  t.ok(year.fees.late > 0, "what was signed before keeps its rate");
  for (const kind of [
    "fx.revalued",
    "year.closed",
    "invoice.credited",
    "guarantee.lost",
    ...(isEstimated ? ["payroll.corrected"] : []),
    "payroll.remitted",
    "vat.paid",
    "cost.paid",
    "premium.paid",
    "member.billed",
  ])
    t.ok((year.kinds.get(kind) ?? 0) > 0, `${kind} is in the book`);
  t.ok(year.credits.made > 0, "a credit note is given before the member is paid");
  t.ok(year.credits.refused > 0 && year.credits.refused === year.credits.borne, "and after only where a pot bears it");
});
