// What an operator asks of the book.
import { checks } from "../checks.ts";
import { openJournal, type JournalForm } from "@partcommune/shared/money/rules/journal";
import { firstBrokenSeal, journalPage } from "../money/index.ts";
import { askEach, asText, linesOf } from "../platform/checks.ts";
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

/** Reckons every seal again from the rows, with the eyes of an auditor. */
export async function verifyLedger(): Promise<void> {
  const broken = await reading("reader", (db) => firstBrokenSeal({ db }));
  console.log(broken ? `BROKEN ${asText(broken)}` : "ok     every sealed entry is what it was when it was sealed");
  if (broken) process.exitCode = somethingFound;
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
