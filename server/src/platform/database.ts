// Connections to PostgreSQL: values come back in our types, and the server works as a role that owns nothing.
import { Kysely, PostgresDialect, type Transaction } from "kysely";
import { Client, Pool, types, type PoolConfig } from "pg";
import { instantOf, type Instant } from "@partcommune/shared/platform/time";
import type { DB } from "./tables.ts";

export type Database = Kysely<DB>;
export type Tx = Transaction<DB>;

/** The role the server takes on every connection; migrations alone run as the owner. */
export const appRole = "partcommune_app";

/** Whose rights a connection has: the server's, those of who reads the book alone, or the tables' owner's. */
export type As = "app" | "reader" | "owner";
const roles: Readonly<Record<As, string>> = { app: ` -c role=${appRole}`, reader: " -c role=partcommune_reader", owner: "" };

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  20: BigInt, // int8, counts included
  1082: (text) => text, // date stays a day, whatever zone this process runs in
  1184: (text): Instant => instantOf(Date.parse(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"))),
  5069: BigInt, // xid8
};

// Given to each pool rather than set for the whole process: pg-boss shares the module and expects the defaults.
const typeParsers = {
  getTypeParser: (oid: number, format?: "text" | "binary"): unknown => parsers[oid] ?? types.getTypeParser(oid, format),
};

/** How to reach a database in UTC and, unless for migrations, as a role that owns nothing. */
export function connection(url: string, as: As): PoolConfig {
  // With the default idle time-out of 10 s, new connections plan every statement again.
  return { connectionString: url, options: `-c timezone=UTC${roles[as]}`, types: typeParsers, idleTimeoutMillis: 0 };
}

/** A pool; a lost idle connection is reported and replaced, not fatal. */
export function openPool(url: string, as: As, max: number, lost: (error: Error) => void): Pool {
  return new Pool({ ...connection(url, as), max }).on("error", lost);
}

/** A connection of its own, for LISTEN. */
export const openClient = (url: string, as: As): Client => new Client(connection(url, as));

export function kyselyOn<Tables = DB>(pool: Pool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
