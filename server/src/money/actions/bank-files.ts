// Reading the bank's own file. A report on a payout says what became of its transfers. A statement is kept whole, what a checked reference explains is booked at once, and the rest is money that waits for somebody to explain it.
import type * as api from "@partcommune/shared/money/api/statement";
import { objectionToDay } from "@partcommune/shared/money/rules/bank-line";
import { faultOf, objectionToVouching, placed, type StatementRead } from "@partcommune/shared/money/rules/statement";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { refuse } from "@partcommune/shared/platform/refusal";
import { found, Refused, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { openThread } from "../../platform/thread.ts";
import { accountInForce } from "../store/house-account.ts";
import * as store from "../store/statements.ts";
import { askingPerson } from "./asking-person.ts";
import { reportTaken } from "./bank-reports.ts";
import { bookOpened } from "./open-book.ts";
import type { FileRead } from "./read-bank-file-thread.ts";
import { worked, type Worked } from "./work-lines.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;
type Told = AnswerOf<typeof api.importBankFile>;

const readFile = openThread<FileRead>(new URL("./read-bank-file-thread.ts", import.meta.url));

const nothing: Told = { statements: 0, fresh: 0, known: 0, booked: 0, waiting: 0, broken: 0 };

/** Reads a file: all of it or nothing, and what stood in another file before is known. */
export const importBankFile: Act<typeof api.importBankFile> = async (scope, { gzip }) => {
  const { person: by } = askingPerson(scope);
  const file = Buffer.from(gzip, "base64");
  const read = await readFile({ gzip: file });
  if ("because" in read) throw new Refused(refuse("bank-file-unreadable", read));
  const hash = Buffer.from(read.hash);
  if ("report" in read) return { ...nothing, report: await reportTaken(scope, read.report, { hash, file, by }) };
  const { statements } = read;
  const iban = await ours(scope, statements);
  await store.takeTurn(scope, iban);
  await bookOpened(scope);
  let told: Told = { ...nothing, statements: statements.length };
  for (const [place, statement] of statements.entries()) {
    const fault = faultOf(statement);
    const id = await store.saveStatement(scope, { ...statement, fault, hash, place, file, by });
    told = sumOf(told, id === undefined ? { known: statement.lines.length } : await taken(scope, id, statement));
  }
  return told;
};

/** Keeps the lines of a statement that no file had before, and works them where it adds up. */
async function taken(scope: Scope, id: Id, statement: StatementRead): Promise<Partial<Told>> {
  const fault = faultOf(statement);
  const lines = placed(statement.lines.filter(({ minor }) => minor !== 0n));
  const fresh = await store.freshOf(scope, id, statement, lines);
  const done = fault === undefined ? await worked(scope, fresh, store.saveLines) : await keptAlone(scope, fresh);
  scope.emit({ type: "statement.taken", subject: id, body: { lines: fresh.length, ...(fault ? { fault } : {}) }, about: ["desk:money"] });
  return { fresh: fresh.length, known: lines.length - fresh.length, ...done, broken: fault === undefined ? 0 : 1 };
}

/** Nothing is done with them until two people have answered for their statement. */
async function keptAlone(scope: Scope, lines: readonly store.FreshLine[]): Promise<Worked> {
  await store.saveLines(
    scope,
    lines.map((line) => ({ ...line, by: undefined, suspended: false })),
  );
  return { booked: 0, waiting: 0 };
}

const sumOf = (one: Told, more: Partial<Told>): Told => ({
  ...one,
  fresh: one.fresh + (more.fresh ?? 0),
  known: one.known + (more.known ?? 0),
  booked: one.booked + (more.booked ?? 0),
  waiting: one.waiting + (more.waiting ?? 0),
  broken: one.broken + (more.broken ?? 0),
});

/** The one account that all of them are of: the coop's, in the currency of its book. */
async function ours(scope: Scope, statements: readonly StatementRead[]): Promise<string> {
  const iban = await accountInForce(scope);
  refuseUnless(iban !== undefined, "house-account-missing");
  const { currency: wanted, zone } = await bookOf(scope.tx);
  for (const { iban: account, currency, until, lines } of statements) {
    for (const day of [until, ...lines.map(({ bookedOn }) => bookedOn)]) refuseIf(objectionToDay(day, dayOf(scope.now, zone)));
    refuseUnless(account === iban.iban, "bank-file-of-another", { account });
    refuseUnless(currency === wanted, "currency-differs", { wanted, given: currency });
  }
  return iban.iban;
}

/** A person's word for a statement that does not add up; with the second person's, its lines are worked. */
export const vouchForStatement: Act<typeof api.vouchForStatement> = async (scope, { statement: id, reason }) => {
  const { person } = askingPerson(scope);
  const held = found(await store.heldStatement(scope, id));
  refuseIf(objectionToVouching(held, person));
  const state = held.state === "vouched" ? "accepted" : "vouched";
  await store.saveVouching(scope, id, state, person, reason);
  if (state === "accepted") await worked(scope, await store.linesToWork(scope, id), store.saveBecame);
  scope.emit({ type: `statement.${state}`, subject: id, body: {}, about: ["desk:money"] });
  return { state };
};
