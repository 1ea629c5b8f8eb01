// npm run coop -- <verb>: what an operator asks of the coop from a terminal. 0: all well; 1: it could not be done; 2: asked wrongly; 3: something was found.
import { Argument, Command, CommanderError, Option } from "commander";
import { countBetween, oneMoreDay, oneMoreValue, yearFrom } from "./cli/arguments.ts";
import { askedWrongly, notDone } from "./cli/ends.ts";
import { importKinds } from "./platform/imports/kind.ts";
import { bookTableNames } from "@partcommune/shared/money/rules/book-tables";
import { journalForms } from "@partcommune/shared/money/rules/journal";

/** What a command does, loaded once it is asked for: hardly any needs the whole server. */
const loaded =
  <Verb extends string>(load: () => Promise<Readonly<Record<Verb, (...asked: never[]) => unknown>>>, verb: Verb) =>
  async (...asked: unknown[]): Promise<void> =>
    void (await (await load())[verb](...(asked as never[])));

const backups = () => import("./cli/backup.ts");
const books = () => import("./cli/ledger.ts");
const demos = () => import("./cli/demo.ts");
const queues = () => import("./cli/queue.ts");
const runs = () => import("./cli/import-runs.ts");

const passphraseFile = [
  "--passphrase-file <path>",
  "a file whose text is the passphrase; else BACKUP_PASSPHRASE, else it is asked for",
] as const;

const ofYear = ["--year <year>", "one year of it, with what was held before", yearFrom] as const;

const coop = new Command("coop")
  .description("What an operator asks of a coop. Uses DATABASE_URL, else the database of npm start.")
  .exitOverride();
const ledger = coop.command("ledger").description("the book");
ledger
  .command("check")
  .description("ask every check of every domain; exit code 3 when one finds something")
  .action(loaded(books, "ledgerCheck"));
ledger
  .command("journal")
  .description("the sealed book as another program reads it, on standard output; it holds ids and no names")
  .addOption(new Option("--for <program>", "who reads it").choices(journalForms).default("hledger"))
  .option(...ofYear)
  .action(loaded(books, "printJournal"));
ledger
  .command("fec")
  .description("a year of the sealed book as the French tax administration asks for it, on standard output; its name on the other")
  .requiredOption(...ofYear)
  .action(loaded(books, "printFec"));
ledger
  .command("csv")
  .description("a table of a year for a spreadsheet, on standard output; its name on the other")
  .addArgument(new Argument("<table>", "which").choices(bookTableNames))
  .requiredOption(...ofYear)
  .action(loaded(books, "printTable"));
ledger
  .command("export <file>")
  .description(
    "write the sealed book with its seals and signed heads, so that anybody checks it without a database; it holds ids and no names",
  )
  .action(loaded(books, "exportLedger"));
const verify = coop.command("verify").description("proofs");
verify
  .command("ledger [file]")
  .description("reckon every seal of the book again, or of one that was exported; exit code 3 when one is broken, and which")
  .option("--head <file>", "a signed head that somebody kept, a sister or a member: exit code 3 when the book did not come by it")
  .action(loaded(books, "verifyLedger"));
verify
  .command("backup <file>")
  .description("read a backup to its end and say whether it could be restored")
  .option(...passphraseFile)
  .action(loaded(backups, "verifyFile"));
coop
  .command("backup <file>")
  .description("keep the whole coop in one file, its secret too, while it goes on working")
  .option(...passphraseFile)
  .action(loaded(backups, "backupTo"));
coop
  .command("restore <file>")
  .description("bring a coop back from its file, into an empty database")
  .option(...passphraseFile)
  .option("--secret-to <path>", "where the coop's secret goes, with a DATABASE_URL of one's own")
  .action(loaded(() => import("./cli/restore.ts"), "restoreFrom"));
coop
  .command("doctor")
  .description("look at the environment, the database and the work; exit code 3 when something was found")
  .option("--json", "for a program that reads it")
  .action(loaded(() => import("./cli/doctor.ts"), "doctor"));
coop
  .command("outbox")
  .description("the letters that wait because no mail server is set")
  .action(loaded(() => import("./cli/outbox.ts"), "outbox"));
coop
  .command("keys")
  .description("what the coop signs with to other coops")
  .command("rotate")
  .description("change all keys: once a year, and when one may be known to others")
  .action(loaded(() => import("./cli/keys.ts"), "rotateKeys"));
const queue = coop.command("queue").description("what is done after an act: letters, reactions");
queue.command("list").description("how much waits, and where").action(loaded(queues, "queueList"));
queue.command("dead").description("what was given up, and why; exit code 3 when there is any").action(loaded(queues, "queueDead"));
queue.command("retry").description("give all that was given up another twelve tries").action(loaded(queues, "queueRetry"));
coop
  .command("build")
  .description("make the pages that the server shows, unless they are made")
  .action(loaded(() => import("./platform/assets.ts"), "buildWebIfStale"));
coop
  .command("what-if [proposal]")
  .description("what the last twelve closed months would have been under the bylaws a proposal asks for")
  .option("--set <key=value>", "a value to try instead, as JSON: fee.rate=79000; may be said several times", oneMoreValue)
  .option("--json", "for a program that reads it")
  .action(loaded(() => import("./cli/what-if.ts"), "whatIf"));
coop
  .command("rates <file>")
  .description(
    "read what foreign money is worth from a file of the European Central Bank (eurofxref, CSV or XML, of a day or its history); exit code 3 when a line is not understood, and then nothing is kept",
  )
  .action(loaded(() => import("./cli/rates.ts"), "readRatesFrom"));
const pack = coop.command("pack").description("what differs from country to country and year to year");
pack
  .command("calendar")
  .description("list the days of rest of a year, for the banks and the countries of the branches; enter those that are not kept yet")
  .argument("<year>", "2027", yearFrom)
  .option("--country <code>", "of this country instead: DE")
  .option("--region <code>", "of its regions this one alone: BE")
  .option("--rest <day=name>", "a day of rest the list lacks, by hand; may be said several times", oneMoreDay)
  .option("--work <day=name>", "a Saturday or day of rest that is worked, by hand; may be said several times", oneMoreDay)
  .option("--source <text>", "the decree that days by hand are from")
  .option("--write", "enter them for good: a day that is kept is never changed or removed")
  .action(loaded(() => import("./cli/pack-calendar.ts"), "packCalendar"));
const imports = coop.command("import").description("lists of others: docs/import.md says what they look like");
imports
  .command("esco <folder>")
  .description("ESCO's CSV files, of any languages; exit code 3 when a row cannot be used, and then nothing is imported")
  .option("--dry-run", "say what would change, and change nothing")
  .action(loaded(() => import("./cli/import-esco.ts"), "importEscoFrom"));
imports
  .command("link-skills [file]")
  .description("print which skills of a list share a name with the coop's own; with the lines a person has kept of it: link them for good")
  .action(loaded(() => import("./cli/link-skills.ts"), "linkSkillsFrom"));
for (const kind of importKinds) {
  const list = imports
    .command(`${kind} <file>`)
    .description(`a list of ${kind}, CSV or JSONL; exit code 3 when a line has a fault, and then nothing is imported`)
    .option("--dry-run", "look at every line, and change nothing")
    .option("--skip-bad", "import the other lines when some have faults")
    .option("--json", "for a program that reads it")
    .action(loaded(async () => ({ read: (await import("./cli/import-list.ts")).importList(kind) }), "read"));
  if (kind !== "jobs") list.option("--invite", "write to each person who is new that they may come in");
}
imports
  .command("list")
  .description("the lists that were read in")
  .option("--json", "for a program that reads it")
  .action(loaded(runs, "importRuns"));
imports
  .command("undo <run>")
  .description("take back what a list brought; exit code 3 when some of it stays, and why")
  .option("--dry-run", "say what would go and what would stay")
  .option("--json", "for a program that reads it")
  .action(loaded(runs, "undoImport"));
coop
  .command("wind-down")
  .description(
    "write all that is owed and all that covers it into a signed folder, which anybody can check; exit code 3 when its sums are not those of the book",
  )
  .option("--rehearse", "make it, check it, and keep nothing")
  .option("--into <folder>", "where it goes, a folder that is not there yet; with --rehearse, where there is room for it")
  .option("--check <folder>", "check one that was made, without a database")
  .action(loaded(() => import("./cli/wind-down.ts"), "windDown"));
coop
  .command("migrate")
  .description("bring the database to the schema of this version, as its owner (DATABASE_OWNER_URL)")
  .action(loaded(() => import("./cli/migrate.ts"), "toThisVersion"));

coop
  .command("simulate")
  .description(
    "play coops that tell each other of their jobs over a bad network, on a clock of their own; exit code 3 when they do not agree in the end",
  )
  .option("--coops <count>", "how many, two to nine", countBetween(2, 9), 5)
  .option("--hours <count>", "virtual hours", countBetween(1, 8_784), 48)
  .option("--seed <text>", "the same seed, the same story", "1")
  .action(loaded(() => import("./cli/simulate.ts"), "simulate"));

const demo = coop.command("demo").description("a coop with eighteen months behind it, to play with, in a database of its own");
demo.command("add").description("make the demo of today, if it does not stand").action(loaded(demos, "addDemo"));
demo.command("status").description("say whether a demo stands, and from when").action(loaded(demos, "tellDemo"));
demo
  .command("remove")
  .description("remove the demo with its database")
  .option("--dry-run", "say what would go")
  .action(loaded(demos, "dropDemo"));

await coop.parseAsync().catch(async (error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : askedWrongly; // its sentence is printed already
    return;
  }
  console.error((await import("./cli/said.ts")).saidOf(error));
  process.exitCode = notDone;
});
