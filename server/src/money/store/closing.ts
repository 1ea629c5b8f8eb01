// Months of the book in SQL: what one lacks before it is closed, what was proposed, and what a year leaves on the accounts of its costs.
import { sql } from "kysely";
import type { readClosing } from "@partcommune/shared/money/api";
import { accountOf, bank as bankAccount, pot } from "@partcommune/shared/money/rules/accounts";
import { endsYear, nextClosing, type OpenMonth, type Result } from "@partcommune/shared/money/rules/closing";
import type { Proposal } from "@partcommune/shared/money/rules/two-people";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { worthOf, type Held } from "@partcommune/shared/money/rules/foreign";
import { minus, sum, zero, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { balanceAt, balanceOf } from "./ledger.ts";
import { rateOn } from "./rates.ts";

export type Book = { readonly closedUntil: Day; readonly country: string; readonly currency: string; readonly zone: string };

/** The coop's one book; undefined where nothing was ever booked. */
export const bookIn = async (db: Database | Tx): Promise<Book | undefined> =>
  db
    .selectFrom("ledger.book")
    .select(["closed_until as closedUntil", "country", "home_currency as currency", "time_zone as zone"])
    .executeTakeFirst();

/** The month that is closed next, with what it lacks; undefined where no book stands. */
export async function openMonth(db: Database | Tx, name: string): Promise<OpenMonth | undefined> {
  const book = await bookIn(db);
  if (!book) return undefined;
  const until = nextClosing(book.closedUntil, await firstAfter(db, book.closedUntil));
  const { rows } = await sql<Pick<OpenMonth, "lines" | "unsealed">>`
    select
      (select count(*) from money.bank_line where state = 'entered' and part_of is null and booked_on <= ${until}::date)::int
        + (select count(*) from money.statement_line where line is null and booked_on <= ${until}::date)::int as lines,
      (select count(*) from ledger.entry where value_on <= ${until}::date and value_on > ${book.closedUntil}::date
        and not exists (select from ledger.sealed where sealed.entry_id = entry.entry_id))::int as unsealed`.execute(db);
  return { until, ...(rows[0] ?? { lines: 0, unsealed: 0 }), bank: await balanceAt({ db }, bankAccount(name), until, book.currency) };
}

/** The day of the first entry that is not closed. */
async function firstAfter(db: Database | Tx, day: Day): Promise<Day | undefined> {
  const { first } = await db
    .selectFrom("ledger.entry")
    .select((eb) => eb.fn.min("value_on").as("first"))
    .where("value_on", ">", day)
    .executeTakeFirstOrThrow();
  return first ?? undefined;
}

/** What costs and returns until a day have left on their accounts. */
export async function resultsUntil(db: Database | Tx, day: Day): Promise<readonly Result[]> {
  const { rows } = await sql<{ code: string; currency: string; left: bigint }>`
    select code, leg.currency, sum(amount)::bigint as left from ledger.leg join ledger.entry using (entry_id)
      join ledger.account using (account_id)
    where class in ('expense', 'income') and value_on <= ${day}::date
    group by code, leg.currency having sum(amount) <> 0 order by code`.execute(db);
  return rows.map(({ code, currency, left: minor }) => ({ account: accountOf(code), left: { minor, currency } }));
}

/** What clients owe in foreign money on a day, mirrored, and what it is worth by the rates it was booked at. */
export async function heldForeign(db: Database | Tx, day: Day, home: string): Promise<readonly Held[]> {
  const { rows } = await sql<{ currency: string; held: bigint; worth: bigint }>`
    select split_part(code, ':', 2) as currency, coalesce(sum(amount) filter (where code ~ '^fx:[A-Z]{3}$'), 0)::bigint as held,
      coalesce(sum(amount) filter (where code ~ '^fx:[A-Z]{3}:'), 0)::bigint as worth
    from ledger.leg join ledger.entry using (entry_id) join ledger.account using (account_id)
    where code ~ '^fx:[A-Z]{3}' and value_on <= ${day}::date group by 1 having sum(abs(amount)) > 0 order by 1`.execute(db);
  return rows.flatMap(({ currency, held, worth }) =>
    held === 0n ? [] : [{ held: { minor: held, currency }, worth: { minor: worth, currency: home } }],
  );
}

/** What the running pot may spend. */
export const runningPot = async (db: Database | Tx, currency: string): Promise<Money> =>
  (await balanceOf({ db }, pot("running")))?.available ?? zero(currency);

export type NewClosing = { readonly until: Day; readonly bank: Money; readonly proposedBy: Id };

/** Saves a proposal, unless one waits already. */
export async function saveClosing({ tx, now, id }: Scope, { until, bank, proposedBy }: NewClosing): Promise<Id | undefined> {
  const { minor: bank_minor, currency } = bank;
  const row = await tx
    .insertInto("money.closing")
    .values({ id: id(), until_on: until, bank_minor, currency, state: "proposed", proposed_by: proposedBy, proposed_at: now })
    .onConflict((conflict) =>
      conflict
        .expression(sql`(true)`)
        .where("state", "=", sql.lit("proposed"))
        .doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export async function closingAt({ tx }: Pick<Scope, "tx">, id: Id): Promise<(Proposal & Omit<NewClosing, "proposedBy">) | undefined> {
  const row = await tx.selectFrom("money.closing").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) return undefined;
  const { state, proposed_by: proposedBy, until_on: until, bank_minor: minor, currency } = row;
  return { state, proposedBy, until, bank: { minor, currency } };
}

/** What the bank's own file says of the end of a day. */
async function statementOf(db: Database | Tx, day: Day): Promise<Money | undefined> {
  const row = await db
    .selectFrom("money.statement")
    .select(["closing_minor as minor", "currency"])
    .where("until_on", "=", day)
    .where("state", "in", ["taken", "accepted"])
    .where("closing_minor", "is not", null)
    .$narrowType<{ minor: bigint }>()
    .orderBy("imported_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row;
}

type Valued = NonNullable<NonNullable<AnswerOf<typeof readClosing>["next"]>["foreign"]>;

/** The same as it would be valued with the year. */
async function valuedAt(db: Database | Tx, day: Day, home: string): Promise<Valued> {
  const valued: Valued = [];
  for (const { held, worth: booked } of await heldForeign(db, day, home)) {
    const owed = { ...held, minor: -held.minor };
    const rate = await rateOn({ db }, owed.currency, day);
    valued.push({ owed, booked, ...(rate ? { worth: worthOf(owed, rate, home) } : {}) });
  }
  return valued;
}

const shownMonths = 24;

/** How far the book is closed, and what closing the next month waits for. */
export async function closingPage({ db, now, actor }: View, name: string): Promise<AnswerOf<typeof readClosing>> {
  const book = await bookIn(db);
  const month = await openMonth(db, name);
  if (!book || !month) return { closed: [] };
  const rows = await db
    .selectFrom("money.closing as closing")
    .innerJoin("membership.person_card as proposer", "proposer.id", "closing.proposed_by")
    .leftJoin("membership.person_card as confirmer", "confirmer.id", "closing.confirmed_by")
    .select(["closing.id", "closing.until_on as until", "closing.state", "closing.proposed_by", "closing.confirmed_at"])
    .select(["proposer.name as by", "confirmer.name as confirmedBy"])
    .where("closing.state", "<>", "discarded")
    .orderBy("closing.until_on", "desc")
    .orderBy("closing.id", "desc")
    .limit(shownMonths)
    .execute();
  const proposed = rows.find(({ state }) => state === "proposed");
  const statement = await statementOf(db, month.until);
  const results = endsYear(month.until) ? await resultsUntil(db, month.until) : [];
  const foreign = endsYear(month.until) ? await valuedAt(db, month.until, book.currency) : [];
  const left = [...results.map((each) => each.left), ...foreign.flatMap(({ booked, worth }) => (worth ? [minus(booked, worth)] : []))];
  return {
    closedUntil: book.closedUntil,
    next: {
      ...month,
      over: dayOf(now, book.zone) > month.until,
      ...(statement ? { statement } : {}),
      ...(foreign.length > 0 ? { foreign } : {}),
      ...(left.length > 0 ? { result: sum(zero(book.currency), ...left) } : {}),
    },
    ...(proposed
      ? {
          proposed: {
            id: proposed.id,
            until: proposed.until,
            by: proposed.by ?? "",
            mine: actor.kind === "person" && actor.person === proposed.proposed_by,
          },
        }
      : {}),
    closed: rows.flatMap(({ until, by, confirmedBy, confirmed_at: at }) =>
      at === null ? [] : [{ until, by: by ?? "", confirmedBy: confirmedBy ?? "", at }],
    ),
  };
}
