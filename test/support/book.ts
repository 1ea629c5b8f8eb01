// A book for a test: a migrated database with the book open, posting as the server does; at its end every check of the book must find nothing.
import { inspect } from "node:util";
import { sql, type Kysely } from "kysely";
import type { Pool } from "pg";
import type { Test } from "tap";
import { checks } from "@partcommune/server/money/checks";
import { openBook as openRealBook, post, type Posting } from "@partcommune/server/money/store/ledger";
import { failing } from "@partcommune/server/platform/checks";
import { inSnapshot, kyselyOn, openPool, type Database } from "@partcommune/server/platform/database";
import type { Entry } from "@partcommune/shared/money/rules/entry";
import { accountOf } from "@partcommune/shared/money/rules/accounts";
import type { Leg } from "@partcommune/shared/money/rules/legs";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { uuidv7 } from "@partcommune/shared/platform/id";
import { nothingReached } from "@partcommune/server/platform/world";
import { instant, later, millisecondsOf, type Day, type Instant } from "@partcommune/shared/platform/time";
import { seededRandom } from "./coop.ts";
import { freshDatabase } from "./database.ts";

export type TestBook = {
  readonly db: Database;
  /** The owner of the tables, for what the server may not do. */
  readonly owner: Kysely<never>;
  readonly url: string;
  readonly now: () => Instant;
  readonly wait: (ms: number) => void;
  /** Runs in one transaction, as an action does. */
  readonly act: <Result>(work: (scope: Posting) => Promise<Result>) => Promise<Result>;
  readonly post: (...entries: readonly Entry[]) => ReturnType<typeof post>;
};

/** Opens a book of a coop in Brussels. `tampered` leaves the checks at the end to the test. */
export async function openBook(t: Test, { tampered = false, currency = "EUR" } = {}): Promise<TestBook> {
  const database = await freshDatabase();
  const pools: Pool[] = [];
  const pool = (as: "app" | "owner"): Pool => {
    const opened = openPool(database.url, as, as === "app" ? 12 : 2, () => undefined);
    pools.push(opened);
    return opened;
  };
  const db = kyselyOn(pool("app"));
  const owner = kyselyOn<never>(pool("owner"));
  const random = seededRandom(t.name);
  let now = instant("2026-12-07T10:00:00Z");
  const act: TestBook["act"] = (work) =>
    db.transaction().execute((tx) => work({ tx, now, id: () => uuidv7(millisecondsOf(now), random(10)), reach: nothingReached }));
  await act((scope) =>
    openRealBook(scope, {
      coop: "brussels",
      legalEntity: "Atelier Commun SC",
      country: "BE",
      currency,
      zone: "Europe/Brussels",
      closedUntil: "2025-12-31" as Day,
    }),
  );
  t.teardown(async () => {
    const found = tampered ? [] : await inSnapshot(db, (tx) => failing(checks, tx, now));
    await db.destroy();
    await owner.destroy();
    await database.drop();
    if (found.length > 0) throw new Error(`the checks found something: ${inspect(found, { depth: 6 })}`);
  });
  return {
    db,
    owner,
    url: database.url,
    now: () => now,
    wait: (ms) => void (now = later(now, ms)),
    act,
    post: (...entries) => act((scope) => post(scope, entries)),
  };
}

export const today = "2026-12-07" as Day;

/** Legs as the entries page writes them: `bank:main +20.00 · member:4:share −20.00`; another currency than EUR is named. */
export function legsFrom(text: string): readonly Leg[] {
  return text.split(" · ").map((leg) => {
    const [code = "", amount = "", currency = "EUR"] = leg.trim().split(" ");
    return { account: accountOf(code), money: moneyFrom({ amount: amount.replace("+", "").replace("−", "-"), currency }) };
  });
}

/** Legs as the entries page writes them. */
export const legsText = (legs: readonly Leg[]): string =>
  legs.map(({ account, money }) => `${account.code} ${money.minor < 0n ? "−" : "+"}${decimal(money)}`).join(" · ");

function decimal({ minor, currency }: Leg["money"]): string {
  const magnitude = minor < 0n ? -minor : minor;
  const digits = magnitude.toString().padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${currency === "EUR" ? "" : ` ${currency}`}`;
}

/** An entry from its legs as text. */
export function entry(kind: Entry["kind"], key: string, legs: string, rest: Partial<Entry> = {}): Entry {
  return { kind, key, on: today, legs: legsFrom(legs), bylaws: [], ...rest };
}

/** Puts money in a pot. */
export const endowed = (pot: string, amount: string): Entry =>
  entry("fund.endowed", `endowed:${pot}:${amount}`, `bank:main +${amount} · pot:${pot} −${amount}`);

/** Runs SQL and answers its SQLSTATE, or "done". */
export async function stateOf(db: Kysely<never> | Database, text: string): Promise<string> {
  return sql
    .raw(text)
    .execute(db as Kysely<never>)
    .then(
      () => "done",
      (error: { code?: string }) => error.code ?? "no code",
    );
}

/** The pattern of a refusal, for `t.rejects`. */
export const refused = (type: string, facts: Readonly<Record<string, unknown>> = {}): Error =>
  ({ refusal: { type, facts } }) as unknown as Error;
