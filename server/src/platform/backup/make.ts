// Makes a backup while the coop is at work: every table as one snapshot shows it, the errands that wait, and the secret under a passphrase.
import type { Client } from "pg";
import { to } from "pg-copy-streams";
import type { Instant } from "@partcommune/shared/platform/time";
import { haltUnless } from "../halt.ts";
import { steps, type Step } from "../migrate.ts";
import { sequencesOf, tablesOf, type Table } from "./catalog.ts";
import type { Sum } from "./digest.ts";
import { writeFileOf, type Add } from "./file.ts";
import { errandsPart, manifestPart, secretPart, type KeptTable, type Manifest } from "./manifest.ts";
import { keysOf, saidBy, type Proofs } from "./proofs.ts";
import { version } from "../version.ts";
import { sealSecret } from "./secret.ts";
import { copyOut, inOneTransaction, readingSnapshot, type Held } from "./snapshot.ts";

export type Wanted = {
  readonly ownerUrl: string;
  readonly path: string;
  readonly passphrase: string;
  /** The coop's own, as its server has it. */
  readonly secret: string;
  readonly now: Instant;
  readonly proofs: Proofs;
};

export type Made = { readonly manifest: Manifest; readonly file: Sum };

/** Writes the file. It has its name only once all of it is on the disk, and the secret is the right one. */
export async function makeBackup(wanted: Wanted): Promise<Made> {
  return inOneTransaction(wanted.ownerUrl, "owner", readingSnapshot, async (held) => {
    const migrations = await stepsOf(held.client);
    haltUnless(
      (await wanted.proofs.opens(held.db, keysOf(wanted.secret))) !== false,
      "KEY_ENCRYPTION_KEY does not open what this coop has sealed, so a backup with it would be worth nothing. Give the secret that the server has.",
    );
    const made: { manifest?: Manifest } = {};
    const file = await writeFileOf(wanted.path, async (add) => {
      made.manifest = await fill(add, wanted, held, migrations);
    });
    if (!made.manifest) throw new Error("a file without a manifest");
    return { manifest: made.manifest, file };
  });
}

async function fill(add: Add, { passphrase, secret, now, proofs }: Wanted, held: Held, migrations: readonly Step[]): Promise<Manifest> {
  const tables: KeptTable[] = [];
  for (const table of await tablesOf(held.client)) tables.push(await keptTable(add, held.client, table));
  const errands = await add(errandsPart, held.client.query(to(waitingErrands)));
  const manifest: Manifest = {
    format: 1,
    ...(await origin(held.client)),
    at: now,
    migrations: [...migrations],
    tables,
    sequences: [...(await sequencesOf(held.client))],
    errands,
    checks: [...(await saidBy(proofs, held.db, now))],
  };
  const text = JSON.stringify(manifest, undefined, 1);
  await add(manifestPart, once(text));
  await add(secretPart, once(await sealSecret(secret, passphrase, text)));
  return manifest;
}

/** Writes one table, and says what it came to. */
export async function keptTable(add: Add, client: Client, table: Table): Promise<KeptTable> {
  const { name, columns, divisions } = table;
  return { name, columns: [...columns], divisions: [...divisions], ...(await add(name, copyOut(client, table, columns))) };
}

// What is done may be forgotten. What waits, is under way or was given up is carried, and waits again in the queue it came from.
const waitingErrands =
  "copy (select id, coalesce(source_name, name), data, start_after from pgboss.job where state < 'completed' order by id) to stdout";

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** Whose the file is, and by what it was made. */
async function origin(client: Client): Promise<Pick<Manifest, "software" | "postgres" | "coop">> {
  const { rows } = await client.query<{ name: string; postgres: string }>(
    "select (select name from platform.coop) as name, current_setting('server_version') as postgres",
  );
  return { software: version, postgres: rows[0]?.postgres ?? "", coop: rows[0]?.name ?? "" };
}

/** The steps the database has taken. Those of another version of the software could not be told apart later. */
async function stepsOf(client: Client): Promise<readonly Step[]> {
  const known = await steps();
  const taken = await stepsTaken(client);
  haltUnless(taken.length > 0, "This database holds no coop: there is nothing to keep.");
  const same = taken.length === known.length && taken.every((name, at) => known[at]?.name === name);
  haltUnless(same, "The database is of another version than this software. Make the backup with the version that the server runs.");
  return known;
}

/** Names of the migrations a database has had, oldest first. */
export async function stepsTaken(client: Client): Promise<readonly string[]> {
  const { rows: found } = await client.query(
    "select to_regclass('public.kysely_migration') as notes where to_regclass('public.kysely_migration') is not null",
  );
  if (found.length === 0) return [];
  const { rows } = await client.query<{ name: string }>("select name from public.kysely_migration order by name");
  return rows.map(({ name }) => name);
}
