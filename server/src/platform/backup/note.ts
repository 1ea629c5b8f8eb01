// The note that a backup was made, in the database itself, so that its age can be asked from wherever the database is.
import type { Instant } from "@partcommune/shared/platform/time";
import { openClient } from "../database.ts";
import type { Sum } from "./digest.ts";

/** Notes a backup that lies whole on a disk. */
export async function noteBackup(ownerUrl: string, at: Instant, { bytes, sha256 }: Sum): Promise<void> {
  const client = openClient(ownerUrl, "owner");
  await client.connect();
  const note = client.query("insert into platform.backup (at, bytes, sha256) values ($1, $2, decode($3, 'hex'))", [at, bytes, sha256]);
  await note.finally(() => client.end());
}
