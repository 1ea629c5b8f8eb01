// Rates of foreign money: one treasurer says what was published, another confirms; and what foreign money is worth, for whoever asks.
import type * as api from "@partcommune/shared/money/api/rates";
import { inForeign, objectionToRate, ppmOfText, worthOf, type Rate } from "@partcommune/shared/money/rules/foreign";
import { objectionToConfirming } from "@partcommune/shared/money/rules/two-people";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { wholePpm, type Money } from "@partcommune/shared/platform/money";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import type { Reading } from "../store/ledger.ts";
import * as store from "../store/rates.ts";
import { confirmProposed, discardProposed } from "../store/two-people.ts";
import { askingPerson } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** The rate that is taken on a day. Nothing is priced or invoiced in money of which none is known. */
export async function rateFor(reading: Reading, currency: string, on: Rate["on"]): Promise<Rate> {
  const rate = await store.rateOn(reading, currency, on);
  refuseUnless(rate !== undefined, "rate-missing", { currency, on });
  return rate;
}

/** The rate of today; none of the coop's own money, which needs none. */
export async function rateToday({ db, now }: Pick<View, "db" | "now">, currency: string): Promise<Rate | undefined> {
  const { currency: home, zone } = await bookOf(db);
  return currency === home ? undefined : rateFor({ db }, currency, dayOf(now, zone));
}

/** What an amount is worth in the coop's own money, by a rate that was taken; without one it is in that money. */
export async function worthAt({ db }: Reading, money: Money, rate: Pick<Rate, "home" | "foreign"> | undefined): Promise<Money> {
  return rate ? worthOf(money, rate, (await bookOf(db)).currency) : money;
}

/** An amount of the coop's own money in another; none where no rate of it is known. */
export async function inMoneyOf({ db, now }: Pick<View, "db" | "now">, money: Money, currency: string): Promise<Money | undefined> {
  if (currency === money.currency) return money;
  const rate = await store.rateOn({ db }, currency, dayOf(now, (await bookOf(db)).zone));
  return rate && inForeign(money, rate);
}

/** Says a rate as it was published. Nothing is reckoned by it yet. */
export const proposeRate: Act<typeof api.proposeRate> = async (scope, { currency, on, home, foreign, source }) => {
  const { person } = askingPerson(scope);
  const { currency: own, zone } = await bookOf(scope.tx);
  refuseIf(objectionToRate({ currency, on }, own, dayOf(scope.now, zone)));
  const id = await store.saveRate(scope, { currency, on, home: ppmOfText(home), foreign: ppmOfText(foreign), source }, person);
  refuseUnless(id !== undefined, "rate-known", { currency, on });
  told(scope, "rate.proposed", id, currency);
  return { id };
};

/** Confirms a rate as another treasurer: from now on invoices may stand by it. */
export const confirmRate: Act<typeof api.confirmRate> = async (scope, { rate: id }) => {
  const { person } = askingPerson(scope);
  const rate = found(await store.rateAt(scope, id));
  refuseIf(objectionToConfirming(rate, person));
  refuseUnless(await confirmProposed(scope, "money.fx_rate", id, person), "not-in-this-state", { state: "confirmed" });
  told(scope, "rate.confirmed", id, rate.currency);
  return {};
};

/** Discards a rate that nobody confirmed. */
export const discardRate: Act<typeof api.discardRate> = async (scope, { rate: id }) => {
  const { person } = askingPerson(scope);
  const { state, currency } = found(await store.rateAt(scope, id));
  refuseUnless(await discardProposed(scope, "money.fx_rate", id, person), "not-in-this-state", { state });
  told(scope, "rate.discarded", id, currency);
  return {};
};

const told = (scope: Scope, type: "rate.proposed" | "rate.confirmed" | "rate.discarded", subject: string, currency: string): void =>
  scope.emit({ type, subject, body: { currency }, about: ["desk:money"] });

/** What a central bank's file says, in its own words: so much of each money is one of `base`. */
export type Published = { readonly base: string; readonly on: Rate["on"]; readonly rates: ReadonlyMap<string, bigint> };

/** Keeps what a file says: each rate beside the coop's own money, which may be another than the file's. Answers how many are new. */
export const importRates: Action<{ readonly published: readonly Published[]; readonly source: string }, { kept: number }> = async (
  scope,
  { published, source },
) => {
  const { currency: own } = await bookOf(scope.tx);
  const all = published.flatMap(({ base, on, rates }) => {
    const home = base === own ? wholePpm : rates.get(own);
    if (home === undefined) return [];
    return [...rates, [base, wholePpm] as const].flatMap(([currency, foreign]) =>
      currency === own ? [] : [{ currency, on, home, foreign, source }],
    );
  });
  return { kept: await store.keepRates(scope, all) };
};
