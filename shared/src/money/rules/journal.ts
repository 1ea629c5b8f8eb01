// The book as programs of others read it: every leg with its amount, nothing left to be inferred.
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

export type Journal = {
  /** What stands before everything. */
  readonly head: string;
  /** One transaction: its day, its kind, and by which of the book's names it is found again; with what has to stand before it. */
  readonly transaction: (entry: JournalledEntry) => string;
};

/** A journal to be written from its beginning, entry by entry. */
export const openJournal = (form: JournalForm): Journal =>
  form === "beancount" ? openBeancount() : { head: "", transaction: hledgerTransaction };

const amount = (currency: string, minor: string): string => `${amountText({ minor: BigInt(minor), currency })} ${currency}`;

function postings(legs: readonly PlainLeg[]): string {
  const width = Math.max(0, ...legs.map(([name]) => name.length));
  return legs.map(([name, currency, minor]) => `    ${name.padEnd(width)}  ${amount(currency, minor)}\n`).join("");
}

/** As hledger and Ledger read one. */
export function hledgerTransaction({ uid, kind, on, bylaws, legs }: EntryWith<PlainLeg>): string {
  const cited = bylaws.length > 0 ? `, bylaws: ${bylaws.join(" ")}` : "";
  return `${on} * ${kind}  ; entry: ${uid}${cited}\n${postings(legs)}\n`;
}

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

/** An account is opened where it is first met, as of a day before any entry; two currencies on one name are two accounts of ours. */
function openBeancount(): Journal {
  const opened = new Set<string>();
  const open = ([code, currency, , class_]: JournalledLeg): string => {
    const line = `1970-01-01 open ${beancountName(code, class_)} ${currency}\n`;
    if (opened.has(line)) return "";
    opened.add(line);
    return line;
  };
  return {
    head: 'option "title" "Partcommune"\noption "inferred_tolerance_default" "*:0"\n\n',
    transaction: ({ uid, kind, on, bylaws, legs }) =>
      [
        ...legs.map(open),
        `${on} * "${kind}"\n  entry: "${uid}"\n`,
        ...(bylaws.length > 0 ? [`  bylaws: "${bylaws.join(" ")}"\n`] : []),
        postings(legs.map(([code, currency, minor, class_]) => [beancountName(code, class_), currency, minor])),
        "\n",
      ].join(""),
  };
}
