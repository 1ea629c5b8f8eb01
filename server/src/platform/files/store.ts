// Files in SQL. Bytes lie under their digest, once for all who sent the same ones.
import { createHash } from "node:crypto";
import type { z } from "zod";
import type { FileCard } from "@partcommune/shared/platform/api/files";
import type { Id } from "@partcommune/shared/platform/id";
import { partSize } from "@partcommune/shared/platform/rules/files";
import type { Filed, FiledKind } from "@partcommune/shared/platform/subject";
import { dayMs, later } from "@partcommune/shared/platform/time";
import { refuseUnless } from "../refused.ts";
import type { Scope, View } from "../scope.ts";
import type { Fit } from "./looking.ts";

export type Card = z.output<typeof FileCard>;

/** How many files of a person wait to be sent with something. */
export async function filesWaiting({ tx }: Scope, by: Id): Promise<number> {
  return (await tx.selectFrom("platform.file").select("id").where("by", "=", by).where("sent_with", "is", null).execute()).length;
}

export type Announced = Filed & { readonly name: string; readonly size: number };

export async function saveFile({ tx, now, id: newId }: Scope, by: Id, { subjectKind, subject, name, size }: Announced): Promise<Id> {
  const id = newId();
  await tx.insertInto("platform.file").values({ id, subject_kind: subjectKind, subject, by, at: now, name, size }).execute();
  return id;
}

/** A file of one's own that is still arriving, held until the transaction ends. */
export async function fileHeld({ tx }: Scope, id: Id, by: Id): Promise<{ name: string; size: number; arrived: boolean } | undefined> {
  const row = await tx.selectFrom("platform.file").selectAll().where("id", "=", id).where("by", "=", by).forUpdate().executeTakeFirst();
  return row && { name: row.name, size: row.size, arrived: row.sha256 !== null };
}

export async function savePart({ tx }: Scope, file: Id, no: number, bytes: Buffer): Promise<void> {
  await tx
    .insertInto("platform.arriving_part")
    .values({ file, no, bytes })
    .onConflict((conflict) => conflict.columns(["file", "no"]).doUpdateSet({ bytes }))
    .execute();
}

/** What has arrived of a file, in order. */
export async function bytesArrived({ tx }: Scope, file: Id): Promise<Buffer> {
  const parts = await tx.selectFrom("platform.arriving_part").select("bytes").where("file", "=", file).orderBy("no").execute();
  return Buffer.concat(parts.map(({ bytes }) => bytes));
}

/** Keeps a file that was looked into, under its true name. */
export async function keepArrived({ tx }: Scope, id: Id, { name, type, bytes }: Fit): Promise<Card> {
  const sha256 = createHash("sha256").update(bytes).digest();
  for (let no = 0; no * partSize < bytes.length; no += 1)
    await tx
      .insertInto("platform.file_part")
      .values({ sha256, no, bytes: bytes.subarray(no * partSize, (no + 1) * partSize) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  await tx.updateTable("platform.file").set({ name, type, sha256, size: bytes.length }).where("id", "=", id).execute();
  await tx.deleteFrom("platform.arriving_part").where("file", "=", id).execute();
  return { id, name, type, size: bytes.length };
}

/** Sends one's own files with a message or a hand-in on the thing they were announced for: each once. */
export async function sendFiles({ tx }: Scope, by: Id, { subjectKind, subject }: Filed, sentWith: Id, files: readonly Id[]): Promise<void> {
  if (files.length === 0) return;
  const sent = await tx
    .updateTable("platform.file")
    .set({ sent_with: sentWith })
    .where("id", "in", files)
    .where("by", "=", by)
    .where("subject_kind", "=", subjectKind)
    .where("subject", "=", subject)
    .where("sha256", "is not", null)
    .where("sent_with", "is", null)
    .executeTakeFirst();
  refuseUnless(sent.numUpdatedRows === BigInt(files.length), "file-not-ready");
}

/** The files that went with each of these messages or hand-ins. */
export async function filesSentWith({ db }: Pick<View, "db">, things: readonly Id[]): Promise<ReadonlyMap<Id, Card[]>> {
  if (things.length === 0) return new Map();
  const rows = await db.selectFrom("platform.file").selectAll().where("sent_with", "in", things).orderBy("at").orderBy("id").execute();
  const cards = rows.map(({ sent_with, id, name, type, size }) => ({ of: sent_with ?? "", card: { id, name, type: type ?? "", size } }));
  return new Map(things.map((thing) => [thing, cards.flatMap(({ of, card }) => (of === thing ? [card] : []))]));
}

/** Where a file hangs, for whoever sent it and, once it was sent with something, for those whom the thing concerns. */
export async function fileSeen(
  { db }: View,
  id: Id,
  person: Id,
): Promise<{ readonly on: Filed; readonly name: string; readonly sha256: Buffer } | undefined> {
  const row = await db
    .selectFrom("platform.file")
    .select(["subject_kind", "subject", "name", "sha256"])
    .where("id", "=", id)
    .where((eb) => eb.or([eb("sent_with", "is not", null), eb("by", "=", person)]))
    .executeTakeFirst();
  if (!row?.sha256) return undefined;
  return { on: { subjectKind: row.subject_kind as FiledKind, subject: row.subject }, name: row.name, sha256: row.sha256 };
}

export async function bytesOf({ db }: View, sha256: Buffer): Promise<Buffer> {
  const parts = await db.selectFrom("platform.file_part").select("bytes").where("sha256", "=", sha256).orderBy("no").execute();
  return Buffer.concat(parts.map(({ bytes }) => bytes));
}

/** Forgets the files that went with a message. */
export async function forgetFilesOf({ tx }: Scope, sentWith: Id): Promise<void> {
  const gone = await tx.deleteFrom("platform.file").where("sent_with", "=", sentWith).returning("sha256").execute();
  await forgetBytes(
    tx,
    gone.flatMap(({ sha256 }) => sha256 ?? []),
  );
}

/** Forgets a file that was never sent with anything. */
export async function forgetUnsent({ tx }: Scope, id: Id): Promise<void> {
  const gone = await tx.deleteFrom("platform.file").where("id", "=", id).where("sent_with", "is", null).returning("sha256").execute();
  await forgetBytes(
    tx,
    gone.flatMap(({ sha256 }) => sha256 ?? []),
  );
}

/** Deletes bytes that no file has any more. */
async function forgetBytes(tx: Scope["tx"], digests: readonly Buffer[]): Promise<void> {
  for (const sha256 of digests)
    await tx
      .deleteFrom("platform.file_part")
      .where("sha256", "=", sha256)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom("platform.file").select("id").where("platform.file.sha256", "=", sha256))),
      )
      .execute();
}

/** Files that nobody sent with anything for a day. */
export const filesToForget = ({ db, now }: View): Promise<readonly { readonly id: Id }[]> =>
  db.selectFrom("platform.file").select("id").where("sent_with", "is", null).where("at", "<=", later(now, -dayMs)).limit(500).execute();
