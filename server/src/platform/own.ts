// What the coop brings by itself on a machine that sets nothing: databases on the bundled server, and the secret that seals what is kept.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { startPostgres } from "./postgres.ts";

/** Where everything lies that this machine brings by itself. */
export const ownFolder = join(import.meta.dirname, "../../../.data");

const folder = join(ownFolder, "coop");

/** Where the secret lies on a machine that sets none. */
export const ownSecretPath = join(folder, "key");

/** The secret that seals what is kept. */
export const ownSecret = (): string => secretAt(ownSecretPath);

/** A secret that is made once and readable by this machine's user alone. */
export function secretAt(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o711 });
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return readFileSync(path, "utf8");
}

/** The coop's own database, that of the demo beside it, and those of coops that are simulated. */
export type OwnName = "coop" | "demo" | `simulated_${number}`;

/** The bundled server; `reused` when somebody else had it running, who will stop it too. */
export type OwnServer = {
  readonly reused: boolean;
  readonly stop: () => Promise<void>;
  readonly has: (name: OwnName) => Promise<boolean>;
  /** The address of a database, made empty if it is not there. */
  readonly database: (name: OwnName) => Promise<string>;
  readonly drop: (name: OwnName) => Promise<void>;
};

export async function ownServer(): Promise<OwnServer> {
  const { url, reused, stop } = await startPostgres(join(folder, "postgres"));
  const asked = async (text: string): Promise<number> => {
    const client = new Client(url);
    await client.connect();
    try {
      return (await client.query(text)).rowCount ?? 0;
    } finally {
      await client.end();
    }
  };
  const has = async (name: OwnName): Promise<boolean> => (await asked(`select 1 from pg_database where datname = '${name}'`)) > 0;
  return {
    reused,
    stop,
    has,
    database: async (name) => {
      if (!(await has(name))) await asked(`create database ${name}`);
      return Object.assign(new URL(url), { pathname: `/${name}` }).href;
    },
    drop: async (name) => void (await asked(`drop database if exists ${name} with (force)`)),
  };
}
