// The chart of accounts: which codes there are, what each is, and whether it may run below zero.
import type { Pot } from "../../governance/rules/pots.ts";

export type AccountClass = "asset" | "liability" | "equity" | "fund" | "expense" | "income";

/** exact: a balance row changes with every leg. pool: many write at once, and the balance is reckoned. */
export type AccountMode = "exact" | "pool";

/** An account by its code. `floor` is what available may not fall below; absent where there is no such promise. */
export type AccountCode = {
  readonly code: string;
  readonly class: AccountClass;
  readonly mode: AccountMode;
  readonly owner?: string;
  readonly floor?: bigint;
};

/** What the coop pays for. `people`: who works for it and is on no payroll file; `duties`: taxes and dues that are no VAT. */
export const costs = [
  "bank",
  "interest",
  "premises",
  "equipment",
  "software",
  "advice",
  "people",
  "travel",
  "publicity",
  "insurance",
  "duties",
  "other",
] as const;
export type Cost = (typeof costs)[number];

/** What comes in besides the fee. What is sold needs an invoice. */
export const incomes = ["interest", "other"] as const;
export type Income = (typeof incomes)[number];

type Shape = { readonly code: RegExp; readonly class: AccountClass; readonly mode: AccountMode; readonly floor?: bigint };

const shape = (code: RegExp, class_: AccountClass, mode: AccountMode, floor?: bigint): Shape => ({
  code,
  class: class_,
  mode,
  ...(floor === undefined ? {} : { floor }),
});

// An account has one currency for ever: one in a foreign currency is another account, with the currency at the end of its code.
const shapes = {
  bank: shape(/^bank:[a-z0-9-]+(:[A-Z]{3})?$/, "asset", "pool"),
  receivableOfClient: shape(/^receivable:client:(?<owner>[^:]+)(:[A-Z]{3})?$/, "asset", "exact"),
  vatDue: shape(/^vat:[A-Z]{2}:due$/, "liability", "pool"),
  vatAsked: shape(/^vat:[A-Z]{2}:(input|relief)$/, "asset", "pool"),
  // With the id of the budget where it is not the first, which everybody has.
  budget: shape(/^member:(?<owner>[^:]+):budget(:[0-9a-f-]{36})?(:[A-Z]{3})?$/, "liability", "exact", 0n),
  advance: shape(/^member:(?<owner>[^:]+):advance(:[A-Z]{3})?$/, "asset", "exact", 0n),
  share: shape(/^member:(?<owner>[^:]+):share(:[A-Z]{3})?$/, "equity", "exact", 0n),
  // A pot begins at floor zero; the voted floor comes by ledger.set_floor, with the bylaw it obeys.
  pot: shape(/^pot:(guarantee|insurance|coaching|advances|reserve|running|reinsurance)$/, "fund", "pool", 0n),
  payroll: shape(/^payroll:(net|employee|employer|withholding)$/, "liability", "pool"),
  passing: shape(/^(payout:transit|claims:payable|suspense:(unmatched|strays))(:[A-Z]{3})?$/, "liability", "pool"),
  loanOfLender: shape(/^loan:lender:(?<owner>[^:]+)$/, "liability", "exact", 0n),
  receivableOfCoop: shape(/^receivable:coop:(?<owner>[^:]+)(:[A-Z]{3})?$/, "asset", "exact"),
  payableToCoop: shape(/^payable:coop:(?<owner>[^:]+)(:[A-Z]{3})?$/, "liability", "exact"),
  // Two sisters owe each other by turns, so these two change sign and have no floor.
  betweenCoops: shape(/^(settlement|loan):coop:(?<owner>[^:]+)(:[A-Z]{3})?$/, "asset", "exact"),
  initiative: shape(/^initiative:(?<owner>[^:]+)$/, "fund", "exact", 0n),
  foreign: shape(/^fx:[A-Z]{3}(:[A-Z]{3})?$/, "asset", "pool"),
  difference: shape(/^(fx:result|rounding)$/, "expense", "pool"),
  expense: shape(new RegExp(`^expense:(${costs.join("|")})$`), "expense", "pool"),
  income: shape(new RegExp(`^income:(${incomes.join("|")})$`), "income", "pool"),
} as const satisfies Readonly<Record<string, Shape>>;

/** What sort of account a code names. */
export type AccountSort = keyof typeof shapes;

const sorts = Object.entries(shapes) as readonly (readonly [AccountSort, Shape])[];

/** The sort of a code, and its account. A code that the chart does not know is a fault of ours. */
export function sortOf(code: string): readonly [AccountSort, AccountCode] {
  for (const [sort, { code: pattern, ...rest }] of sorts) {
    const found = pattern.exec(code);
    const owner = found?.groups?.["owner"];
    if (found) return [sort, { code, ...rest, ...(owner === undefined ? {} : { owner }) }];
  }
  throw new RangeError(`the chart of accounts has no ${code}`);
}

/** The account of a code. */
export const accountOf = (code: string): AccountCode => sortOf(code)[1];

/** Debit-normal accounts grow by debits; the others by credits. */
export const normalOf = ({ class: class_ }: AccountCode): 1n | -1n => (class_ === "asset" || class_ === "expense" ? 1n : -1n);

const inCurrency = (foreign?: string): string => (foreign === undefined ? "" : `:${foreign}`);

export const bank = (name: string, foreign?: string): AccountCode => accountOf(`bank:${name}${inCurrency(foreign)}`);
export const receivableOfClient = (id: string, foreign?: string): AccountCode => accountOf(`receivable:client:${id}${inCurrency(foreign)}`);
/** The account of a member's budget: `into` names one they opened; absent, it is the first. */
export const budgetOfMember = (id: string, into?: string): AccountCode =>
  accountOf(into === undefined ? `member:${id}:budget` : `member:${id}:budget:${into}`);
export const advanceOfMember = (id: string): AccountCode => accountOf(`member:${id}:advance`);
export const shareOfMember = (id: string): AccountCode => accountOf(`member:${id}:share`);
export const pot = (name: Pot | "reinsurance"): AccountCode => accountOf(`pot:${name}`);
/** What we owe a sister, what it owes us, and what is left of both once they are set off; by the id of its host. */
export const payableToCoop = (host: string): AccountCode => accountOf(`payable:coop:${host}`);
export const receivableOfCoop = (host: string): AccountCode => accountOf(`receivable:coop:${host}`);
export const settlementWithCoop = (host: string): AccountCode => accountOf(`settlement:coop:${host}`);
export const vatRelief = (country: string): AccountCode => accountOf(`vat:${country}:relief`);
export const vatDue = (country: string): AccountCode => accountOf(`vat:${country}:due`);
/** What we may deduct of what was bought. */
export const vatInput = (country: string): AccountCode => accountOf(`vat:${country}:input`);
/** Money set aside by the vote on this proposal. */
export const initiative = (proposal: string): AccountCode => accountOf(`initiative:${proposal}`);
/** What we owe to somebody outside who lent to us. */
export const loanOfLender = (id: string): AccountCode => accountOf(`loan:lender:${id}`);
export const payoutTransit = accountOf("payout:transit");
/** Of whoever is employed: net pay that is owed and not under way, and what the social offices are owed of both sides. */
export const payrollNet = accountOf("payroll:net");
export const payrollEmployee = accountOf("payroll:employee");
export const payrollEmployer = accountOf("payroll:employer");
export const unmatched = accountOf("suspense:unmatched");
/** What strangers sent, until it went back to them. */
export const strays = accountOf("suspense:strays");
/** What rounding by others costs, or brings. */
export const rounding = accountOf("rounding");
/** What the coop pays for, and what comes in besides the fee, by its name: borne and carried on when the year is closed. */
export const spent = (cost: Cost): AccountCode => accountOf(`expense:${cost}`);
export const earned = (income: Income): AccountCode => accountOf(`income:${income}`);
export const bankCharges = spent("bank");
/** What is owed to us in foreign money, mirrored, so that its currency balances by itself; and what that is worth at home. */
export const heldIn = (foreign: string): AccountCode => accountOf(`fx:${foreign}`);
export const worthOfHeld = (foreign: string, home: string): AccountCode => accountOf(`fx:${foreign}:${home}`);
/** What rates of exchange cost, or bring. */
export const exchangeResult = accountOf("fx:result");
