// What the doctor asks of the database itself: its version and settings, its clock, who owns what, and its tables' version.
import { sql } from "kysely";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import { appRole, type Database } from "../database.ts";
import { steps } from "../migrate.ts";
import { found, noted, those, type Examination, type Finding } from "./examination.ts";

const oldestVersion = 150_000;
const clocksApartMs = 2_000;

export const database: readonly Examination[] = [
  { matter: "database", look: async ({ db, config }) => settings(db, config.DATABASE_URL === undefined) },
  {
    matter: "clock",
    look: async ({ db, clock }) => {
      const { ms } = await one<{ ms: string }>(db, sql`select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as ms`);
      const apart = Math.abs(millisecondsOf(clock()) - Number(ms));
      return those([
        apart > clocksApartMs,
        found(`The clocks of this machine and of the database are ${(apart / 1000).toFixed(1)} seconds apart.`),
      ]);
    },
  },
  { matter: "roles", look: async ({ db, config }) => roles(db, config.DATABASE_URL !== undefined) },
  {
    matter: "migrations",
    look: async ({ db }) => {
      const { rows } = await sql<{ name: string }>`select name from public.kysely_migration`.execute(db);
      const [known, taken] = [(await steps()).map(({ name }) => name), rows.map(({ name }) => name)];
      const [missing, unknown] = [known.filter((name) => !taken.includes(name)), taken.filter((name) => !known.includes(name))];
      return those(
        [missing.length > 0, found(`The database lacks ${missing.join(", ")}: run npm run coop -- migrate.`)],
        [
          unknown.length > 0,
          found(`The database has ${unknown.join(", ")}, which this version does not know: it is older than the database.`),
        ],
      );
    },
  },
];

/** Throws while the database cannot be reached. */
export const reach = async (db: Database): Promise<void> => void (await sql`select 1`.execute(db));

const one = async <Row>(db: Database, query: ReturnType<typeof sql<Row>>): Promise<Row> => {
  const { rows } = await query.execute(db);
  if (!rows[0]) throw new Error("the database gave no answer");
  return rows[0];
};

type Settings = { readonly version: string; readonly off: string[]; readonly encoding: string; readonly folds: boolean };

async function settings(db: Database, bundled: boolean): Promise<readonly Finding[]> {
  const { version, off, encoding, folds } = await one<Settings>(
    db,
    sql`select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding, lower('ÉCOLE') = 'école' as folds,
      array(select name from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name) as off`,
  );
  return those(
    [Number(version) < oldestVersion, found(`PostgreSQL ${version} is older than 15.`)],
    [
      off.length > 0,
      found(`${off.join(" and ")} ${off.length === 1 ? "is" : "are"} off: a power cut loses acts that people were told are done.`),
    ],
    [encoding !== "UTF8", found(`The database keeps ${encoding}, not UTF8.`)],
    [!folds, found("The database does not know that É and é are one letter, so searches miss names. Make it with a UTF-8 locale.")],
    [
      bundled,
      noted("This is the database that npm start brings, made for trying the coop out. A coop with money has a PostgreSQL of its own."),
    ],
  );
}

type Roles = { readonly there: boolean; readonly owns: string; readonly login: string; readonly mighty: boolean; readonly owner: boolean };

async function roles(db: Database, ownServer: boolean): Promise<readonly Finding[]> {
  const { there, owns, login, mighty, owner } = await one<Roles>(
    db,
    sql`select to_regrole(${appRole}) is not null as there, session_user as login,
      (select count(*) from pg_class where relowner = to_regrole(${appRole}))
        + (select count(*) from pg_proc where proowner = to_regrole(${appRole})) as owns,
      (select rolsuper from pg_roles where rolname = session_user) as mighty,
      (select relowner = session_user::regrole from pg_class where oid = 'platform.fact'::regclass) as owner`,
  );
  return those(
    [!there, found(`The role ${appRole} is not there: grants do not protect the books.`)],
    [BigInt(owns) > 0n, found(`The role ${appRole} owns ${owns} things; it may own none.`)],
    [ownServer && mighty, found(`The server's login ${login} is a superuser, whom no grant holds back.`)],
    [
      ownServer && owner && !mighty,
      found(`The server's login ${login} owns the tables, and could take the guards off. Give it a login of its own: docs/operate.md.`),
    ],
  );
}
