// Connections to PostgreSQL: values come back in our types, and the server works as a role that owns nothing.
import { Kysely, PostgresDialect, type Transaction } from "kysely";
import { Client, Pool, types, type PoolConfig } from "pg";
import type { Instant } from "@partcommune/shared/platform/time";
import { preparing } from "./prepared.ts";
import type { DB } from "./tables.ts";

export type Database = Kysely<DB>;
export type Tx = Transaction<DB>;

/** The role the server takes on every connection; migrations alone run as the owner. */
export const appRole = "partcommune_app";

/** Whose rights a connection has: the server's, the server's without the right to write, those of who reads the book alone, or the tables' owner's. */
export type As = "app" | "asker" | "reader" | "owner";
const roles: Readonly<Record<As, string>> = {
  app: ` -c role=${appRole}`,
  // Set for the whole connection: a transaction around each question would be three more trips to the database.
  // And each question is planned for its own values: one plan for any word is a bad one for a rare word (ADR 22).
  asker: ` -c role=${appRole} -c default_transaction_read_only=on -c statement_timeout=10000 -c plan_cache_mode=force_custom_plan`,
  reader: " -c role=partcommune_reader",
  owner: "",
};

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  20: BigInt, // int8, counts included
  1082: (text) => text, // date stays a day, whatever zone this process runs in
  1184: instantIn,
  5069: BigInt, // xid8
};

/** An instant as our connections write it, `2026-12-07 16:59:00.5+00`, cut to milliseconds. Lists are full of them, so nothing is parsed. */
function instantIn(text: string): Instant {
  const ours = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?\+00$/.exec(text);
  if (!ours) throw new Error(`an instant beyond what is kept here: ${text}`);
  return `${ours[1]}T${ours[2]}.${(ours[3] ?? "").padEnd(3, "0")}Z` as Instant;
}

// Given to each pool rather than set for the whole process: pg-boss shares the module and expects the defaults.
const typeParsers = {
  getTypeParser: (oid: number, format?: "text" | "binary"): unknown => parsers[oid] ?? types.getTypeParser(oid, format),
};

/** How to reach a database in UTC and, unless for migrations, as a role that owns nothing. */
export function connection(url: string, as: As): PoolConfig {
  // With the default idle time-out of 10 s, new connections plan every statement again.
  const { address, options } = parted(url);
  const always = " -c timezone=UTC";
  return { connectionString: address, options: `${options}${always}${roles[as]}`, types: typeParsers, idleTimeoutMillis: 0 };
}

/** An address without its own options: the driver would take them instead of ours, the role among them, so ours stand behind. */
function parted(url: string): { readonly address: string; readonly options: string } {
  const address = new URL(url);
  const options = address.searchParams.get("options");
  if (options === null) return { address: url, options: "" };
  address.searchParams.delete("options");
  return { address: address.href, options };
}

// Longer than any statement may take: who has not got a connection by then is told to try again.
const connectMs = 10_000;

/** A pool; a lost connection is reported and replaced, not fatal, whether it was idle or in the middle of an act. */
export function openPool(url: string, as: As, max: number, lost: (error: Error) => void): Pool {
  const pool = new Pool({ ...connection(url, as), max, connectionTimeoutMillis: connectMs }).on("error", lost);
  return pool.on("connect", (client) => void client.on("error", lost));
}

/** A connection of its own, for LISTEN. */
export const openClient = (url: string, as: As): Client => new Client(connection(url, as));

export function kyselyOn<Tables = DB>(pool: Pool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
}

/** Kysely on a connection that somebody else opened and ends, inside whatever transaction it is in. */
export function kyselyOnClient(client: Client): Database {
  const held = { query: client.query.bind(client), release: () => undefined };
  return new Kysely({ dialect: new PostgresDialect({ pool: { options: {}, connect: async () => held, end: async () => undefined } }) });
}

/** Reads as one moment shows it, and writes nothing. */
export const inSnapshot = <Result>(db: Database, read: (tx: Tx) => Promise<Result>): Promise<Result> =>
  db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute((tx) => read(tx));

/** What PostgreSQL calls an error, or what the system calls it on the way there. */
export const sqlState = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";

/** Lost connections, lock time-outs and a full house: the database did not say no, it could not say anything. */
export const isAway = (error: unknown): boolean =>
  /^(08|57P0|53|55P03|57014|25P03|ECONN|EPIPE)/.test(sqlState(error)) ||
  /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable/.test(String(error));
