// Money of other countries: what it is worth at home on a day, and the entry of a foreign invoice. Members, pots and the state are owed home money alone; only what a client owes is foreign.
import { dayAfter } from "../../platform/calendar.ts";
import { divideHalfEven, exponentOf, minus, wholePpm, type Money, type Ppm } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day } from "../../platform/time.ts";
import { bank, exchangeResult, heldIn, receivableOfClient, sortOf, worthOfHeld, type AccountCode } from "./accounts.ts";
import { credit, debit, moved, type Leg } from "./legs.ts";

export const problems = {
  "rate-missing": {
    status: 409,
    says: "No rate of {currency} is known for {on} or the seven days before it, so nothing is priced, invoiced or valued in it.",
    rule: "no rate, no invoice",
    changedBy: "two treasurers, who enter the rate on their desk; or the operator, with the central bank's file",
  },
  "rate-of-home-money": {
    status: 422,
    says: "{currency} is the coop's own money: it has no rate.",
    rule: "rates are of foreign money",
    changedBy: "nobody: the coop keeps its book in it",
  },
  "rate-known": {
    status: 409,
    says: "A rate of {currency} for {on} is known already, or waits for its second treasurer.",
    rule: "one rate of a currency and day, and invoices stand by it",
    changedBy: "whoever discards the one that waits; one that is confirmed stays",
  },
  "rate-in-future": {
    status: 422,
    says: "A rate of {on} cannot be known today.",
    rule: "rates are of days that have come",
    changedBy: "time",
  },
} as const satisfies Problems;

/** So much home money is so much of the other, as it was published: a quotient, since one of the two as a decimal number would be rounded. */
export type Rate = {
  readonly currency: string;
  readonly on: Day;
  /** In the coop's own money, and in the other. */
  readonly home: Ppm;
  readonly foreign: Ppm;
};

/** `0.9615` as 961 500 millionths. */
export function ppmOfText(text: string): Ppm {
  const [units = "0", decimals = ""] = text.split(".");
  return BigInt(units + decimals.padEnd(6, "0"));
}

/** 961 500 millionths as `0.9615`: the inverse. */
export function textOfPpm(ppm: Ppm): string {
  const decimals = (ppm % wholePpm).toString().padStart(6, "0").replace(/0+$/, "");
  return `${ppm / wholePpm}${decimals === "" ? "" : `.${decimals}`}`;
}

/** How long a rate is taken for that of a later day. No central bank's rates stand still longer than five days (Easter, Christmas before a weekend); two more to read them in. */
export const rateHoldsDays = 7;

/** The first day whose rate may still be taken on a day. */
export const oldestRateFor = (day: Day): Day => dayAfter(day, -rateHoldsDays);

/** What foreign money is worth at home, rounded once. */
export function worthOf({ minor, currency }: Money, { home, foreign }: Pick<Rate, "home" | "foreign">, at: string): Money {
  const [up, down] = [10n ** BigInt(exponentOf(at)), 10n ** BigInt(exponentOf(currency))];
  return { minor: divideHalfEven(minor * home * up, foreign * down), currency: at };
}

/** Home money in the other, by the same quotient. */
export const inForeign = (money: Money, { home, foreign, currency }: Rate): Money =>
  worthOf(money, { home: foreign, foreign: home }, currency);

/** Why a rate cannot be entered. */
export function objectionToRate({ currency, on }: Pick<Rate, "currency" | "on">, home: string, today: Day): Refusal | undefined {
  if (currency === home) return refuse("rate-of-home-money", { currency });
  return on > today ? refuse("rate-in-future", { on }) : undefined;
}

/** What is open of an invoice in its own money, and what that is worth at home by the rate of the invoice. */
export type OpenWorth = { readonly open: Money; readonly worth: Money };

/** What a part of it is worth; with the last part nothing is left of either. */
export function worthOfPart({ open, worth }: OpenWorth, part: Money): Money {
  if (part.minor === open.minor || part.currency === worth.currency) return part.currency === worth.currency ? part : worth;
  return { minor: divideHalfEven(worth.minor * part.minor, open.minor), currency: worth.currency };
}

const isOwedByClient = ({ account }: Leg): boolean => sortOf(account.code)[0] === "receivableOfClient";

/**
 * An entry as it would be in home money, where the client owes `owed` of another: what is owed stands in that money, held against its worth
 * at home, and each currency balances by itself. Of home money it is the entry as it was.
 */
export function legsOwedIn(legs: readonly Leg[], owed: Money): readonly Leg[] {
  return legs.flatMap((leg) => {
    const { account, money } = leg;
    if (!isOwedByClient(leg) || money.currency === owed.currency) return [leg];
    const signed = { ...owed, minor: money.minor < 0n ? -owed.minor : owed.minor };
    return [
      debit(receivableOfClient(account.owner ?? "", owed.currency), signed),
      credit(heldIn(owed.currency), signed),
      debit(worthOfHeld(owed.currency, money.currency), money),
    ];
  });
}

/** The same entry in home money again: what was posted of a foreign invoice, for whatever is reckoned from it. A difference of exchange is no part of it. */
export function legsAtHome(legs: readonly Leg[], home: string): readonly Leg[] {
  const owner = legs.find(isOwedByClient)?.account.owner ?? "";
  return legs
    .filter(({ account, money }) => money.currency === home && account.code !== exchangeResult.code)
    .map((leg) => (isWorth(leg.account) ? { ...leg, account: receivableOfClient(owner) } : leg));
}

const isWorth = ({ code }: AccountCode): boolean => /^fx:[A-Z]{3}:[A-Z]{3}$/.test(code);

/** A foreign invoice is paid: the bank credits what its rate of that day makes of it, and the difference is borne in common. */
export function legsOfForeignPaid(paid: {
  readonly client: string;
  readonly bank: string;
  readonly settled: Money;
  readonly worth: Money;
  readonly received: Money;
}): readonly Leg[] {
  const { client, settled, worth, received } = paid;
  return moved([
    credit(receivableOfClient(client, settled.currency), settled),
    debit(heldIn(settled.currency), settled),
    debit(bank(paid.bank), received),
    credit(worthOfHeld(settled.currency, worth.currency), worth),
    debit(exchangeResult, minus(worth, received)),
  ]);
}

/** The same where nothing is open any more: whatever roundings left of its worth goes with it, as a difference of exchange. */
export const legsWithRest = (legs: readonly Leg[], foreign: string, rest: Money): readonly Leg[] => {
  const { code } = worthOfHeld(foreign, rest.currency);
  return moved([
    ...legs.map((leg) => (leg.account.code === code ? { ...leg, money: minus(leg.money, rest) } : leg)),
    debit(exchangeResult, rest),
  ]);
};

/** The bank has credited other money than a sum was worth: the rest is a difference of exchange. */
export const legsReceivedAs = (legs: readonly Leg[], came: AccountCode, received: Money): readonly Leg[] =>
  moved(
    legs.flatMap(({ account, money }) =>
      account.code === came.code ? [debit(account, received), debit(exchangeResult, minus(money, received))] : [{ account, money }],
    ),
  );

/** What the book holds in a currency, and what it is worth at home by the rates it was booked at. Clients' debts stand on the other side, so what is held is below zero. */
export type Held = { readonly held: Money; readonly worth: Money };

/** What clients still owe in foreign money is worth at the end of a year what the rate of its last day makes of it. */
export function legsOfRevalued({ held, worth }: Held, rate: Rate): readonly Leg[] {
  const now = worthOf({ ...held, minor: -held.minor }, rate, worth.currency);
  const lost = minus(worth, now);
  return moved([debit(exchangeResult, lost), credit(worthOfHeld(held.currency, worth.currency), lost)]);
}
