// The desk of the books: who sees it and who takes the files, what the checks said, and each year as a file that stands alone.
import { sql } from "kysely";
import { test, type Test } from "tap";
import { handInAllowance } from "@partcommune/shared/money/api";
import { downloadJournal, downloadTable, readBooks } from "@partcommune/shared/money/api/books";
import { bookTableNames } from "@partcommune/shared/money/rules/book-tables";
import type { JournalForm } from "@partcommune/shared/money/rules/journal";
import { dayMs } from "@partcommune/shared/platform/time";
import { balancesUnder } from "@partcommune/server/money/index";
import { checks } from "@partcommune/server/checks";
import { askAndKeep } from "@partcommune/server/platform/checks";
import { kyselyOn, openPool } from "@partcommune/server/platform/database";
import type { Caller } from "../support/coop.ts";
import { coop as atTerminal } from "../support/cli.ts";
import { rowsOf } from "../support/csv.ts";
import { invoiced } from "../support/invoices.ts";
import { heldBy, judgeIsHere } from "../support/judges.ts";
import { withRole } from "../support/people.ts";
import { told } from "../support/told.ts";
import { clientPaid, entered, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";

const lateInTheYear = { now: "2026-12-20T09:00:00Z" };

/** Work of two years: one invoice paid, one of the next year open. */
async function twoYears(stage: Treasury): Promise<void> {
  const { coop } = stage;
  const { invoice } = await invoiced(coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  coop.wait(20 * dayMs);
  await invoiced(coop, { ...stage, price: "1000.00" });
  await coop.keepTime();
}

const journalOf = async (caller: Caller, year: number, form: JournalForm) =>
  caller.raw({ method: "GET", url: `${downloadJournal.path}?year=${year}&form=${form}` });

test("treasurers and accountants take the files, the board sees what the checks said, and nobody else finds a desk", async (t) => {
  const stage = await treasury(t, lateInTheYear);
  const { coop, board, buyer, worker, tess } = stage;
  const accountant = await withRole(coop, board, "Ace", "accountant");
  t.same((await tess.call(readBooks, {})).body, { years: [], waiting: 0, takes: true }, "nothing yet, and never checked");
  await twoYears(stage);
  const seen = {
    years: [
      { year: 2027, entries: 1 },
      { year: 2026, entries: 2 },
    ],
    waiting: 0,
  };
  for (const [who, takes] of [
    [tess, true],
    [accountant, true],
    [board, false],
  ] as const)
    t.match((await who.call(readBooks, {})).body, { ...seen, takes });
  for (const [who, desk, file] of [
    [coop.someone(), 401, 401],
    [buyer, 403, 403],
    [worker, 403, 403],
    [board, 200, 403],
    [accountant, 200, 200],
  ] as const) {
    t.equal((await who.call(readBooks, {})).status, desk);
    t.equal((await journalOf(who, 2026, "hledger")).statusCode, file);
  }
  t.equal((await journalOf(tess, 2025, "hledger")).statusCode, 404, "a year that the book does not hold");
  t.equal((await journalOf(tess, 1, "hledger")).statusCode, 422);
  const { headers } = await journalOf(tess, 2026, "beancount");
  t.match(headers["content-disposition"], /filename="2026\.beancount"/);
  await t.test("each year stands alone", async (step) => standsAlone(step, stage));
});

/** What was held before, every entry, and what is held at its end. */
async function standsAlone(t: Test, { coop, tess }: Treasury): Promise<void> {
  const [first, second] = [(await journalOf(tess, 2026, "hledger")).body, (await journalOf(tess, 2027, "hledger")).body];
  if (judgeIsHere("hledger")) {
    const held = [...heldBy("hledger", second)].filter(([name]) => /receivable|bank/.test(name)).map(([, amount]) => amount);
    t.same(held.toSorted(), ["1210.00 EUR", "2420.00 EUR"], "the bank's money of the year before, and what is owed of this one");
    t.throws(() => heldBy("hledger", first.replaceAll("2420.00", "2420.01")), "a cent that balances is found at the end of the year");
  } else t.comment("skipped: hledger is not here");
  const whole = (await atTerminal(coop.url, "ledger", "journal")).out;
  t.equal(whole.match(/^20\d\d-\d\d-\d\d \* (invoice\.issued|client\.paid)/gm)?.length, 3, "without a year the terminal prints all of it");
  t.equal((await atTerminal(coop.url, "ledger", "journal", "--year", "2027")).out, second, "and of a year the same bytes");
}

test("what the checks said last is told at the desk", async (t) => {
  const stage = await treasury(t, lateInTheYear);
  const { coop, tess } = stage;
  await invoiced(coop, stage);
  await coop.keepTime();
  await askAndKeep(checks, coop.db, coop.now());
  t.same((await tess.call(readBooks, {})).body.checked, { at: coop.now(), asked: checks.length, found: [] });
  const owner = kyselyOn<never>(openPool(coop.url, "owner", 1, () => undefined));
  const moved = async (by: number): Promise<void> =>
    void (await sql`update ledger.balance set balance = balance + ${by} where account_id = (
      select account_id from ledger.account where code like 'receivable:%')`.execute(owner));
  await moved(1);
  coop.wait(dayMs);
  await askAndKeep(checks, coop.db, coop.now());
  const { at, found = [] } = (await tess.call(readBooks, {})).body.checked ?? {};
  t.equal(at, coop.now());
  t.same(
    found.map(({ name, rows }) => [name, rows]),
    [
      ["ledger-trial-balance", 1],
      ["ledger-balances", 1],
    ],
  );
  await moved(-1);
  await owner.destroy();
});

test("the tables of a year are what the ledger and the papers say, and no cell of them is a formula", async (t) => {
  const stage = await treasury(t, lateInTheYear);
  const { coop, tess, member, worker } = stage;
  await withIban(stage);
  const { invoice, payable, number } = await invoiced(coop, { ...stage, about: "=HYPERLINK(1)" });
  await clientPaid(stage, invoice, "2420.00");
  const payout = await signedPayout(stage, [payable]);
  await told(worker, handInAllowance, { about: "-To Ghent", spentOn: "2026-06-30", kind: "kilometres", units: 80 });
  const { id: waiting } = (await entered(stage, { kind: "incomeReceived", income: "interest", party: "House Bank" }, "500.00")).body;
  await coop.keepTime();
  const ask = async (table: string, year = 2026, who = tess) =>
    who.raw({ method: "GET", url: `${downloadTable.path}?year=${year}&table=${table}` });
  const tables = Object.fromEntries(await Promise.all(bookTableNames.map(async (table) => [table, (await ask(table)).body] as const)));
  for (const table of bookTableNames) t.equal((await ask(table, 2026, worker)).statusCode, 403, table);
  t.equal((await ask("accounts", 2025)).statusCode, 404);
  t.equal((await ask("persons")).statusCode, 422);
  const { accounts = "", entries = "", invoices = "", creditNotes = "", payables = "", payouts = "" } = tables;
  const { bankLines = "", memberInvoices = "", expenses = "", advances = "" } = tables;
  const held = new Map((await balancesUnder(coop, "")).map(({ account, balance }) => [account.code, balance.minor]));
  const minor = (text = "") => BigInt(text.replace(".", ""));
  const closing = new Map(
    rowsOf(accounts).map(({ account = "", closingDebit, closingCredit }) => [account, minor(closingDebit) - minor(closingCredit)]),
  );
  t.same(closing, held, "each account as the ledger has it");
  const legs = new Map<string, bigint>();
  for (const { account = "", debit, credit } of rowsOf(entries))
    legs.set(account, (legs.get(account) ?? 0n) + minor(debit) - minor(credit));
  t.same(legs, new Map([...held].filter(([code]) => legs.has(code))), "and so do the legs sum up");
  t.match(rowsOf(invoices), [
    { number, client: "Carla SA", about: "'=HYPERLINK(1)", gross: "2420.00", paid: "2420.00", sha256: /^[0-9a-f]{64}$/ },
  ]);
  t.same(rowsOf(creditNotes), []);
  t.match(rowsOf(payables), [{ payable, member, invoice: number, amount: "1830.00", paidOn: "" }]);
  t.match(rowsOf(payouts), [{ batch: payout, state: "signed", payable, member, amount: "1830.00", settledOn: "" }]);
  const booked = { kind: "clientPaid", state: "booked", source: "typed", debit: "2420.00", credit: "0.00", invoice: number, party: "" };
  const typed = { line: waiting, kind: "incomeReceived", state: "entered", debit: "500.00", party: "House Bank" };
  t.match(rowsOf(bankLines), [booked, typed]);
  t.match(rowsOf(memberInvoices), [{ kind: "invoice", takesBack: "", member, payable, gross: "1830.00", sha256: /^[0-9a-f]{64}$/ }]);
  t.match(rowsOf(expenses), [{ member, kind: "kilometres", about: "'-To Ghent", state: "waiting", amount: "35.59", units: "80" }]);
  t.same(rowsOf(advances), []);
  for (const name of ["Anna", "BE71", "6769"]) t.notMatch(Object.values(tables).join(), name, "nobody's name or bank account");
  const printed = await atTerminal(coop.url, "ledger", "csv", "payables", "--year", "2026");
  t.match(printed, { code: 0, out: payables, error: /payables-2026\.csv/ });
});
