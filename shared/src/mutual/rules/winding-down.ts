// What a coop that ends owes to whom, and what covers it: every account of the book stands in exactly one line, so that the statement adds up as the book does.
import { payOrderOf, type Creditor } from "../../platform/packs.ts";
import type { Money } from "../../platform/money.ts";

/** What covers what is owed, in the order in which it is at hand. */
export const covers = ["bank", "taxesBack", "sistersOwe", "clientsOwe", "membersOwe", "exchange"] as const;
export type Cover = (typeof covers)[number];

/** What is left to the coop itself: its pots, what members set aside by vote, the shares, and the result of the running year. */
export const owns = ["pots", "purposes", "shares", "result"] as const;
export type Own = (typeof owns)[number];

/** A balance of the book, debit positive. */
export type AccountStanding = { readonly code: string; readonly currency: string; readonly minor: bigint };

export type StatementLine = { readonly of: Cover | Creditor | Own; readonly amount: Money };

/** One currency of the statement, each amount on its own side. */
export type WindDownStatement = {
  readonly currency: string;
  readonly covered: readonly StatementLine[];
  /** By rank: those of one rank share alike. */
  readonly owed: readonly (readonly StatementLine[])[];
  readonly own: readonly StatementLine[];
};

const lines: readonly (readonly [code: RegExp, line: StatementLine["of"], whereOwed?: Creditor])[] = [
  [/^bank:/, "bank"],
  [/^vat:[A-Z]{2}:due/, "taxes"],
  [/^vat:/, "taxesBack"],
  [/^receivable:client:/, "clientsOwe"],
  [/^member:[^:]+:budget/, "members"],
  [/^member:[^:]+:advance/, "membersOwe"],
  [/^member:[^:]+:share/, "shares"],
  [/^payout:transit/, "members"],
  [/^claims:payable/, "members"],
  [/^payroll:(withholding|employer)/, "taxes"],
  [/^payroll:/, "wages"],
  // What is set off between two coops changes its side: owed to us, or by us.
  [/^(receivable|settlement|loan):coop:/, "sistersOwe", "sisters"],
  [/^payable:coop:/, "sisters"],
  [/^loan:lender:/, "lenders"],
  [/^suspense:/, "others"],
  [/^pot:/, "pots"],
  [/^initiative:/, "purposes"],
  [/^fx:[A-Z]{3}/, "exchange"],
  [/^(expense|income):|^(fx:result|rounding)$/, "result"],
];

/** Where an account stands. One that no line knows is a fault of ours, and no statement is made. */
export function lineOf({ code, minor }: Pick<AccountStanding, "code" | "minor">): StatementLine["of"] {
  const [, line, whereOwed] = lines.find(([pattern]) => pattern.test(code)) ?? [];
  if (line === undefined) throw new RangeError(`no line of a wind-down statement holds ${code}`);
  return whereOwed !== undefined && minor < 0n ? whereOwed : line;
}

/** The statement of a coop of a country, one part a currency. */
export function windDownStatement(accounts: readonly AccountStanding[], country: string): readonly WindDownStatement[] {
  const { ranks } = payOrderOf(country);
  return [...Map.groupBy(accounts, ({ currency }) => currency)].map(([currency, all]) => {
    const sums = new Map([...Map.groupBy(all, lineOf)].map(([line, of]) => [line, of.reduce((sum, { minor }) => sum + minor, 0n)]));
    const told = (line: StatementLine["of"], side: 1n | -1n): readonly StatementLine[] => {
      const minor = sums.get(line) ?? 0n;
      return minor === 0n ? [] : [{ of: line, amount: { minor: side * minor, currency } }];
    };
    return {
      currency,
      covered: covers.flatMap((line) => told(line, 1n)),
      owed: ranks.map((rank) => rank.flatMap((line) => told(line, -1n))).filter((rank) => rank.length > 0),
      own: owns.flatMap((line) => told(line, -1n)),
    };
  });
}

/** Every amount of a part added up: what covers, less what is owed and own. Zero where it adds up. */
export const differenceOf = ({ covered, owed, own }: WindDownStatement): bigint =>
  covered.reduce((sum, { amount }) => sum + amount.minor, 0n) -
  [...owed.flat(), ...own].reduce((sum, { amount }) => sum + amount.minor, 0n);
