// The book written out for programs of others, part by part, so that a large one fills no memory. Only what is sealed leaves: nobody can change it any more.
import type * as api from "@partcommune/shared/money/api/books";
import { bookTables } from "@partcommune/shared/money/rules/book-tables";
import { fecName, openFec, type FecEntry } from "@partcommune/shared/money/rules/fec";
import { openJournal, type JournalForm } from "@partcommune/shared/money/rules/journal";
import { dayOf } from "@partcommune/shared/platform/calendar";
import { registeredAs } from "@partcommune/shared/platform/e-addresses";
import type { InputOf } from "@partcommune/shared/platform/endpoint";
import { csvPages } from "../../platform/csv.ts";
import type { Streamed } from "../../platform/doors.ts";
import { letterheadOf } from "../../platform/letterhead.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { houseOf, type House } from "../store/house.ts";
import * as store from "../store/journal.ts";
import type { Reading } from "../store/ledger.ts";
import { spanOf, tablePages } from "../store/tables.ts";

const entriesAtOnce = 1_000;

/** The sealed entries of these days up to a place, page by page. */
async function* pagesOf(view: Reading, days: store.Days, upTo: bigint): AsyncGenerator<readonly store.JournalEntry[]> {
  let page = await store.journalPage(view, days, { after: 0n, upTo }, entriesAtOnce);
  for (let last = page.at(-1); last; last = page.at(-1)) {
    yield page;
    page = await store.journalPage(view, days, { after: last.position, upTo }, entriesAtOnce);
  }
}

/** The book of these days as a program of plain-text accounting reads it. */
export async function* journalText(view: Reading, form: JournalForm, days: store.Days): AsyncGenerator<string> {
  const upTo = await store.lastSealed(view);
  const { head, transaction, foot } = openJournal(form, { ...days, standing: await store.standingBefore(view, days, upTo) });
  yield head;
  for await (const page of pagesOf(view, days, upTo)) yield page.map(transaction).join("");
  yield foot();
}

/** The days of a year that the book holds; any other is absent. */
export async function yearHeld(view: Reading, year: number): Promise<store.Days> {
  return found((await store.yearsOfBook(view)).some((each) => each.year === year) ? store.daysOfYear(year) : undefined);
}

/** A year as the French tax administration asks for it. */
export async function* fecText(
  view: Reading,
  { currency, zone }: Pick<House, "currency" | "zone">,
  days: store.Days,
): AsyncGenerator<string> {
  const upTo = await store.lastSealed(view);
  const { head, entry } = openFec(currency, { ...days, standing: await store.standingBefore(view, days, upTo) });
  yield head;
  for await (const page of pagesOf(view, days, upTo)) {
    const papers = await store.papersNamed(view, page);
    const told = ({ document, sealedAt, ...each }: store.JournalEntry): FecEntry => {
      const paper = papers.get(document ?? "");
      return { ...each, sealedOn: dayOf(sealedAt, zone), ...(paper ? { paper } : {}) };
    };
    yield page.map((each) => entry(told(each))).join("");
  }
}

/** The same with its name. */
export async function fecFile({ db }: Reading, { year }: InputOf<typeof api.downloadFec>): Promise<Streamed> {
  const days = await yearHeld({ db }, year);
  const house = await houseOf(db);
  const { vatNumber } = await letterheadOf(db);
  const siren = house.country === "FR" ? registeredAs("FR", vatNumber)?.id : undefined;
  return { name: fecName(siren, days.last), parts: fecText({ db }, house, days) };
}

/** A table of a year for a spreadsheet. */
export async function tableFile({ db }: Reading, { year, table }: InputOf<typeof api.downloadTable>): Promise<Streamed> {
  const days = await yearHeld({ db }, year);
  const { zone } = await houseOf(db);
  return {
    name: `${table}-${year}.csv`,
    parts: csvPages(bookTables[table], tablePages({ db }, table, { ...spanOf(days, zone), upTo: await store.lastSealed({ db }) })),
  };
}

const endings: Readonly<Record<JournalForm, string>> = { hledger: "journal", ledger: "ledger", beancount: "beancount" };

/** A year as a journal. */
export async function journalFile(view: View, { year, form }: InputOf<typeof api.downloadJournal>): Promise<Streamed> {
  const days = await yearHeld(view, year);
  return { name: `${year}.${endings[form]}`, parts: journalText(view, form, days) };
}
