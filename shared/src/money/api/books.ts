// What can be asked of the book as a whole, by those who keep it: which years it holds, what the checks say of it, and each year as files that other programs read; and by each member, of their own year.
import { z } from "zod";
import { Bytes, IdText, InstantJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { bookTableNames } from "../rules/book-tables.ts";
import { journalForms } from "../rules/journal.ts";

const treasury = ["treasurer", "accountant"] as const;
const year = z.coerce.number().int().min(2000).max(2099);

export const readBooks = endpoint({
  does: "List the years that the book holds, and what its checks said when they were last asked.",
  method: "GET",
  path: "/api/v1/books",
  who: [...treasury, "board"],
  input: z.strictObject({}),
  answer: z.object({
    years: z.array(z.object({ year: z.int(), entries: z.int() })).meta({ description: "the last first, each with its sealed entries" }),
    waiting: z.int().meta({ description: "entries that wait for their seal, and are in no file yet" }),
    checked: z
      .object({
        at: InstantJson,
        asked: z.int(),
        found: z
          .array(z.object({ name: z.string(), says: z.string(), rows: z.int() }))
          .meta({ description: "the checks that found something" }),
      })
      .optional()
      .meta({ description: "absent until they are asked for the first time" }),
    takes: z.boolean().meta({ description: "whether whoever asks may take the files" }),
  }),
});

export const downloadJournal = endpoint({
  does: "A year of the book for a program of plain-text accounting: what was held before, every entry, and what each account holds at its end. It holds ids and no names.",
  method: "GET",
  path: "/api/v1/books/journal",
  who: treasury,
  file: "text/plain",
  perMinute: 20,
  input: z.strictObject({ year, form: z.enum(journalForms) }),
  answer: Bytes,
});

export const downloadFec = endpoint({
  does: "A year of the book as the French tax administration asks for it (fichier des écritures comptables, article A47 A-1 of the Livre des procédures fiscales), under the French chart of accounts. It holds ids and the numbers of papers, and no names.",
  method: "GET",
  path: "/api/v1/books/fec",
  who: treasury,
  file: "text/plain",
  perMinute: 20,
  input: z.strictObject({ year }),
  answer: Bytes,
});

export const downloadTable = endpoint({
  does: "A table of a year for a spreadsheet: accounts with what they held and moved, entries leg by leg, invoices, credit notes, what members are owed, payouts, what the bank said and what it was, invoices in members' names, expenses, advances. Persons stand in it as ids, no account at a bank does, and no cell is a formula.",
  method: "GET",
  path: "/api/v1/books/csv",
  who: treasury,
  file: "text/csv",
  perMinute: 60,
  input: z.strictObject({ year, table: z.enum(bookTableNames) }),
  answer: Bytes,
});

export const downloadMemberYear = endpoint({
  does: "One's own year as an archive: the papers of one's work as pages and as electronic invoices, what moved one's money, what left for one's bank, what one spent with its receipts, and what each file is.",
  method: "GET",
  path: "/api/v1/members/:member/year",
  who: "onceMember",
  file: "application/zip",
  perMinute: 20,
  input: z.strictObject({ member: IdText, year }),
  answer: Bytes,
});
