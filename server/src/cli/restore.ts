// Bringing a coop back that was kept.
import { queues } from "../app.ts";
import { restore } from "../platform/backup/restore.ts";
import { assertSameSteps, verifyBackup } from "../platform/backup/verify.ts";
import { contents } from "./backup.ts";
import { onDatabase } from "./database.ts";
import { readPassphrase } from "./passphrase.ts";
import { proofs } from "./proofs.ts";
import { placeFor } from "./secret.ts";

type Asked = { readonly passphraseFile?: string; readonly secretTo?: string };

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
