// Keeping the coop safe, and bringing it back.
import { checks, queues } from "../app.ts";
import { firstBrokenSeal, keysOpenAccounts, openYears } from "../money/index.ts";
import { makeBackup } from "../platform/backup/make.ts";
import type { Manifest } from "../platform/backup/manifest.ts";
import { noteBackup } from "../platform/backup/note.ts";
import type { Proofs } from "../platform/backup/proofs.ts";
import { restore } from "../platform/backup/restore.ts";
import { assertSameSteps, verifyBackup } from "../platform/backup/verify.ts";
import { asText } from "../platform/checks.ts";
import { haltUnless } from "../platform/halt.ts";
import { realClock } from "../platform/world.ts";
import { onDatabase } from "./database.ts";
import { readPassphrase } from "./passphrase.ts";
import { placeFor, serversSecret } from "./secret.ts";

/** What the domains answer for. */
export const proofs: Proofs = {
  checks,
  opens: (db, keys) => keysOpenAccounts({ db, keys }),
  brokenSeal: async (db) => {
    const broken = await firstBrokenSeal({ db });
    return broken && asText(broken);
  },
  divide: (db, divisions) => openYears({ db }, divisions),
};

type Asked = { readonly passphraseFile?: string; readonly secretTo?: string };

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

/** Brings a coop back from its file, into an empty database. */
export async function restoreFrom(path: string, { passphraseFile, secretTo }: Asked): Promise<void> {
  const verified = await verifyBackup(path, await readPassphrase(passphraseFile, { twice: false }));
  const { manifest, secret } = verified;
  await assertSameSteps(manifest);
  const place = placeFor(secret, secretTo);
  const { errands, said } = await onDatabase((_, ownerUrl) =>
    restore({ ...verified, path, ownerUrl, queues, proofs, keepSecret: place.keep }),
  );
  for (const line of said) console.log(line);
  console.log(
    `${contents(manifest)} as of ${manifest.at}, every table read again as it was kept; ${errands} errands wait for the next start.`,
  );
  console.log(place.says);
}

const contents = ({ coop, tables }: Manifest): string =>
  `${coop === "" ? "A coop that is not founded yet" : coop}: ${tables.length} tables, ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows`;

const size = (bytes: number): string => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
