// A member's year to take away: their papers, what moved their money, what left for their bank and what they spent, as one archive that is written while it is sent.
import type * as api from "@partcommune/shared/money/api/books";
import { objectionToForm } from "@partcommune/shared/money/rules/e-invoice";
import type { CreditPaper } from "@partcommune/shared/money/rules/credit";
import type { InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { eInvoiceOf } from "@partcommune/shared/money/rules/paper-e-invoice";
import { readsOwn } from "@partcommune/shared/platform/actor";
import type { InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import { csvText, type Cell } from "../../platform/csv.ts";
import type { File, Streamed } from "../../platform/doors.ts";
import { bytesOf, fileSeen, filesSentWith } from "../../platform/files/store.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { openStrings } from "../../platform/strings.ts";
import { zipped, type Packed } from "../../platform/zip.ts";
import { houseOf } from "../store/house.ts";
import { reportedColumns, reportedOfYear } from "../store/income-reports.ts";
import { daysOfYear } from "../store/journal.ts";
import * as store from "../store/member-year.ts";
import { spanOf, type Span } from "../store/tables.ts";
import { printCreditNote } from "./print-credit-note.ts";
import { printInvoice } from "./print-invoice.ts";
import { electronic } from "./write-e-invoice.ts";

const strings = openStrings();

/** One's own year; nobody else's is there. */
export async function memberYear(view: View, { member, year }: InputOf<typeof api.downloadMemberYear>): Promise<Streamed> {
  const { actor, db, now } = view;
  found(readsOwn(actor, member) || undefined);
  found((await store.yearsOfMember(view, member)).includes(year) || undefined);
  const house = await houseOf(db);
  const { language = house.language } = (actor.kind === "person" ? (await view.people([actor.person])).get(actor.person) : undefined) ?? {};
  const span = spanOf(daysOfYear(year), house.zone);
  const files = [readMe(language, house.name, year), ...(await tables(view, member, span)), ...(await papers(view, member, span))];
  return { name: `${strings(language, "letter.year.file", { year })}.zip`, parts: zipped(files, now) };
}

const once = (name: string, text: string): Packed => ({ name, parts: () => one(text) });

async function* one<Part>(part: Part | Promise<Part>): AsyncGenerator<Part> {
  yield await part;
}

const readMe = (language: Language, coop: string, year: number): Packed =>
  once("README.txt", strings(language, "letter.year.readMe", { coop, year }));

async function tables(view: View, member: Id, span: Span): Promise<readonly Packed[]> {
  const { rows, expenses } = await store.expensesOfYear(view, member, span);
  const table = (name: string, columns: readonly string[], cells: readonly (readonly Cell[])[]): Packed =>
    once(`${name}.csv`, csvText(columns, cells));
  return [
    table("movements", store.movementColumns, await store.movementsOfYear(view, member, span)),
    table("payouts", store.paidColumns, await store.payoutsOfYear(view, member, span)),
    table("expenses", store.spentColumns, rows),
    table("reported", reportedColumns, await reportedOfYear(view, member, Number(span.first.slice(0, 4)))),
    ...(await receipts(view, expenses)),
  ];
}

type Expense = Awaited<ReturnType<typeof store.expensesOfYear>>["expenses"][number];

/** What proves the expenses, each under its day and the id by which the table names it. */
async function receipts(view: View, expenses: readonly Expense[]): Promise<readonly Packed[]> {
  const sent = await filesSentWith(
    view,
    expenses.map(({ id }) => id),
  );
  return expenses.flatMap(({ id, spentOn }) =>
    (sent.get(id) ?? []).map((file, at) => ({
      name: `receipts/${spentOn}-${id}-${at + 1}-${fileName(file.name)}`,
      parts: () => one(receipt(view, file.id)),
    })),
  );
}

async function receipt(view: View, file: Id): Promise<Uint8Array> {
  const { actor } = view;
  const { sha256 } = found(actor.kind === "person" ? await fileSeen(view, file, actor.person) : undefined);
  return bytesOf(view, sha256);
}

/** A name that no file system stumbles over, and that leads nowhere. */
const fileName = (name: string): string =>
  name
    .replaceAll(/[^\p{L}\p{N}._-]/gu, "-")
    .replace(/^\.+/, "")
    .slice(-80);

/** Each paper as people read it, and as programs do where the network reaches both sides. */
async function papers(view: View, member: Id, span: Span): Promise<readonly Packed[]> {
  const all = await store.papersOfYear(view, member, span);
  return all.flatMap(({ kind, number, frozen }) => {
    const print = kind === "invoice" ? printInvoice : printCreditNote;
    const reachable = objectionToForm("peppol", eInvoiceOf(JSON.parse(frozen) as InvoicePaper | CreditPaper)) === undefined;
    const packed = (end: string, make: () => Promise<File>): Packed => ({
      name: `papers/${number}.${end}`,
      parts: () => one(make().then(({ bytes }) => bytes)),
    });
    return [packed("pdf", () => print(frozen)), ...(reachable ? [packed("xml", () => electronic(frozen, "peppol"))] : [])];
  });
}
