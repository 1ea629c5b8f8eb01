// Rates of foreign money in SQL: which one is taken on a day, and who said it.
import { sql } from "kysely";
import type { listRates, readRatesToday } from "@partcommune/shared/money/api/rates";
import { oldestRateFor, textOfPpm, type Rate } from "@partcommune/shared/money/rules/foreign";
import type { Proposal } from "@partcommune/shared/money/rules/two-people";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day } from "@partcommune/shared/platform/time";
import { cursorOf, isBehind } from "../../platform/list.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import type { Reading } from "./ledger.ts";

const rates = ({ db }: Reading) =>
  db.selectFrom("money.fx_rate as rate").select(["currency", "on_day as on", "home_ppm as home", "foreign_ppm as foreign"]);

/** The newest rate of a day or of the days before it that may still be taken. */
export const rateOn = (reading: Reading, currency: string, day: Day): Promise<Rate | undefined> =>
  rates(reading)
    .where("currency", "=", currency)
    .where("state", "=", "confirmed")
    .where("on_day", "<=", day)
    .where("on_day", ">=", oldestRateFor(day))
    .orderBy("on_day", "desc")
    .limit(1)
    .executeTakeFirst();

export type NewRate = Rate & { readonly source: string };

/** Saves a rate that one treasurer says. A rate of that day that stands or waits lets none in. */
export async function saveRate({ tx, now, id }: Scope, rate: NewRate, proposedBy: Id): Promise<Id | undefined> {
  const row = await tx
    .insertInto("money.fx_rate")
    .values({ id: id(), ...rowOf(rate), state: "proposed", proposed_by: proposedBy, proposed_at: now })
    .onConflict((conflict) => conflict.columns(["currency", "on_day"]).where("state", "<>", sql.lit("discarded")).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

const rowOf = ({ currency, on, home, foreign, source }: NewRate) => ({
  currency,
  on_day: on,
  home_ppm: home,
  foreign_ppm: foreign,
  source,
});

// A history of the bank is some eighty thousand rates.
const rowsAtOnce = 1_000;

/** Keeps what a file says. A rate that is known already stays, and so does one that waits for its second treasurer. */
export async function keepRates({ tx, now, id }: Scope, all: readonly NewRate[]): Promise<number> {
  let kept = 0n;
  for (let from = 0; from < all.length; from += rowsAtOnce) {
    const rows = all.slice(from, from + rowsAtOnce);
    const saved = await tx
      .insertInto("money.fx_rate")
      .values(rows.map((rate) => ({ id: id(), ...rowOf(rate), state: "confirmed", proposed_at: now, confirmed_at: now })))
      .onConflict((conflict) => conflict.columns(["currency", "on_day"]).where("state", "<>", sql.lit("discarded")).doNothing())
      .executeTakeFirst();
    kept += saved.numInsertedOrUpdatedRows ?? 0n;
  }
  return Number(kept);
}

export async function rateAt({ tx }: Pick<Scope, "tx">, id: Id): Promise<(Proposal & Pick<Rate, "currency" | "on">) | undefined> {
  const row = await tx.selectFrom("money.fx_rate").selectAll().where("id", "=", id).executeTakeFirst();
  // What a file said was proposed by nobody, and waits for nobody.
  return row && { state: row.state, proposedBy: row.proposed_by ?? "", currency: row.currency, on: row.on_day };
}

const quotientOf = ({ home, foreign, ...rate }: NewRate) => ({ ...rate, home: textOfPpm(home), foreign: textOfPpm(foreign) });

/** The newest rate of each money that one may be taken of on a day. */
export const ratesOn = (reading: Reading, day: Day): Promise<readonly NewRate[]> =>
  rates(reading)
    .select("source")
    .distinctOn("currency")
    .where("state", "=", "confirmed")
    .where("on_day", "<=", day)
    .where("on_day", ">=", oldestRateFor(day))
    .orderBy("currency")
    .orderBy("on_day", "desc")
    .execute();

/** The coop's own money, and what other money is worth in it today. */
export type Exchange = { readonly currency: string; readonly rates: readonly Rate[] };

/** What amounts in several moneys are compared by today. */
export async function exchangeToday({ db, now }: Pick<View, "db" | "now">): Promise<Exchange> {
  const { currency, zone } = await bookOf(db);
  return { currency, rates: await ratesOn({ db }, dayOf(now, zone)) };
}

/** What jobs may be priced in today, and by which rates. */
export async function ratesToday({ db, now }: Pick<View, "db" | "now">): Promise<AnswerOf<typeof readRatesToday>> {
  const coop = await db.selectFrom("platform.coop").select(["currency", "zone"]).executeTakeFirst();
  if (!coop) return { rates: [] };
  return { home: coop.currency, rates: (await ratesOn({ db }, dayOf(now, coop.zone))).map(quotientOf) };
}

/** Rates, newest day first, with who said them. */
export async function ratesKnown({ actor, db }: View, { limit, after }: InputOf<typeof listRates>): Promise<AnswerOf<typeof listRates>> {
  const rows = await rates({ db })
    .leftJoin("membership.person_card as proposer", "proposer.id", "rate.proposed_by")
    .leftJoin("membership.person_card as confirmer", "confirmer.id", "rate.confirmed_by")
    .select([
      "rate.id",
      "rate.source",
      "rate.state",
      "rate.proposed_by",
      "rate.proposed_at",
      "proposer.name as by",
      "confirmer.name as confirmedBy",
    ])
    .where("rate.state", "<>", "discarded")
    .where((eb) => isBehind(eb, after, "<", "rate.proposed_at", "rate.id"))
    .orderBy("rate.proposed_at", "desc")
    .orderBy("rate.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ id, state, by, confirmedBy, proposed_by: proposedBy, currency, on, home, foreign, source }) => ({
      id,
      ...quotientOf({ currency, on, home, foreign, source }),
      state: state as "proposed" | "confirmed",
      mine: actor.kind === "person" && actor.person === proposedBy,
      ...(by === null ? {} : { by }),
      ...(confirmedBy === null ? {} : { confirmedBy }),
    })),
    ...(rows.length > limit && last ? { next: cursorOf(last.proposed_at, last.id) } : {}),
  };
}
