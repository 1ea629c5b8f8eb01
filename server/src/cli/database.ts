// The database that a command of the coop works on.
import { inSnapshot, kyselyOn, openPool, type As, type Database } from "../platform/database.ts";
import { readConfig } from "../platform/config.ts";
import { ownServer, type OwnServer } from "../platform/own.ts";

/** The database the environment names, else the bundled one: found running, or started for as long as the work takes. */
export async function onDatabase<Result>(work: (url: string, ownerUrl: string) => Promise<Result>): Promise<Result> {
  const { DATABASE_URL, DATABASE_OWNER_URL } = readConfig(process.env);
  if (DATABASE_URL) return work(DATABASE_URL, DATABASE_OWNER_URL ?? DATABASE_URL);
  return onOwnServer(async (own) => {
    const url = await own.database("coop");
    return work(url, url);
  });
}

/** The bundled server: found running, or started for as long as the work takes. */
export async function onOwnServer<Result>(work: (own: OwnServer) => Promise<Result>): Promise<Result> {
  const own = await ownServer();
  try {
    return await work(own);
  } finally {
    if (!own.reused) await own.stop();
  }
}

/** Asks one thing after another; one question that fails does not spoil the next. */
export async function asking<Result>(as: As, work: (db: Database) => Promise<Result>): Promise<Result> {
  return onDatabase(async (url) => {
    const db = kyselyOn(openPool(url, as, 1, () => undefined));
    return work(db).finally(() => db.destroy());
  });
}

/** Reads in one snapshot, so that a coop at work is not mistaken for a broken one; writes are refused by the database. */
export const reading = <Result>(as: As, work: (db: Database) => Promise<Result>): Promise<Result> =>
  asking(as, (db) => inSnapshot(db, work));
