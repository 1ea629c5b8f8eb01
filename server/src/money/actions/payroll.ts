// The payroll office's file, out and in: a month goes to it as a table, and its figures decide what waits for them and correct what was estimated.
import { CsvError, parse } from "csv-parse/sync";
import type * as api from "@partcommune/shared/money/api";
import {
  legsOfPayrollCorrected,
  objectionToOfficeLine,
  offOf,
  sharedOut,
  type OfficeLine,
  type Pay,
} from "@partcommune/shared/money/rules/payroll";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { idPattern, type Id } from "@partcommune/shared/platform/id";
import { amountText, minorFrom, zero, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { csvText } from "../../platform/csv.ts";
import type { File } from "../../platform/doors.ts";
import { refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { post } from "../store/ledger.ts";
import { savePay } from "../store/pay.ts";
import * as store from "../store/payroll.ts";
import { askingPerson } from "./asking-person.ts";

const asked = ["member", "month", "gross", "net", "employee", "employer"] as const;
const told = [
  "member",
  "name",
  "reference",
  "month",
  "invoice",
  "engagement",
  "deliveredOn",
  "cost",
  "net",
  "employee",
  "employer",
] as const;

/** A month as the payroll office gets it: what waits for it has no figures yet. */
export async function payrollCsv({ month, works }: AnswerOf<typeof api.readPayroll>): Promise<File> {
  const shown = (amount: Money | undefined): string => (amount ? amountText(amount) : "");
  const rows = works.map(
    ({ member, name, reference = "", invoice, engagement, deliveredOn, cost, net, employee, employer, model = "" }) => [
      member,
      name,
      reference,
      month.slice(0, 7),
      invoice,
      engagement,
      deliveredOn,
      ...[cost, net, employee, employer].map(shown),
      cost.currency,
      model,
    ],
  );
  return { name: `payroll-${month.slice(0, 7)}.csv`, bytes: Buffer.from(csvText([...told, "currency", "model"], rows)) };
}

type Told = AnswerOf<typeof api.importPayroll>;
type Line = OfficeLine & { readonly member: Id };

/** Reads the office's figures: all of them or none. */
export const importPayroll: Action<InputOf<typeof api.importPayroll>, Told> = async (scope, { file }) => {
  const { person } = askingPerson(scope);
  await store.takeTurn(scope);
  const { currency } = await bookOf(scope.tx);
  const seen = new Set<string>();
  let [read, known, corrected] = [0, 0, 0];
  for (const line of linesOf(file, currency)) {
    refuseUnless(!seen.has(`${line.member} ${line.month}`), "payroll-twice", { line: line.line, month: line.month });
    seen.add(`${line.member} ${line.month}`);
    if (await isKnown(scope, line)) known += 1;
    else {
      const off = await taken(scope, line, person);
      read += 1;
      if (off) corrected += 1;
    }
  }
  return { read, known, corrected };
};

function linesOf(file: string, currency: string): readonly Line[] {
  const rows = rowsOf(file);
  return rows.map((row, at) => lineFrom(row, at + 2, currency));
}

const columns = asked.join(", ");

function rowsOf(file: string): readonly Readonly<Record<string, string>>[] {
  try {
    return parse(file, { bom: true, columns: true, delimiter: [",", ";"], skip_empty_lines: true, trim: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    refuseUnless(false, "payroll-file-unreadable", { line: Number(error["lines"] ?? 1), columns });
    throw error;
  }
}

function lineFrom(row: Readonly<Record<string, string>>, line: number, currency: string): Line {
  const [member = "", month = "", ...amounts] = asked.map((column) => row[column] ?? "");
  const minors = amounts.map((amount) => minorFrom(amount, currency));
  const isWhole = /^\d{4}-(0[1-9]|1[0-2])$/.test(month) && minors.every((minor) => minor !== undefined && minor >= 0n);
  refuseUnless(isWhole, "payroll-file-unreadable", { line, columns });
  const [gross, net, employee, employer] = minors.map((minor = 0n): Money => ({ minor, currency }));
  const none = zero(currency);
  return { line, member, month, gross: gross ?? none, net: net ?? none, employee: employee ?? none, employer: employer ?? none };
}

const firstOf = ({ month }: Line): Day => `${month}-01` as Day;

/** Whether the same was read before. Other figures of the same month are none. */
async function isKnown(scope: Scope, line: Line): Promise<boolean> {
  const isMember = idPattern.test(line.member) && (await store.isEmployedHere(scope, line.member));
  refuseUnless(isMember, "payroll-member-unknown", { line: line.line });
  const before = await store.figuresOf(scope, line.member, firstOf(line));
  if (!before) return false;
  const same = (["gross", "net", "employee", "employer"] as const).every((part) => before[part].minor === line[part].minor);
  refuseUnless(same, "payroll-differs", { line: line.line, month: line.month });
  return true;
}

/** Keeps the figures of a month. True where they correct what was estimated. */
async function taken(scope: Scope, line: Line, by: Id): Promise<boolean> {
  const { member } = line;
  await store.holdFigures(scope, member);
  const month = await store.monthOfPay(scope, member, firstOf(line), line.net);
  refuseIf(objectionToOfficeLine(line, month));
  const off = offOf(line, month.estimated ?? line);
  await store.saveFigures(scope, line, firstOf(line), off, by);
  if (!month.estimated) await decided(scope, line, month.works);
  const corrects = store.differs(off);
  if (corrects) await correct(scope, line, off);
  scope.emit({ type: "payroll.read", subject: member, body: { member, corrected: corrects }, about: [`member:${member}`, "desk:money"] });
  return corrects;
}

/** What waited for the office is in hand as it says, each work its part; what earlier months cost otherwise is settled with the largest. */
async function decided(scope: Scope, line: Line, works: readonly store.Costing[]): Promise<void> {
  const { member, month } = line;
  const saidBy = { model: `payroll office ${month}`, decided: firstOf(line) };
  const shares = sharedOut(
    line,
    works.map(({ cost }) => cost.minor),
  );
  for (const [at, { payable, left, cost, along, carried }] of works.entries()) {
    const pay = shares[at] ?? line;
    if (carried && !(await store.takeFigures(scope, carried, payable))) throw new Error("figures that are held were taken");
    await savePay(scope, { ...pay, payable, member, left, cost, along, ...saidBy });
  }
}

/** What was estimated otherwise is put right in the book; in hand it is settled with the next pay. */
async function correct(scope: Scope, { member, month }: Line, off: Pay): Promise<void> {
  const { zone } = await bookOf(scope.tx);
  const legs = legsOfPayrollCorrected(member, off);
  await post(scope, [
    { kind: "payroll.corrected", key: `payroll:${member}:${month}:corrected`, on: dayOf(scope.now, zone), legs, bylaws: [] },
  ]);
}
