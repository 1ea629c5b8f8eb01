// The payroll office of a year: it gets each month as a table and sends its own figures back, a little otherwise than they were estimated.
import { importPayroll, readPayroll } from "@partcommune/shared/money/api";
import { monthOf, monthsAfter } from "@partcommune/shared/platform/calendar";
import { moneyText } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { told, settled } from "../town/telling.ts";
import type { Town } from "../town/town.ts";

type Figures = { readonly cost: bigint; readonly net: bigint; readonly employee: bigint; readonly employer: bigint };

const text = (minor: bigint): string => moneyText({ minor, currency: "EUR" }).amount;
const minorOf = (amount = "0.00"): bigint => BigInt(amount.replace(".", ""));

/** The month that is over goes out and its figures come in. */
export async function monthSettled({ coop, tess }: Town, today: Day): Promise<void> {
  const month = monthsAfter(monthOf(today), -1);
  const { payload } = await tess.raw({ method: "GET", url: `/api/v1/desk/payroll/csv?month=${month}` });
  const lines = [...estimatedIn(payload)].map(([member, says], at) =>
    lineOf(member, month.slice(0, 7), saysOtherwise(says, at + Number(month.slice(5, 7)))),
  );
  if (lines.length === 0) return;
  await told(tess, importPayroll, { file: ["member;month;gross;net;employee;employer", ...lines].join("\r\n") });
  await settled(coop);
}

/** What the table says of each member, works together. */
function estimatedIn(table: string): ReadonlyMap<string, Figures> {
  const [heading = "", ...rows] = table.trim().split(/\r?\n/);
  const columns = heading.split(",");
  const all = new Map<string, Figures>();
  for (const row of rows) {
    const cells = row.split(",");
    const cell = (name: string): string | undefined => cells[columns.indexOf(name)];
    const before = all.get(cell("member") ?? "") ?? { cost: 0n, net: 0n, employee: 0n, employer: 0n };
    const sumOf = (part: keyof Figures): bigint => before[part] + minorOf(cell(part) || "0.00");
    const sums = { cost: sumOf("cost"), net: sumOf("net"), employee: sumOf("employee"), employer: sumOf("employer") };
    all.set(cell("member") ?? "", sums);
  }
  return all;
}

/** Two out of three are a little otherwise: cents of tax, and up to two euros of the employer's part either way. */
function saysOtherwise({ cost, net, employee, employer }: Figures, at: number): Figures {
  // What nobody has estimated the office decides, to the cent.
  if (net === 0n) {
    const [kept, half] = [(cost * 15n) / 100n, (cost * 30n) / 100n];
    return { cost, net: cost - kept - half, employee: kept, employer: half };
  }
  const off = BigInt((at % 3) - 1);
  return { cost, net: net - 3n * off, employee: employee + 3n * off, employer: employer + 182n * off };
}

const lineOf = (member: string, month: string, { net, employee, employer }: Figures): string =>
  [member, month, ...[net + employee, net, employee, employer].map(text)].join(";");

/** What both sides owe the social offices until the end of a month, in cents. */
export async function contributionsOwed({ tess }: Town, month: Day): Promise<bigint> {
  const { open } = await told(tess, readPayroll, { month });
  return minorOf(open.employee.amount) + minorOf(open.employer.amount);
}
