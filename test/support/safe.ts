// Backups of a test: a folder of one's own, and the terminal as an operator uses it.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Test } from "tap";
import { tablesOf } from "@partcommune/server/platform/backup/catalog";
import { counting } from "@partcommune/server/platform/backup/digest";
import { keptTable } from "@partcommune/server/platform/backup/make";
import type { KeptTable } from "@partcommune/server/platform/backup/manifest";
import { sealSecret } from "@partcommune/server/platform/backup/secret";
import { inOneTransaction, readingSnapshot } from "@partcommune/server/platform/backup/snapshot";
import { migrate, steps } from "@partcommune/server/platform/migrate";
import { readPieces, writeFileOf, type Piece } from "@partcommune/server/platform/backup/file";
import { asAdmin } from "./postgres.ts";
import { coopIn, type Said } from "./cli.ts";

/** What openCoop gives its coops. */
export const secret = Buffer.alloc(32, 7).toString("base64url");
export const passphrase = "trois canards au bord du canal";

export async function folderFor(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "partcommune-safe-"));
  t.teardown(() => rm(folder, { recursive: true }));
  return folder;
}

export const backUp = (url: string, path: string, environment: Readonly<Record<string, string>> = {}): Promise<Said> =>
  coopIn({ DATABASE_URL: url, KEY_ENCRYPTION_KEY: secret, BACKUP_PASSPHRASE: passphrase, ...environment }, "backup", path);

/** On a machine that knows no secret yet. */
export const restoreFrom = (
  url: string,
  path: string,
  secretTo: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Said> => coopIn({ DATABASE_URL: url, BACKUP_PASSPHRASE: passphrase, ...environment }, "restore", path, "--secret-to", secretTo);

/** The same file with its pieces changed by a hand that knows the format. */
export async function rewritten(path: string, to: string, change: (pieces: readonly Piece[]) => readonly Piece[]): Promise<string> {
  const pieces: Piece[] = [];
  for await (const piece of readPieces(path)) pieces.push(piece);
  await writeFileOf(to, async (add) => {
    for (const { part, bytes } of change(pieces)) await add(part, one(bytes));
  });
  return to;
}

async function* one(bytes: Buffer | string): AsyncGenerator<Buffer> {
  yield Buffer.from(bytes);
}

/** A file as an older version wrote it: of an empty database that stands at a migration of the past. */
export async function olderFile(url: string, upTo: string, path: string): Promise<string> {
  await migrate(url, [], upTo);
  const known = await steps();
  const migrations = known.slice(0, known.findIndex(({ name }) => name === upTo) + 1);
  await inOneTransaction(url, "owner", readingSnapshot, async ({ client }) => {
    await writeFileOf(path, async (add) => {
      const tables: KeptTable[] = [];
      for (const table of await tablesOf(client)) tables.push(await keptTable(add, client, table));
      const rest = { software: "0.0.0", postgres: "", coop: "", at: "2026-06-01T09:00:00Z", sequences: [], checks: [] };
      const manifest = JSON.stringify({ format: 1, ...rest, migrations, tables, errands: counting().sum() });
      await add("manifest.json", one(manifest));
      await add("secret.json", one(await sealSecret(secret, passphrase, manifest)));
    });
  });
  return path;
}

/** How many tables of a coop a database has: none, when a restore did not begin. */
export const tablesIn = (url: string): Promise<number> =>
  asAdmin(url, async (client) => {
    const { rows } = await client.query<{ tables: string }>(
      "select count(*) as tables from pg_tables where schemaname !~ '^(pg_|information_schema)'",
    );
    return Number(rows[0]?.tables);
  });

export const keptSecret = async (path: string): Promise<string> => readFile(path, "utf8");
