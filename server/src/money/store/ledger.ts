// The book in SQL: entries go in through one function, balances and entries come out.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { sql } from "kysely";
import type { Entry, Hold, HoldEnd } from "@partcommune/shared/money/rules/entry";
import { accountOf, settlementWithCoop, type AccountCode } from "@partcommune/shared/money/rules/accounts";
import type { Leg } from "@partcommune/shared/money/rules/legs";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { batchesOf } from "../../platform/batches.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { accountIds, type WantedAccount } from "./accounts.ts";
import { refusing } from "./refusals.ts";

export type Posting = Pick<Scope, "tx" | "now" | "id" | "reach">;
export type Reading = Pick<View, "db">;

/** `fresh` is false when this business fact was posted before, and nothing happened now. */
export type Posted = { readonly key: string; readonly entry: bigint; readonly fresh: boolean };

// As many as the book takes in one call.
const mostAtOnce = 5_000;

/** Posts entries, all of them or none, inside the action's own transaction. */
export async function post(scope: Posting, entries: readonly Entry[]): Promise<readonly Posted[]> {
  const posted: Posted[] = [];
  for (const part of batchesOf(entries, mostAtOnce)) posted.push(...(await postTogether(scope, part)));
  return posted;
}

async function postTogether({ tx, now, id, reach }: Posting, entries: readonly Entry[]): Promise<readonly Posted[]> {
  const ids = await accountIds(tx, entries.flatMap(accountsIn));
  const idOf = ({ code }: AccountCode): string => String(ids.get(code));
  const batch = entries.map((entry) => ({ uid: id(), at: now, print: printOf(entry).toString("hex"), ...asJson(entry, idOf) }));
  reach("entry-posting");
  const { rows } = await refusing(
    sql<{ key: string; entry_id: bigint; fresh: boolean }>`select * from ledger.post(${JSON.stringify(batch)}::jsonb)`.execute(tx),
  );
  reach("entry-posted");
  return rows.map(({ key, entry_id: entry, fresh }) => ({ key, entry, fresh }));
}

const accountsIn = ({ legs, holds = [] }: Entry): readonly WantedAccount[] =>
  [...legs, ...holds].map(({ account, money }) => ({ account, currency: money.currency }));

const legJson =
  (name: (account: AccountCode) => string) =>
  ({ account, money }: Leg) => [name(account), money.currency, String(money.minor)];

const holdJson =
  (name: (account: AccountCode) => string) =>
  ({ account, money, kind, key, expiresAt }: Hold) => [name(account), String(money.minor), kind, key, expiresAt ?? null];

const endJson = (end: HoldEnd) => [end.key, end.outcome, end.outcome === "posted" ? String(end.posted.minor) : null];

/** An entry as `ledger.post` takes it. The same shape with codes for ids is what its print is taken of. */
function asJson({ kind, key, on, legs, bylaws, cites, holds = [], ends = [], reverses }: Entry, name: (account: AccountCode) => string) {
  return {
    kind,
    key,
    on,
    legs: legs.map(legJson(name)),
    bylaws: bylaws.map(String),
    ...cites,
    ...(holds.length > 0 ? { holds: holds.map(holdJson(name)) } : {}),
    ...(ends.length > 0 ? { ends: ends.map(endJson) } : {}),
    ...(reverses === undefined ? {} : { reverses }),
  };
}

/** SHA-256 over the canonical JSON (RFC 8785) of everything that moves money: a repeat with the same print is the same entry. */
export function printOf(entry: Entry): Buffer {
  const { kind, on, legs, holds, ends, reverses } = asJson(entry, codeOf);
  const moving = { kind, on, legs, holds: holds ?? [], ends: ends ?? [], reverses: reverses ?? null, bearer: entry.cites?.bearer ?? null };
  return createHash("sha256")
    .update(canonicalize(moving) ?? "")
    .digest();
}

const codeOf = ({ code }: AccountCode): string => code;

export type Balance = {
  readonly account: AccountCode;
  /** Debit positive. */
  readonly balance: Money;
  readonly held: Money;
  readonly floor?: Money;
  /** On the account's normal side, less what is held and less the floor. */
  readonly available: Money;
};

type BalanceRow = { code: string; currency: string; balance: bigint; held: bigint; floor: bigint | null; available: bigint };

function balanceFrom({ code, currency, balance, held, floor, available }: BalanceRow): Balance {
  const money = (minor: bigint): Money => ({ minor, currency });
  return {
    account: accountOf(code),
    balance: money(balance),
    held: money(held),
    available: money(available),
    ...(floor === null ? {} : { floor: money(floor) }),
  };
}

/** What an account holds now; undefined while nothing was ever posted to it. */
export async function balanceOf({ db }: Reading, { code }: AccountCode): Promise<Balance | undefined> {
  const { rows } = await sql<BalanceRow>`
    select code, currency, balance, held, floor, available from ledger.account_balance where code = ${code}`.execute(db);
  return rows[0] && balanceFrom(rows[0]);
}

/** What an account held at the end of a day: what it holds now, less what came later. Entries of the kind `settling` count whenever they came. */
export async function balanceAt(
  { db }: Reading,
  account: AccountCode,
  day: Day,
  currency: string,
  settling?: Entry["kind"],
): Promise<Money> {
  const now = (await balanceOf({ db }, account))?.balance.minor ?? 0n;
  const { rows } = await sql<{ since: bigint }>`
    select coalesce(sum(amount), 0)::bigint as since from ledger.leg join ledger.entry using (entry_id)
    where account_id = (select account_id from ledger.account where code = ${account.code})
      and leg.year >= extract(year from ${day}::date) and value_on > ${day}::date and kind is distinct from ${settling ?? null}::ledger.kind_name`.execute(
    db,
  );
  return { minor: now - (rows[0]?.since ?? 0n), currency };
}

/** What is open between us and a sister after rounds: above zero it owes us. */
export async function settlementWith({ db }: Reading, sister: Id, currency: string): Promise<Money> {
  return (await balanceOf({ db }, settlementWithCoop(sister)))?.balance ?? { minor: 0n, currency };
}

/** Balances of all accounts whose code begins so, in the order of their codes: `pot:`, `member:{id}:`. */
export async function balancesUnder({ db }: Reading, prefix: string): Promise<readonly Balance[]> {
  const { rows } = await sql<BalanceRow>`
    select code, currency, balance, held, floor, available from ledger.account_balance where starts_with(code, ${prefix}) order by code`.execute(
    db,
  );
  return rows.map(balanceFrom);
}

export type Trial = { readonly currency: string; readonly debit: bigint; readonly credit: bigint; readonly difference: bigint };

/** Debits and credits of every currency; the difference is zero. */
export async function trialBalance({ db }: Reading): Promise<readonly Trial[]> {
  const { rows } = await sql<Trial>`select currency, debit, credit, difference from ledger.trial_balance order by currency`.execute(db);
  return rows;
}

/** An entry as it stands in the book. */
export type Booked = {
  readonly entry: bigint;
  readonly uid: string;
  readonly kind: string;
  readonly key: string;
  readonly at: Instant;
  readonly on: Day;
  readonly bylaws: readonly bigint[];
  readonly legs: readonly Leg[];
};

export type EntryPage = { readonly items: readonly Booked[]; readonly next?: bigint };

type BookedRow = Omit<Booked, "legs" | "bylaws"> & {
  readonly bylaws: readonly string[];
  readonly legs: readonly [code: string, currency: string, amount: string][];
};

/** The entries that touched an account, newest first, each with all its legs. `after` is the `next` of the page before. */
export async function entriesOf(
  { db }: Reading,
  { code }: AccountCode,
  { limit, after }: { readonly limit: number; readonly after?: bigint },
): Promise<EntryPage> {
  // The ids come off the account's index alone, newest first, so a pot with millions of legs is read no further than the page.
  const { rows } = await sql<BookedRow>`
    select entry_id as entry, uid, kind, key, at, value_on as "on", bylaws::text[] as bylaws, ${legsAsText} as legs
    from ledger.entry join (
      select distinct entry_id from ledger.leg
      where account_id = (select account_id from ledger.account where code = ${code}) and entry_id < ${after ?? lastOfAll}::bigint
      order by entry_id desc limit ${limit + 1}
    ) touching using (entry_id)
    order by entry_id desc`.execute(db);
  const items = rows.slice(0, limit).map(bookedFrom);
  const last = items.at(-1);
  return rows.length > limit && last ? { items, next: last.entry } : { items };
}

/** The entry of a business fact. */
export async function entryByKey({ db }: Reading, key: string): Promise<Booked | undefined> {
  const { rows } = await sql<BookedRow>`
    select entry_id as entry, uid, kind, key, at, value_on as "on", bylaws::text[] as bylaws, ${legsAsText} as legs
    from ledger.entry where key = ${key}`.execute(db);
  return rows[0] && bookedFrom(rows[0]);
}

/** The legs of all entries of a kind that cite a paper. */
export async function legsCiting({ db }: Reading, document: Id, kind: Entry["kind"]): Promise<readonly Leg[]> {
  const { rows } = await sql<BookedRow>`
    select entry_id as entry, uid, kind, key, at, value_on as "on", bylaws::text[] as bylaws, ${legsAsText} as legs
    from ledger.entry where document_id = ${document} and kind = ${kind} order by entry_id`.execute(db);
  return rows.flatMap((row) => bookedFrom(row).legs);
}

const lastOfAll = 9_223_372_036_854_775_807n;

const legsAsText = sql`(select jsonb_agg(jsonb_build_array(code, leg.currency, amount::text) order by no)
  from ledger.leg join ledger.account using (account_id) where leg.entry_id = entry.entry_id)`;

const bookedFrom = ({ legs, bylaws, ...row }: BookedRow): Booked => ({
  ...row,
  bylaws: bylaws.map(BigInt),
  legs: legs.map(([code, currency, amount]) => ({ account: accountOf(code), money: { minor: BigInt(amount), currency } })),
});

export type Book = {
  readonly coop: string;
  readonly legalEntity: string;
  readonly country: string;
  readonly currency: string;
  readonly zone: string;
  /** Nothing is booked on or before this day. */
  readonly closedUntil: Day;
};

/** Opens the coop's one book. */
export async function openBook(
  { tx }: Pick<Scope, "tx">,
  { coop, legalEntity, country, currency, zone, closedUntil }: Book,
): Promise<void> {
  await sql`select ledger.open_book(${coop}, ${legalEntity}, ${country}, ${currency}, ${zone}, ${closedUntil}::date)`.execute(tx);
}

/** Whoever dates an entry into the past from now on waits until the transaction ends, and whoever did is done. */
export async function takeClosing({ tx }: Pick<Scope, "tx">): Promise<void> {
  await sql`select ledger.take_closing()`.execute(tx);
}

/** Closes the book up to and with a day; only ever forward. */
export async function closeUntil({ tx }: Pick<Scope, "tx">, day: Day): Promise<void> {
  await refusing(sql`select ledger.close_until(${day}::date)`.execute(tx));
}
