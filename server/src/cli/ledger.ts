// What an operator asks of the book.
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { checks } from "../checks.ts";
import type { BookTable } from "@partcommune/shared/money/rules/book-tables";
import type { JournalForm } from "@partcommune/shared/money/rules/journal";
import { jsonText } from "@partcommune/shared/platform/json";
import {
  checkSealedBook,
  checkWritten,
  daysOfBook,
  fecFile,
  journalText,
  lineText,
  sealedBook,
  sealLog,
  tableFile,
  yearHeld,
  type SealChecking,
  type Witnessed,
} from "../money/index.ts";
import { askAndKeep, linesOf } from "../platform/checks.ts";
import type { Database } from "../platform/database.ts";
import type { Streamed } from "../platform/doors.ts";
import { Halt, haltUnless } from "../platform/halt.ts";
import { readSignedHead } from "../platform/transparency/heads.ts";
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

/** Writes the sealed book with all that its seals are taken of: whoever has the file checks it without us. */
export async function exportLedger(path: string): Promise<void> {
  const file = createWriteStream(path, { flags: "wx", mode: 0o600 });
  await reading("reader", (db) => pipeline(textsOf(sealedBook({ db })), file)).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EEXIST" ? new Halt(`${path} is there already. Name another file.`) : error;
  });
  console.log(`${path} holds the sealed book: ids and amounts, no names. Who has it checks it with: npm run coop -- verify ledger ${path}`);
}

async function* textsOf(lines: ReturnType<typeof sealedBook>): AsyncGenerator<string> {
  for await (const line of lines) yield lineText(line);
}

type Asked = { readonly head?: string };

/** Reckons every seal again: from the rows, with the eyes of an auditor, or from an export alone; and whether the book came by a head that somebody kept. */
export async function verifyLedger(path: string | undefined, { head }: Asked): Promise<void> {
  const witnessed = head === undefined ? [] : [await headIn(head)];
  const checking =
    path === undefined ? await reading("reader", (db) => checkSealedBook({ db }, witnessed)) : await checkFile(path, witnessed);
  const broken = checking.end();
  console.log(broken ? `BROKEN ${jsonText(broken)}` : "ok     every sealed entry is what it was when it was sealed");
  if (broken) process.exitCode = somethingFound;
  else for (const line of foundBy(checking, head)) console.log(line);
}

function foundBy(checking: SealChecking, head: string | undefined): readonly string[] {
  const { entries, batches, heads, keys } = checking.counted();
  const signed = keys.length === 0 ? "" : `, signed by the key ${keys.join(" and ")}`;
  return [
    `       ${entries} entries, ${batches} seals, ${heads} heads${signed}`,
    ...(head === undefined ? [] : [`ok     the book came by the head in ${head}, and has only grown since`]),
  ];
}

async function headIn(path: string): Promise<Witnessed> {
  const signed = await readSignedHead((await readFile(path, "utf8")).trim());
  haltUnless(signed !== undefined && signed.head.log === sealLog, `${path} is no signed head of a ledger.`);
  return signed.head;
}

async function checkFile(path: string, witnessed: readonly Witnessed[]): Promise<SealChecking> {
  try {
    return await checkWritten(createReadStream(path, "utf8"), witnessed);
  } catch (error) {
    throw new Halt(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
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
