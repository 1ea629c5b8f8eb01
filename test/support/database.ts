// A migrated database of one's own for each test file: copied from the template, dropped at the end.
import { randomBytes } from "node:crypto";
import type { Test } from "tap";
import { asAdmin, databaseAt, makeTemplate, startTestPostgres } from "./postgres.ts";

export type TestDatabase = {
  readonly url: string;
  readonly drop: () => Promise<void>;
  /** Ends every connection to it, and with it what was not committed. */
  readonly cutOff: () => Promise<void>;
};

/** A database with nothing in it at all, dropped when the test ends. */
export async function emptyDatabase(t: Test): Promise<string> {
  const admin = process.env["TEST_POSTGRES_URL"] ?? (await startTestPostgres()).url;
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin(admin, async (client) => client.query(`create database ${name}`));
  t.teardown(async () => asAdmin(admin, async (client) => client.query(`drop database ${name} with (force)`)));
  return databaseAt(admin, name);
}

/** A fresh migrated database. `test/run.ts` says where its server is; a file run alone starts or finds the same one. */
export async function freshDatabase(): Promise<TestDatabase> {
  const admin = process.env["TEST_POSTGRES_URL"] ?? (await startTestPostgres()).url;
  return copied(admin, process.env["TEST_TEMPLATE"] ?? (await makeTemplate(admin)));
}

/** Another database with everything that is in this one, to which nobody is connected. */
export const copyOf = (url: string): Promise<TestDatabase> => copied(url, new URL(url).pathname.slice(1));

async function copied(url: string, template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  // Not from within what is copied: nobody may be connected to it.
  const admin = databaseAt(url, "postgres");
  // Files are copied in a quarter of the time that writing each page to the log as well would take.
  await asAdmin(admin, async (client) => client.query(`create database ${name} template ${template} strategy file_copy`));
  return {
    url: databaseAt(admin, name),
    drop: async () => void (await asAdmin(admin, async (client) => client.query(`drop database ${name} with (force)`))),
    cutOff: async () =>
      void (await asAdmin(admin, async (client) =>
        client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]),
      )),
  };
}
