// The books before judges that share nothing with us, in short: three programs of plain-text accounting, the check digits of stdnum, and a reader of the FEC that knows the law and not our writer. `npm run check:books` asks them of a whole demo.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { sql } from "kysely";
import { test, type Test } from "tap";
import { downloadFec } from "@partcommune/shared/money/api/books";
import { journalForms, type JournalForm } from "@partcommune/shared/money/rules/journal";
import { rfReference } from "@partcommune/shared/money/rules/reference";
import { frenchAccount } from "@partcommune/shared/money/rules/french-chart";
import { changeLetterhead } from "@partcommune/shared/platform/api";
import type { Day } from "@partcommune/shared/platform/time";
import { fecText, sealEntries, daysOfYear } from "@partcommune/server/money/index";
import { proving } from "../support/authenticator.ts";
import { coop as atTerminal } from "../support/cli.ts";
import { openBook, type TestBook } from "../support/book.ts";
import { postEveryRow } from "../support/entries.ts";
import { readFec, type FecLine } from "../support/fec.ts";
import { atelierCommun } from "../support/founding.ts";
import { invoiced } from "../support/invoices.ts";
import { judgeIsHere, numbersTaken, type NumberSort } from "../support/judges.ts";
import { verdictOf } from "../support/judged-book.ts";
import { ibans, treasury } from "../support/treasury.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/books.md"), "utf8");

/** The chart as the page for accountants says it: a pattern of our codes, the side it holds for, and the account. */
const chart = Array.from(
  page.matchAll(/^\| `([^`]+)` \| (\w+(?:\{\w+\})?) \| (.+?) \| (.+?) \|$/gm),
  ([, ours = "", number = "", label = "", why = ""]) => {
    const [code = "", side = ""] = ours.split(", ");
    return { code, side, number, label, why };
  },
);

const filled = (text: string): string =>
  text
    .replaceAll("{NAME}", "MAIN")
    .replaceAll("{name}", "main")
    .replaceAll("{country}", "BE")
    .replaceAll("{currency}", "CHF")
    .replaceAll("{id}", "7");

/** The number that the page names for an account of ours. */
function numberOnPage(code: string, minor: bigint): string {
  const side = minor > 0n ? "debit" : "credit";
  for (const row of chart) {
    const pattern = new RegExp(`^${row.code.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === "id" ? ".+" : "(\\w+)"))}$`);
    const found = pattern.exec(code);
    if (found && (row.side === "" || row.side === side))
      return row.number.replace(/\{(\w+)\}/, (_, name: string) => (name === "NAME" ? (found[1] ?? "").toUpperCase() : (found[1] ?? "")));
  }
  throw new Error(`the page knows no ${code}`);
}

type Sums = Readonly<Record<string, bigint>>;

/** What the ledger says each French account moved by: of the year, without what closes it, in the coop's money. */
async function sumsOf({ db }: TestBook, year: number, upTo = false): Promise<Sums> {
  const { rows } = await sql<{ code: string; minor: bigint }>`
    select code, amount as minor from ledger.leg join ledger.account using (account_id) join ledger.entry using (entry_id)
    where leg.currency = 'EUR' and ${upTo ? sql`year < ${year}` : sql`year = ${year} and kind <> 'year.closed'`}`.execute(db);
  const standing = Map.groupBy(rows, ({ code }) => code);
  const moved = upTo ? [...standing].map(([code, legs]) => ({ code, minor: legs.reduce((sum, { minor }) => sum + minor, 0n) })) : rows;
  const sums: Record<string, bigint> = {};
  for (const { code, minor } of moved) {
    const number = numberOnPage(code, minor);
    sums[number] = (sums[number] ?? 0n) + minor;
  }
  return sums;
}

const without0 = (sums: Sums): Sums => Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0n));

const sumsIn = (lines: readonly FecLine[]): Sums =>
  without0(
    Object.fromEntries(
      [...Map.groupBy(lines, ({ CompteNum }) => CompteNum ?? "")].map(([number, of]) => [
        number,
        BigInt(of.reduce((sum, { cents }) => sum + cents, 0)),
      ]),
    ),
  );

/** Costs and income of before as the law has them carried on. */
function carriedOn(sums: Sums): Sums {
  const kept = Object.entries(sums).filter(([number]) => !/^[67]/.test(number));
  const result = Object.entries(sums).reduce((sum, [number, minor]) => (/^[67]/.test(number) ? sum + minor : sum), 0n);
  return without0({ ...Object.fromEntries(kept), [result > 0n ? "119" : "110"]: result });
}

test("the page says of each account what the law of ours says", (t) => {
  t.ok(chart.length > 30, `${chart.length} rows`);
  for (const { code, side, number, label, why } of chart) {
    const { auxiliary: _, ...account } = frenchAccount(filled(code), side === "credit" ? "credit" : "debit");
    t.same(account, { number: filled(number), label: filled(label), because: why }, code);
  }
  t.throws(() => frenchAccount("pot:holidays", "debit"), /no pot:holidays/);
  t.end();
});

const changes = 10;

test("every kind of entry over two years", async (t) => {
  const book = await openBook(t);
  const later = "2027-01-05" as Day;
  await postEveryRow(book);
  await book.act((scope) => sealEntries(scope));
  book.wait(40 * 86_400_000);
  await postEveryRow(book, later);
  await book.act((scope) => sealEntries(scope));
  for (const form of journalForms)
    await t.test(`${form} reckons as we do, and sees whatever is changed`, async (step) => judged(step, book, form));
  await t.test("the FEC holds what the law asks, and says of every account what the ledger says", async (step) => filed(step, book));
});

async function judged(t: Test, { db }: TestBook, form: JournalForm): Promise<void> {
  if (!judgeIsHere(form)) return void t.comment(`skipped: ${form} is not here`);
  const { ours, theirs, unseen } = await verdictOf(db, form, 2027, changes, "books");
  t.ok(ours.size > 20, `${ours.size} accounts`);
  t.same(theirs, ours);
  t.same(unseen, []);
}

async function filed(t: Test, book: TestBook): Promise<void> {
  const house = { currency: "EUR", zone: "Europe/Brussels" };
  const [first, second] = [
    await textOf(Readable.from(fecText(book, house, daysOfYear(2026)))),
    await textOf(Readable.from(fecText(book, house, daysOfYear(2027)))),
  ];
  const [lines, next] = [readFec(first), readFec(second)];
  t.same(sumsIn(lines), without0(await sumsOf(book, 2026)), "the first year, account by account");
  t.same(sumsIn(next.filter(({ JournalCode }) => JournalCode !== "AN")), without0(await sumsOf(book, 2027)), "the second");
  t.same(
    sumsIn(next.filter(({ JournalCode }) => JournalCode === "AN")),
    carriedOn(await sumsOf(book, 2027, true)),
    "and what was held before it",
  );
  t.equal(next[0]?.["JournalCode"], "AN");
  t.notOk(
    lines.some(({ JournalCode }) => JournalCode === "AN"),
    "before the first year there was nothing",
  );
  const foreign = lines
    .filter(({ Idevise }) => Idevise !== "")
    .map(({ CompteNum, Debit, Credit, Montantdevise, Idevise }) => [CompteNum, Debit, Credit, Montantdevise, Idevise]);
  t.same(foreign, [
    ["4678CHF", "2080,00", "0,00", "2000,00", "CHF"],
    ["4678CHF", "0,00", "2080,00", "-2000,00", "CHF"],
  ]);
  t.same(new Set(lines.map(({ ValidDate }) => ValidDate)), new Set(["20261207"]), "final when it was sealed");
  const cent = first.replace("2420,00\t0,00", "2420,01\t0,00");
  t.not(cent, first);
  t.throws(() => readFec(cent), /does not balance/, "a cent more is found");
  const both = cent.replace("\t0,00\t420,00", "\t0,00\t420,01");
  t.notSame(sumsIn(readFec(both)), sumsIn(lines), "and where it balances, it is not what the ledger says");
  t.throws(() => readFec(first.replace(/^OD\t.*\t2\t(?:.*\r\n)/m, "")), /does not balance|gap/, "an entry that is taken out leaves a gap");
}

test("a coop in the French register gives the file its number, any other none", async (t) => {
  const stage = await treasury(
    t,
    {},
    { country: "FR", zone: "Europe/Paris", letterhead: { ...atelierCommun.letterhead, vatNumber: "FR40303265045" } },
  );
  const { coop, tess, worker, board } = stage;
  const { number } = await invoiced(coop, stage);
  await coop.keepTime();
  const ask = async () => tess.raw({ method: "GET", url: `${downloadFec.path}?year=2026` });
  const { body, headers } = await ask();
  t.match(headers["content-disposition"], /filename="303265045FEC20261231\.txt"/);
  t.match(headers["content-type"], /^text\/plain/);
  const lines = readFec(body);
  t.same(
    lines.map(({ CompteNum }) => CompteNum),
    ["411", "44571FR", "4671", "10681", "10682", "10683", "10684", "10685"],
  );
  t.ok(
    lines.every(({ PieceRef }) => PieceRef === number),
    "each bears the number of its paper",
  );
  for (const name of ["Anna", "Carla", "Atelier"]) t.notMatch(body, name);
  t.equal((await worker.raw({ method: "GET", url: `${downloadFec.path}?year=2026` })).statusCode, 403);
  const printed = await atTerminal(coop.url, "ledger", "fec", "--year", "2026");
  t.match(printed, { code: 0, out: body, error: /303265045FEC20261231\.txt/ });
  const { vatNumber: _, ...letterhead } = atelierCommun.letterhead;
  t.equal((await proving(coop, board).call(changeLetterhead, letterhead)).problem, undefined);
  t.match((await ask()).headers["content-disposition"], /filename="FEC20261231\.txt"/);
});

test("stdnum takes every reference that we write, and every account and VAT number of these tests", async (t) => {
  if (!judgeIsHere("stdnum")) return void t.comment("skipped: stdnum is not here");
  const references = Array.from({ length: 500 }, (_, at) => rfReference(`BE-2026-${String(at * 1_997 + 1).padStart(6, "0")}`));
  const right: readonly (readonly [NumberSort, string])[] = [
    ...references.map((each) => ["iso11649", each] as const),
    ...ibans.map((each) => ["iban", each] as const),
    ["eu.vat", atelierCommun.letterhead.vatNumber ?? ""],
  ];
  t.same(
    numbersTaken(right).flatMap((taken, at) => (taken ? [] : [right[at]])),
    [],
  );
  const wrong = references.map((each) => ["iso11649", each.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10))] as const);
  t.notOk(numbersTaken(wrong).includes(true), "none with one wrong digit");
});
