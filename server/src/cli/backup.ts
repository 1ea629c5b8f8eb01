// Keeping the coop safe.
import { makeBackup } from "../platform/backup/make.ts";
import type { Manifest } from "../platform/backup/manifest.ts";
import { noteBackup } from "../platform/backup/note.ts";
import { assertSameSteps, verifyBackup } from "../platform/backup/verify.ts";
import { haltUnless } from "../platform/halt.ts";
import { realClock } from "../platform/world.ts";
import { onDatabase } from "./database.ts";
import { readPassphrase } from "./passphrase.ts";
import { proofs } from "./proofs.ts";
import { serversSecret } from "./secret.ts";

type Asked = { readonly passphraseFile?: string };

/** Writes the whole coop into one file, while it goes on working. */
export async function backupTo(path: string, { passphraseFile }: Asked): Promise<void> {
  const secret = serversSecret();
  haltUnless(
    secret !== undefined,
    "The coop's secret is not here, and without it nobody could open what is sealed. Set KEY_ENCRYPTION_KEY as the server has it.",
  );
  const passphrase = await readPassphrase(passphraseFile, { twice: true });
  await onDatabase(async (_, ownerUrl) => {
    const { manifest, file } = await makeBackup({ ownerUrl, path, passphrase, secret, now: realClock(), proofs });
    await noteBackup(ownerUrl, manifest.at, file);
    console.log(`${contents(manifest)}, ${size(file.bytes)}: ${path}`);
    console.log(`SHA-256 ${file.sha256}`);
    const found = manifest.checks.filter((line) => /^(FOUND|BROKEN)/.test(line));
    for (const line of found) console.log(line);
    console.log("Keep the passphrase elsewhere than the file. Without it the file does not come back to life.");
  });
}

/** Looks at a whole file and says whether it could be restored, without a database. */
export async function verifyFile(path: string, { passphraseFile }: Asked): Promise<void> {
  const { manifest } = await verifyBackup(path, await readPassphrase(passphraseFile, { twice: false }));
  await assertSameSteps(manifest);
  console.log(`ok     ${contents(manifest)}, of ${manifest.at}`);
}

/** What a file holds, in figures. */
export const contents = ({ coop, tables }: Manifest): string =>
  `${coop === "" ? "A coop that is not founded yet" : coop}: ${tables.length} tables, ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows`;

const size = (bytes: number): string => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
