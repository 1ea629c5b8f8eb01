// What an operator asks of the book.
import { createReadStream, createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { checks } from "../checks.ts";
import { openJournal, type JournalForm } from "@partcommune/shared/money/rules/journal";
import {
  checkSealedBook,
  checkWritten,
  journalPage,
  lineText,
  sealedBook,
  sealLog,
  type SealChecking,
  type Witnessed,
} from "../money/index.ts";
import { askEach, asText, linesOf } from "../platform/checks.ts";
import { Halt, haltUnless } from "../platform/halt.ts";
import { readSignedHead } from "../platform/transparency/heads.ts";
import { realClock } from "../platform/world.ts";
import { reading } from "./database.ts";
import { somethingFound } from "./ends.ts";

/** Asks every domain's checks. As the server's role: the book's reader may not see what the other domains keep. */
export async function ledgerCheck(): Promise<void> {
  const asked = await reading("app", (db) => askEach(checks, db, realClock()));
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
  console.log(broken ? `BROKEN ${asText(broken)}` : "ok     every sealed entry is what it was when it was sealed");
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

const entriesAtOnce = 1_000;

/** Prints the whole book as another program reads it, in the order in which it was posted. */
export async function printJournal({ for: form }: { readonly for: JournalForm }): Promise<void> {
  const { head, transaction } = openJournal(form);
  process.stdout.write(head);
  await reading("reader", async (db) => {
    let page = await journalPage({ db }, 0n, entriesAtOnce);
    for (let last = page.at(-1); last; last = page.at(-1)) {
      process.stdout.write(page.map(transaction).join(""));
      page = await journalPage({ db }, last.entry, entriesAtOnce);
    }
  });
}
