// Databases of one server that keep each other out: each has a login of its own, which owns it and can open no other.
import { randomBytes } from "node:crypto";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { appRole } from "./database.ts";

/** Roles belong to the whole server, and a login that owns one database may not make them. */
const roles = [appRole, "partcommune_ledger", "partcommune_reader"];

const missing = async (client: Client, catalog: "pg_roles" | "pg_database", name: string): Promise<boolean> =>
  (await client.query(`select 1 from ${catalog} where ${catalog === "pg_roles" ? "rolname" : "datname"} = $1`, [name])).rowCount === 0;

/** A database and its login, both of this name, made where they are missing. Answers the login's address of it, with a password that is new each time. */
export async function databaseApart(adminUrl: string, name: string): Promise<string> {
  const [password, quoted] = [randomBytes(24).toString("base64url"), escapeIdentifier(name)];
  await asAdmin(adminUrl, async (client) => {
    for (const role of roles) if (await missing(client, "pg_roles", role)) await client.query(`create role ${role} nologin`);
    if (await missing(client, "pg_roles", name)) await client.query(`create role ${quoted} login in role ${roles.join(", ")}`);
    await client.query(`alter role ${quoted} password ${escapeLiteral(password)}`);
    if (await missing(client, "pg_database", name)) await client.query(`create database ${quoted} owner ${quoted}`);
    await client.query(`revoke connect, temporary on database ${quoted} from public`);
  });
  return Object.assign(new URL(adminUrl), { username: name, password, pathname: `/${name}` }).href;
}

/** Takes away what a database holds, and the database; its login stays. */
export const dropApart = (adminUrl: string, name: string): Promise<void> =>
  asAdmin(adminUrl, async (client) => void (await client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`)));

async function asAdmin(adminUrl: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client(adminUrl);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
