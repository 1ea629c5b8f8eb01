// The law of a treaty's terms: what members can be asked to agree to, and how far officers may go from it without asking again.
import { dayAfter, dayOf, monthOf, monthsAfter, startOfDay } from "../../platform/calendar.ts";
import { amountText, type MoneyText } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { same } from "../../platform/same.ts";
import type { Instant } from "../../platform/time.ts";
import { bylawMinor } from "./bylaws.ts";
import type { Exposure, Mandate, Terms } from "./terms.ts";

export const problems = {
  "treaty-at-its-page": {
    status: 409,
    says: "A treaty is proposed from the page of the other coop, where its terms stand.",
    rule: "members vote on what they were shown",
  },
  "treaty-stays": {
    status: 409,
    says: "The terms of a treaty stay as they were proposed. For other terms, withdraw this proposal and write another.",
    rule: "members vote on what they were shown",
  },
  "treaty-currency": { status: 422, says: "This coop keeps no books in {currency}, so it can owe nothing in it." },
  "treaty-limits": { status: 422, says: "Each currency needs one limit of what may be owed, and no other currency has one." },
  "treaty-exposure": {
    status: 422,
    says: "One sister may owe {most} at most; these terms say {asked}.",
    rule: "treaty.exposure",
    changedBy: "the members, by vote",
  },
  "treaty-over": { status: 422, says: "A treaty ends after it begins, and in the future." },
  "treaty-too-long": {
    status: 422,
    says: "A treaty that begins then ends on {until} at the latest.",
    rule: "treaty.termMonths",
    changedBy: "the members, by vote",
  },
  "treaty-mandate": {
    status: 422,
    says: "What officers may agree to holds the proposed terms, and stays within what the bylaws allow.",
    rule: "officers go as far as members let them",
    changedBy: "whoever writes the proposal",
  },
  "treaty-outside-mandate": {
    status: 409,
    says: "These terms go further than the members let their officers go. Only the members can agree to them, by another vote.",
    rule: "officers go as far as members let them",
    changedBy: "the members, by another vote",
  },
} as const satisfies Problems;

/** What of our own law bears on terms: the currency of our books, the most one sister may owe in it, how long a treaty lasts. */
export type Bounds = {
  readonly currency: string;
  readonly exposure: string;
  readonly termMonths: number;
  readonly now: Instant;
};

/** The last instant at which a treaty may end that begins then. Its days are those of no coop's own zone. */
export const latestEnd = (startsAt: Instant, termMonths: number): Instant =>
  startOfDay(monthsAfter(dayOf(startsAt, "UTC"), termMonths), "UTC");

/** Why members cannot be asked to agree to these terms. */
export function objectionToTerms(terms: Terms, bounds: Bounds): Refusal | undefined {
  const foreign = terms.currencies.find((currency) => currency !== bounds.currency);
  if (foreign !== undefined) return refuse("treaty-currency", { currency: foreign });
  const limited = terms.exposure.map(({ currency }) => currency);
  if (!same(terms.currencies.toSorted(), limited.toSorted())) return refuse("treaty-limits");
  const high = terms.exposure.find(({ amount, currency }) => isMore({ amount, currency }, bounds.exposure));
  if (high) return refuse("treaty-exposure", { asked: said(high), most: said({ ...high, amount: bounds.exposure }) });
  if (terms.expiresAt <= terms.startsAt || terms.expiresAt <= bounds.now) return refuse("treaty-over");
  const until = latestEnd(terms.startsAt, bounds.termMonths);
  return terms.expiresAt > until ? refuse("treaty-too-long", { until }) : undefined;
}

/** Why officers cannot be given this mandate: it leaves the terms themselves out, or goes beyond the bylaws. */
export function objectionToMandate(mandate: Mandate, terms: Terms, bounds: Bounds): Refusal | undefined {
  const beyond = mandate.exposure.some(({ amount, currency }) => isMore({ amount, currency }, bounds.exposure));
  const tooLong = mandate.expiresBy > latestEnd(terms.startsAt, bounds.termMonths);
  return beyond || tooLong || objectionToRedraft(terms, terms, mandate) ? refuse("treaty-mandate") : undefined;
}

/** Why officers may not lay these terms on the table in place of those that were voted. */
export function objectionToRedraft(next: Terms, voted: Terms, mandate: Mandate): Refusal | undefined {
  const holds =
    same(untouched(next), untouched(voted)) &&
    within(next.hostSharePpm, mandate.hostSharePpm) &&
    within(next.settleWithinDays, mandate.settleWithinDays) &&
    next.exposure.every((each) => mandate.exposure.some((most) => most.currency === each.currency && !isMore(each, most.amount))) &&
    next.expiresAt <= mandate.expiresBy;
  return holds ? undefined : refuse("treaty-outside-mandate");
}

/** What no mandate speaks of: it stays as it was voted. */
const untouched = ({ currencies, creditRisk, nettingDay, countries, startsAt }: Terms) => ({
  currencies,
  creditRisk,
  nettingDay,
  countries,
  startsAt,
});

const within = (value: number, [least, most]: readonly [number, number]): boolean => value >= least && value <= most;

const isMore = ({ amount, currency }: Exposure, most: string): boolean => bylawMinor(amount, currency) > bylawMinor(most, currency);

const said = ({ amount, currency }: Exposure): MoneyText => ({
  amount: amountText({ minor: bylawMinor(amount, currency), currency }),
  currency,
});

type Begun = Bounds & { readonly hostSharePpm: number; readonly country: string; readonly nettingDay: number };

/** Terms to begin from, as the bylaws have them, and how far officers could go from them. They begin with a month that a vote can be over by. */
export function termsToBeginFrom(from: Begun): { readonly terms: Terms; readonly mandate: Mandate } {
  const { hostSharePpm, currency, country, nettingDay, termMonths, now } = from;
  const startsAt = startOfDay(monthOf(dayAfter(dayOf(now, "UTC"), 76)), "UTC");
  const [exposure, expiresAt] = [[{ amount: from.exposure, currency }], latestEnd(startsAt, termMonths)];
  const rest = { currencies: [currency], creditRisk: "host", settleWithinDays: 10, countries: [country] } as const;
  const share = [Math.max(hostSharePpm - 50_000, 0), Math.min(hostSharePpm + 50_000, 500_000)] as const;
  return {
    terms: { hostSharePpm, nettingDay, exposure, startsAt, expiresAt, ...rest },
    mandate: { hostSharePpm: share, exposure, settleWithinDays: [5, 30], expiresBy: expiresAt },
  };
}
