// The book as programs of others read it: every leg with its amount, nothing left to be inferred.
import { dayAfter } from "../../platform/calendar.ts";
import { amountText } from "../../platform/money.ts";
import type { Day } from "../../platform/time.ts";

export const accountClasses = ["asset", "liability", "equity", "fund", "income", "expense"] as const;
export type AccountClass = (typeof accountClasses)[number];

/** An account with what is moved on it, in minor units, debit positive. */
export type JournalledLeg = readonly [code: string, currency: string, minor: string, class_: AccountClass];

type PlainLeg = readonly [code: string, currency: string, minor: string, ...rest: readonly unknown[]];

type EntryWith<Leg> = {
  readonly uid: string;
  readonly kind: string;
  readonly on: Day;
  readonly bylaws: readonly string[];
  readonly legs: readonly Leg[];
};

export type JournalledEntry = EntryWith<JournalledLeg>;

/** hledger and Ledger read the same words. */
export const journalForms = ["hledger", "ledger", "beancount"] as const;
export type JournalForm = (typeof journalForms)[number];

/** From which day to which a journal goes, and what every account held before. */
export type JournalSpan = { readonly first: Day; readonly last: Day; readonly standing: readonly JournalledLeg[] };

export type Journal = {
  /** What stands before everything: what was held before its first day, if anything was. */
  readonly head: string;
  /** One transaction: its day, its kind, and by which of the book's names it is found again; with what has to stand before it. */
  readonly transaction: (entry: JournalledEntry) => string;
  /** What stands after everything: what each account holds at the end of its last day, so that a program which reckons otherwise says so. */
  readonly foot: () => string;
};

type Words = {
  readonly title: string;
  readonly open: (leg: JournalledLeg, span: JournalSpan) => string;
  readonly transaction: (entry: Omit<JournalledEntry, "uid"> & { readonly uid?: string }) => string;
  readonly holds: (last: Day, legs: readonly JournalledLeg[]) => string;
};

/** A journal to be written from its beginning, entry by entry. An account is opened where it is first met. */
export function openJournal(form: JournalForm, span: JournalSpan): Journal {
  const { title, open, transaction, holds } = form === "beancount" ? beancount : plainText;
  const held = new Map<string, JournalledLeg>();
  const take = (legs: readonly JournalledLeg[]): string =>
    legs
      .map((leg) => {
        const [code, currency, minor, class_] = leg;
        const before = held.get(code);
        held.set(code, [code, currency, String(BigInt(before?.[2] ?? 0n) + BigInt(minor)), class_]);
        return before ? "" : open(leg, span);
      })
      .join("");
  const written = (entry: Parameters<typeof transaction>[0]): string => take(entry.legs) + transaction(entry);
  const { first, last, standing } = span;
  return {
    head: title + (standing.length > 0 ? written({ kind: "opening", on: first, bylaws: [], legs: standing }) : ""),
    transaction: written,
    foot: () => (held.size > 0 ? holds(last, [...held.values()]) : ""),
  };
}

const amount = (currency: string, minor: string): string => `${amountText({ minor: BigInt(minor), currency })} ${currency}`;

function postings(legs: readonly PlainLeg[]): string {
  const width = Math.max(0, ...legs.map(([name]) => name.length));
  return legs.map(([name, currency, minor]) => `    ${name.padEnd(width)}  ${amount(currency, minor)}\n`).join("");
}

/** As hledger and Ledger read one. */
export function hledgerTransaction({ uid, kind, on, bylaws, legs }: Omit<EntryWith<PlainLeg>, "uid"> & { readonly uid?: string }): string {
  const names = [...(uid === undefined ? [] : [`entry: ${uid}`]), ...(bylaws.length > 0 ? [`bylaws: ${bylaws.join(" ")}`] : [])];
  return `${on} * ${kind}${names.length > 0 ? `  ; ${names.join(", ")}` : ""}\n${postings(legs)}\n`;
}

const plainText: Words = {
  title: "",
  // Ledger holds what an account is said to hold against the lines above, whatever their days, so each account says which days it takes. hledger goes by days, and reads over this.
  open: ([code], { first, last }) => `account ${code}\n    assert date >= [${slashed(first)}] & date <= [${slashed(last)}]\n\n`,
  transaction: hledgerTransaction,
  holds: (last, legs) =>
    `${last} * closing\n${legs.map(([code, currency, minor]) => `    ${code}  ${amount(currency, "0")} = ${amount(currency, minor)}\n`).join("")}\n`,
};

const slashed = (day: Day): string => day.replaceAll("-", "/");

/** Beancount knows five roots, and money of the members' own is none of them but equity. */
const roots: Readonly<Record<AccountClass, string>> = {
  asset: "Assets",
  liability: "Liabilities",
  equity: "Equity",
  fund: "Equity",
  income: "Income",
  expense: "Expenses",
};

/** `member:01ab…:budget` as `Liabilities:Member:01AB…:Budget`: each part of a name begins with a capital or a digit, and holds no other sign than a hyphen. */
export const beancountName = (code: string, class_: AccountClass): string =>
  [roots[class_], ...code.split(":").map((part) => part.replaceAll(/[^A-Za-z0-9]/g, "-"))]
    .map((part) => (/^[0-9a-f-]{36}$/.test(part) ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1)))
    .join(":");

const beancount: Words = {
  title: 'option "title" "Partcommune"\noption "inferred_tolerance_default" "*:0"\n\n',
  open: ([code, currency, , class_], { first }) => `${first} open ${beancountName(code, class_)} ${currency}\n`,
  transaction: ({ uid, kind, on, bylaws, legs }) =>
    [
      `${on} * "${kind}"\n`,
      ...(uid === undefined ? [] : [`  entry: "${uid}"\n`]),
      ...(bylaws.length > 0 ? [`  bylaws: "${bylaws.join(" ")}"\n`] : []),
      postings(legs.map(([code, currency, minor, class_]) => [beancountName(code, class_), currency, minor])),
      "\n",
    ].join(""),
  // What Beancount is told of a day is true at its beginning; unless told otherwise, it lets a cent pass.
  holds: (last, legs) =>
    legs
      .map(([code, currency, minor, class_]) => {
        const number = amountText({ minor: BigInt(minor), currency });
        return `${dayAfter(last)} balance ${beancountName(code, class_)}  ${number} ~ 0 ${currency}\n`;
      })
      .join(""),
};
