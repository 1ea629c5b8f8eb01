// The wind-down file from a terminal: made into a folder that is signed, made and thrown away to see whether it would hold, or checked where it lies.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operator } from "@partcommune/shared/platform/actor";
import { lend } from "../app.ts";
import { windDownFiles } from "../mutual/index.ts";
import { haltUnless } from "../platform/halt.ts";
import { keysOf } from "../platform/backup/proofs.ts";
import { realClock } from "../platform/world.ts";
import { checkFolder, writeFolder, type Checked } from "./archive-folder.ts";
import { reading } from "./database.ts";
import { somethingFound } from "./ends.ts";
import { serversSecret } from "./secret.ts";

type Asked = { readonly rehearse?: boolean; readonly into?: string; readonly check?: string };

/** Does what is asked; whatever it made is checked before it says so. */
export async function windDown({ rehearse = false, into, check }: Asked): Promise<void> {
  if (check !== undefined) return tell(await checkFolder(check), `${check} holds`);
  if (!rehearse) {
    const folder = into ?? `wind-down-${realClock().slice(0, 10)}`;
    await make(folder);
    return tell(await checkFolder(folder), `Written into ${folder}, readable by you alone`);
  }
  const place = await mkdtemp(join(into ?? tmpdir(), "wind-down-"));
  try {
    await make(join(place, "file"));
    tell(await checkFolder(join(place, "file")), "Rehearsed; nothing is kept");
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function make(folder: string): Promise<void> {
  const secret = serversSecret();
  haltUnless(
    secret !== undefined,
    "The coop's secret is not here, and the file is signed with it. Set KEY_ENCRYPTION_KEY as the server has it.",
  );
  const keys = keysOf(secret);
  await reading("app", (db) => {
    const view = { db, now: realClock(), actor: operator, keys, origin: "", ...lend(db) };
    return writeFolder(folder, windDownFiles(view), { keys, at: view.now });
  });
}

function tell({ files, bytes, key, faults }: Checked, says: string): void {
  for (const fault of faults) console.log(`FOUND  ${fault}`);
  if (faults.length > 0) process.exitCode = somethingFound;
  else console.log(`${says}: ${files} files, ${Math.ceil(bytes / 1_000)} kB, every sum that of the book, signed by the key ${key}.`);
}
