// What the coop brings by itself on a machine that sets nothing: a database on the bundled server, and the secret that seals what is kept.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { startPostgres } from "./postgres.ts";

const folder = join(import.meta.dirname, "../../../.data/coop");

/** Where the secret lies on a machine that sets none. */
export const ownSecretPath = join(folder, "key");

/** The secret that seals what is kept, made once and readable by this machine's user alone. */
export function ownSecret(): string {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  if (!existsSync(ownSecretPath)) writeFileSync(ownSecretPath, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return readFileSync(ownSecretPath, "utf8");
}

/** A database to work with; `reused` when somebody else had its server running, who will stop it too. */
export type OwnDatabase = { readonly url: string; readonly reused: boolean; readonly stop: () => Promise<void> };

/** The coop's database on the bundled server, made at the first start. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const postgres = await startPostgres(join(folder, "postgres"));
  const client = new Client(postgres.url);
  await client.connect();
  const { rowCount } = await client.query("select 1 from pg_database where datname = 'coop'");
  if (rowCount === 0) await client.query("create database coop");
  await client.end();
  return { ...postgres, url: Object.assign(new URL(postgres.url), { pathname: "/coop" }).href };
}
