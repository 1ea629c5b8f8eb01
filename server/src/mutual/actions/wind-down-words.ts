// The pages of a wind-down file that people read: what is owed to whom and covered by what, and what is one member's.
import type { StatementLine, WindDownStatement } from "@partcommune/shared/mutual/rules/winding-down";
import { payOrderOf } from "@partcommune/shared/platform/packs";
import type { Language } from "@partcommune/shared/platform/page";
import { amountText, sum, zero } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import type { MemberMoney, Written } from "../../money/index.ts";
import { openStrings } from "../../platform/strings.ts";

const strings = openStrings();
const width = 52;

const row = (says: string, minor: bigint | string, currency: string): string =>
  `  ${says.padEnd(width)} ${amountText({ minor: BigInt(minor), currency }).padStart(16)} ${currency}`;

type Of = { readonly coop: string; readonly country: string; readonly at: Instant; readonly statement: readonly WindDownStatement[] };

/** One page: what covers, what is owed in the order of the country, and what is the coop's own. */
export function statementInWords(language: Language, { coop, country, at, statement }: Of): string {
  const say = (id: string, values: Readonly<Record<string, unknown>> = {}) => strings(language, id, values);
  const { source, confirmedBy } = payOrderOf(country);
  return [
    say("letter.windDown.statement", { coop }),
    say("letter.windDown.asOf", { at }),
    "",
    ...statement.flatMap((part) => partInWords(say, part)),
    say("letter.windDown.order", { country, source: source || "–" }),
    ...(confirmedBy === undefined ? [say("letter.windDown.unconfirmed")] : []),
    say("letter.windDown.law"),
    "",
  ].join("\n");
}

type Say = (id: string, values?: Readonly<Record<string, unknown>>) => string;

function partInWords(say: Say, { currency, covered, owed, own }: WindDownStatement): readonly string[] {
  const lines = (all: readonly StatementLine[]) =>
    all.map(({ of, amount }) => row(say(`letter.windDown.line.${of}`), amount.minor, currency));
  const total = (all: readonly StatementLine[]) =>
    row(say("letter.windDown.total"), sum(zero(currency), ...all.map(({ amount }) => amount)).minor, currency);
  return [
    say("letter.windDown.covered"),
    ...lines(covered),
    total(covered),
    "",
    say("letter.windDown.owed"),
    ...owed.flatMap((rank, at) => [say("letter.windDown.rank", { rank: at + 1 }), ...lines(rank)]),
    total(owed.flat()),
    "",
    say("letter.windDown.own"),
    ...lines(own),
    total(own),
    "",
  ];
}

type Member = Partial<MemberMoney> & {
  readonly id: string;
  readonly name: string;
  readonly coop: string;
  readonly at: Instant;
  readonly promises: readonly Written[];
};

/** What is one member's, what they owe, what they were promised, and their papers. */
export function memberInWords(language: Language, { id, name, coop, at, promises, ...money }: Member): string {
  const say: Say = (text, values = {}) => strings(language, text, values);
  const { accounts = [], payables = [], papers = [], bankAccounts = [], billing = [], advances = [] } = money;
  return [
    say("letter.windDown.member", { coop, name }),
    say("letter.windDown.asOf", { at }),
    id,
    "",
    ...part(
      say("letter.windDown.accounts"),
      accounts.map((each) => accountRow(say, each)),
    ),
    ...part(
      say("letter.windDown.payables"),
      payables.map((each) => payableRow(say, each)),
    ),
    ...part(
      say("letter.windDown.promises"),
      promises.map((each) => promiseRow(say, each)),
    ),
    ...part(
      say("letter.windDown.advances"),
      advances.map((each) => `  ${JSON.stringify(each)}`),
    ),
    ...part(
      say("letter.windDown.papers"),
      papers.map(({ number, about, issuedOn, earned, currency }) =>
        row(`${text(issuedOn)} ${text(number)} ${text(about)}`, text(earned), text(currency)),
      ),
    ),
    ...part(
      say("letter.windDown.billing"),
      billing.map(({ version, name: business, street, postcode, town, country, tax_number: number }) =>
        [`  ${text(version)}.`, ...[business, street, postcode, town, country, number].map(text)].join(" "),
      ),
    ),
    ...part(
      say("letter.windDown.iban"),
      bankAccounts.map(({ masked }) => `  ${text(masked)}`),
    ),
  ].join("\n");
}

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

const part = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [title, ...lines, ""]);

function accountRow(say: Say, { account, name, balance, currency }: Written): string {
  const [, , kind = ""] = text(account).split(":");
  // What a member owes stands on the other side of the book.
  const says = `${say(`letter.windDown.account.${kind}`)}${name === null ? "" : ` ${text(name)}`}`;
  return row(says, text(balance), text(currency));
}

function payableRow(say: Say, { number, about, currency, ...payable }: Written): string {
  const less = ["credited_minor", "lost_minor", "drawn_minor"].reduce((so, each) => so + minorOf(payable[each]), 0n);
  const paid = payable["paidOn"] !== null ? "paid" : payable["ordered"] === true ? "ordered" : "open";
  const due = payable["due_on"] === null ? "" : say("letter.windDown.due", { day: text(payable["due_on"]) });
  const what = number === null ? say(`letter.windDown.about.${text(about)}`) : text(number);
  return row(
    `${what} ${say(`letter.windDown.payable.${paid}`)} ${due}`.trimEnd(),
    minorOf(payable["amount_minor"]) - less + minorOf(payable["billed_vat_minor"]),
    text(currency),
  );
}

const minorOf = (value: unknown): bigint => BigInt(Number(value ?? 0));

function promiseRow(
  say: Say,
  { engagement, guaranteed, amount_minor: amount, released_minor: released, currency, ended_at: ended }: Written,
): string {
  const kind = guaranteed === true ? "given" : "refused";
  const says = `${say(`letter.windDown.promise.${kind}`)}${ended === null ? "" : ` ${say("letter.windDown.promise.over")}`}`;
  return `${row(says, minorOf(amount) - minorOf(released), text(currency))}  ${text(engagement)}`;
}
