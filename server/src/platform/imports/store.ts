// Runs of imports in SQL: what each brought, by which key it is known, and what was taken back.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../scope.ts";
import type { ImportKind } from "./kind.ts";

export async function saveRun({ tx, now }: Scope, id: Id, kind: ImportKind, file: string): Promise<void> {
  await tx.insertInto("platform.import_run").values({ id, kind, file, at: now }).execute();
}

export async function endRun({ tx, now }: Scope, run: Id): Promise<void> {
  await tx.updateTable("platform.import_run").set({ ended_at: now }).where("id", "=", run).execute();
}

/** Those of these keys that are known already. Two lists of a kind that are read in at once take turns, act by act. */
export async function knownKeys({ tx }: Scope, kind: ImportKind, keys: readonly string[]): Promise<ReadonlySet<string>> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import ${kind}`}, 0))`.execute(tx);
  const rows = await tx
    .selectFrom("platform.imported")
    .select("key")
    .where("kind", "=", kind)
    .where(sql<boolean>`key = any(${keys}::text[])`)
    .where("taken_back_at", "is", null)
    .execute();
  return new Set(rows.map(({ key }) => key));
}

/** What a key of an earlier list stands for. */
export async function subjectOfKey({ tx }: Scope, kind: ImportKind, key: string): Promise<Id | undefined> {
  const row = await tx
    .selectFrom("platform.imported")
    .select("subject")
    .where("kind", "=", kind)
    .where("key", "=", key)
    .where("taken_back_at", "is", null)
    .executeTakeFirst();
  return row?.subject;
}

export type Line = { readonly key: string; readonly line: number; readonly subject: Id; readonly brought: boolean };

export async function saveLines({ tx }: Scope, run: Id, kind: ImportKind, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return;
  await tx
    .insertInto("platform.imported")
    .values(lines.map((line) => ({ run, kind, ...line })))
    .execute();
}

export type Run = {
  readonly id: Id;
  readonly kind: ImportKind;
  readonly file: string;
  readonly at: Instant;
  readonly ended: boolean;
  readonly brought: number;
  readonly takenBack: number;
};

/** Every run, the newest first, with what it brought and what of that was taken back. */
export async function runs({ db }: Pick<View, "db">): Promise<readonly Run[]> {
  const rows = await db
    .selectFrom("platform.import_run as run")
    .leftJoin("platform.imported as line", (join) => join.onRef("line.run", "=", "run.id").on("line.brought", "=", true))
    .select(["run.id", "run.kind", "run.file", "run.at", "run.ended_at"])
    .select(({ fn }) => [fn.count<bigint>("line.key").as("brought"), fn.count<bigint>("line.taken_back_at").as("takenBack")])
    .groupBy("run.id")
    .orderBy("run.at", "desc")
    .orderBy("run.id", "desc")
    .execute();
  return rows.map(({ ended_at: endedAt, kind, brought, takenBack, ...run }) => ({
    ...run,
    kind: kind as ImportKind,
    ended: endedAt !== null,
    brought: Number(brought),
    takenBack: Number(takenBack),
  }));
}

/** The next lines of a run that were not taken back, in the order of their keys. */
export async function linesToTakeBack({ tx }: Scope, run: Id, after: string, limit: number): Promise<readonly Line[]> {
  return tx
    .selectFrom("platform.imported")
    .select(["key", "line", "subject", "brought"])
    .where("run", "=", run)
    .where("taken_back_at", "is", null)
    .where("key", ">", after)
    .orderBy("key")
    .limit(limit)
    .forUpdate()
    .execute();
}

export async function markTakenBack({ tx, now }: Scope, run: Id, keys: readonly string[]): Promise<void> {
  await tx
    .updateTable("platform.imported")
    .set({ taken_back_at: now })
    .where("run", "=", run)
    .where(sql<boolean>`key = any(${keys}::text[])`)
    .execute();
}

/** What people have done to a thing since a run brought it; what the clock and listeners did does not hold it. */
export async function doneByPeople({ tx }: Scope, subjects: readonly Id[]): Promise<string | undefined> {
  const row = await tx
    .selectFrom("platform.fact")
    .select("type")
    .where("subject", "in", subjects)
    .where("actor", "like", "person:%")
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.type;
}

/** Whether this fact about a thing came with this run. */
export async function cameWith({ tx }: Scope, run: Id, subject: Id, type: string): Promise<boolean> {
  const row = await tx
    .selectFrom("platform.fact")
    .select("id")
    .where("subject", "=", subject)
    .where("type", "=", type)
    .where("cause", "=", run)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
