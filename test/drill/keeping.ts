// The drill of coming back: backups are killed in the middle, and so is their database, while people work; then one is let through and restored.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { verifyBackup } from "@partcommune/server/platform/backup/verify";
import { coop, startCoop, type Said } from "../support/cli.ts";
import { asAdmin, databaseAt } from "../support/postgres.ts";
import { passphrase, restoreFrom, secret } from "../support/safe.ts";
import { gather, work } from "./acts.ts";
import type { Crowd, Intent } from "./callers.ts";
import { openYard, type Yard } from "./yard.ts";

/** `cut`: backups that were stopped before their end; `killed`: restores. Every line of `wrong` is a fault. */
export type Kept = { readonly cut: number; readonly whole: number; readonly killed: number; readonly wrong: readonly string[] };

const environment = (yard: Yard) => ({ DATABASE_URL: yard.url, KEY_ENCRYPTION_KEY: secret, BACKUP_PASSPHRASE: passphrase });

export async function keepAndComeBack(cuts: number): Promise<Kept> {
  const yard = await openYard("kept", { durable: true });
  const folder = await mkdtemp(join(tmpdir(), "partcommune-drill-"));
  try {
    const intents: Intent[] = [];
    let stopped = false;
    const vanished: string[] = [];
    const crowd: Crowd = { intents, vanished, stopped: () => stopped };
    const cast = await gather(yard, crowd, 2, 2);
    const working = work(yard, crowd, cast, 4);
    const tries: (boolean | string)[] = [];
    for (let at = 0; at < cuts; at += 1) tries.push(await cutOff(yard, folder, `cut-${at}`, at));
    const last = startCoop(environment(yard), "backup", join(folder, "last"));
    const { code, error } = await last.said;
    stopped = true;
    await working;
    const wrong = [...vanished, ...tries.filter((each) => typeof each === "string"), ...(code === 0 ? [] : [error])];
    const back = await comeBack(yard, join(folder, "last"), join(folder, "key"));
    return {
      cut: tries.filter((each) => each === true).length,
      whole: tries.filter((each) => each === false).length,
      killed: back.killed,
      wrong: [...wrong, ...back.wrong],
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

type Back = { readonly said: Said; readonly killed: number };

/** Restores that are killed at several moments, and each time begun again in the same database, until one comes to its end. */
async function restoreInSpiteOfKills(url: string, file: string, key: string): Promise<Back> {
  const moments = [500, 1_000, 1_500, 2_000, 2_500, 3_000];
  for (const [killed, ms] of moments.entries()) {
    const restoring = startCoop({ DATABASE_URL: url, BACKUP_PASSPHRASE: passphrase }, "restore", file, "--secret-to", key);
    await Promise.race([pause(ms), restoring.said]);
    restoring.kill();
    const said = await restoring.said;
    if (said.code === 0) return { said, killed };
    // Killed between its commit and its last word: all of it stands, as the questions that follow will say.
    if (await coopStands(url)) return { said: { ...said, code: 0 }, killed: killed + 1 };
  }
  return { said: await restoreFrom(url, file, key), killed: moments.length };
}

const coopStands = (url: string): Promise<boolean> =>
  asAdmin(url, async (client) => {
    const { rows } = await client.query<{ made: boolean }>("select to_regclass('platform.coop') is not null as made");
    return rows[0]?.made === true && (await client.query("select from platform.coop")).rowCount === 1;
  });

/** Restores into a database of its own, and asks it what an operator asks. */
async function comeBack({ url }: Yard, file: string, key: string): Promise<{ readonly wrong: readonly string[]; readonly killed: number }> {
  const name = `drill_back_${process.pid}`;
  await asAdmin(url, async (client) => client.query(`create database ${name}`));
  const again = databaseAt(url, name);
  const { said: restored, killed } = await restoreInSpiteOfKills(again, file, key);
  const said = [restored, await coop(again, "ledger", "check"), await coop(again, "verify", "ledger")];
  await asAdmin(url, async (client) => client.query(`drop database ${name} with (force)`));
  return { wrong: said.filter(({ code }) => code !== 0).map(({ out, error }) => out + error), killed };
}
