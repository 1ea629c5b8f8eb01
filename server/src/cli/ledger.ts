// What an operator asks of the book.
import { once } from "node:events";
import { checks } from "../checks.ts";
import type { BookTable } from "@partcommune/shared/money/rules/book-tables";
import type { JournalForm } from "@partcommune/shared/money/rules/journal";
import { daysOfBook, fecFile, firstBrokenSeal, journalText, tableFile, yearHeld } from "../money/index.ts";
import { askAndKeep, asText, linesOf } from "../platform/checks.ts";
import type { Database } from "../platform/database.ts";
import type { Streamed } from "../platform/doors.ts";
import { realClock } from "../platform/world.ts";
import { asking, reading } from "./database.ts";
import { somethingFound } from "./ends.ts";

/** Asks every domain's checks and keeps what they said for the desk of the books. As the server's role: the book's reader may not see what the other domains keep. */
export async function ledgerCheck(): Promise<void> {
  const asked = await asking("app", (db) => askAndKeep(checks, db, realClock()));
  for (const line of linesOf(asked)) console.log(line);
  const found = asked.filter(({ rows }) => rows.length > 0).length;
  console.log(`${asked.length} checks, ${found} found something`);
  if (found > 0) process.exitCode = somethingFound;
}

/** Reckons every seal again from the rows, with the eyes of an auditor. */
export async function verifyLedger(): Promise<void> {
  const broken = await reading("reader", (db) => firstBrokenSeal({ db }));
  console.log(broken ? `BROKEN ${asText(broken)}` : "ok     every sealed entry is what it was when it was sealed");
  if (broken) process.exitCode = somethingFound;
}

type Wanted = { readonly year?: number };

/** Prints a year of the book, or all of it, as another program reads it. */
export async function printJournal({ for: form, year }: Wanted & { readonly for: JournalForm }): Promise<void> {
  await reading("reader", async (db) => {
    const days = year === undefined ? await daysOfBook({ db }) : await yearHeld({ db }, year);
    if (days) await print(journalText({ db }, form, days));
  });
}

/** Prints a year as the French tax administration asks for it. */
export const printFec = ({ year }: Required<Wanted>): Promise<void> => printFile((db) => fecFile({ db }, { year }));

/** Prints a table of a year for a spreadsheet. */
export const printTable = (table: BookTable, { year }: Required<Wanted>): Promise<void> =>
  printFile((db) => tableFile({ db }, { year, table }));

/** As the server's role: papers, and what members are owed, stand beside the book. What the file is called goes another way than what is in it. */
const printFile = (written: (db: Database) => Promise<Streamed>): Promise<void> =>
  reading("app", async (db) => {
    const { name, parts } = await written(db);
    console.error(name);
    await print(parts);
  });

/** Prints part by part, no faster than it is read. */
async function print(parts: AsyncIterable<string | Uint8Array>): Promise<void> {
  for await (const part of parts) if (!process.stdout.write(part)) await once(process.stdout, "drain");
}
