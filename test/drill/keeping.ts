// The drill of coming back: backups are killed in the middle, and so is their database, while people work; then one is let through and restored.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { verifyBackup } from "@partcommune/server/platform/backup/verify";
import { coop, startCoop } from "../support/cli.ts";
import { asAdmin, databaseAt } from "../support/postgres.ts";
import { passphrase, restoreFrom, secret } from "../support/safe.ts";
import { gather, work } from "./acts.ts";
import type { Crowd, Intent } from "./callers.ts";
import { openYard, type Yard } from "./yard.ts";

/** `cut`: backups that were stopped before their end. Every line of `wrong` is a fault. */
export type Kept = { readonly cut: number; readonly whole: number; readonly wrong: readonly string[] };

const environment = (yard: Yard) => ({ DATABASE_URL: yard.url, KEY_ENCRYPTION_KEY: secret, BACKUP_PASSPHRASE: passphrase });

export async function keepAndComeBack(cuts: number): Promise<Kept> {
  const yard = await openYard("kept", { durable: true });
  const folder = await mkdtemp(join(tmpdir(), "partcommune-drill-"));
  try {
    const intents: Intent[] = [];
    let stopped = false;
    const crowd: Crowd = { intents, stopped: () => stopped };
    const cast = await gather(yard, crowd, 2, 2);
    const working = work(yard, crowd, cast, 4);
    const tries: (boolean | string)[] = [];
    for (let at = 0; at < cuts; at += 1) tries.push(await cutOff(yard, folder, `cut-${at}`, at));
    const last = startCoop(environment(yard), "backup", join(folder, "last"));
    const { code, error } = await last.said;
    stopped = true;
    await working;
    const wrong = [...tries.filter((each) => typeof each === "string"), ...(code === 0 ? [] : [error])];
    const back = await comeBack(yard, join(folder, "last"), join(folder, "key"));
    return {
      cut: tries.filter((each) => each === true).length,
      whole: tries.filter((each) => each === false).length,
      wrong: [...wrong, ...back],
    };
  } finally {
    await rm(folder, { recursive: true });
    await yard.close();
  }
}

/** Kills a backup, or by turns its database, once it has begun to write. True: nothing bears its name; false: it was faster, and is whole. */
async function cutOff(yard: Yard, folder: string, name: string, at: number): Promise<boolean | string> {
  const backup = startCoop(environment(yard), "backup", join(folder, name));
  const over = new AbortController();
  const said = backup.said.finally(() => over.abort());
  while (!over.signal.aborted && !(await readdir(folder)).some((file) => file.startsWith(name))) await pause(2);
  await pause((at * 37) % 400);
  if (at % 3 === 2) await yard.killDatabase("immediate stop");
  else backup.kill();
  await said;
  if (!(await readdir(folder)).includes(name)) return true;
  return verifyBackup(join(folder, name), passphrase).then(
    () => false,
    (error: Error) => `${name} bears its name and is not whole: ${error.message}`,
  );
}

/** Restores into a database of its own, and asks it what an operator asks. */
async function comeBack({ url }: Yard, file: string, key: string): Promise<readonly string[]> {
  const name = `drill_back_${process.pid}`;
  await asAdmin(url, async (client) => client.query(`create database ${name}`));
  const again = databaseAt(url, name);
  const said = [await restoreFrom(again, file, key), await coop(again, "ledger", "check"), await coop(again, "verify", "ledger")];
  await asAdmin(url, async (client) => client.query(`drop database ${name} with (force)`));
  return said.filter(({ code }) => code !== 0).map(({ out, error }) => out + error);
}
