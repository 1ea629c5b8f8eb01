// The bylaw register in SQL.
import { sql } from "kysely";
import type { z } from "zod";
import type { BylawCard, listBylawVersions } from "@partcommune/shared/governance/api";
import { bylawKeys, bylawRegister, type BylawKeyName } from "@partcommune/shared/governance/rules/bylaws";
import type { CurrentBylaws } from "@partcommune/shared/governance/rules/writing";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Bylaw, BylawKey } from "@partcommune/shared/platform/bylaw";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import { refuseUnless } from "../../platform/refused.ts";
import type { BylawAt, BylawsAt, Scope, View } from "../../platform/scope.ts";

/** The only reader of what members voted: of each key the newest version that began at or before the instant, in the order they are asked for. */
export function bylawsIn(db: Database | Tx): BylawsAt {
  return async <K extends BylawKey>(keys: readonly K[], at: Instant): Promise<readonly Bylaw<K>[]> => {
    const rows = await db
      .selectFrom("governance.bylaw_version")
      .distinctOn("key")
      .select(["key", "id", "version", "value"])
      .where("key", "in", keys)
      .where("valid_from", "<=", at)
      .orderBy("key")
      .orderBy("valid_from", "desc")
      .execute();
    const byKey = new Map<string, (typeof rows)[number]>(rows.map((row) => [row.key, row]));
    return keys.map((key) => {
      const row = byKey.get(key);
      refuseUnless(row !== undefined, "not-founded");
      return { key, id: row.id, version: row.version, value: bylawRegister[key].schema.decode(row.value as never) as Bylaw<K>["value"] };
    });
  };
}

/** The same of one key. */
export function bylawIn(db: Database | Tx): BylawAt {
  const bylaws = bylawsIn(db);
  return async (key, at) => {
    const [bylaw] = await bylaws([key], at);
    refuseUnless(bylaw !== undefined, "not-founded");
    return bylaw;
  };
}

/** Writes version 1 of every bylaw: the founders' choices where they made one, else the founding value. */
export async function foundBylaws({ tx, now }: Scope, chosen: { readonly [K in BylawKeyName]?: unknown }): Promise<void> {
  const values = Object.fromEntries(bylawKeys.map((key) => [key, chosen[key] ?? bylawRegister[key].founding]));
  await sql`select governance.found(${JSON.stringify(values)}::jsonb, ${now}::timestamptz)`.execute(tx);
}

/** Every bylaw in force now, in the register's order. */
export async function bylawsInForce({ db, now }: View): Promise<{ items: z.output<typeof BylawCard>[] }> {
  const rows = await db
    .selectFrom("governance.bylaw_version")
    .distinctOn("key")
    .select(["key", "version", "value", "valid_from"])
    .where("valid_from", "<=", now)
    .orderBy("key")
    .orderBy("valid_from", "desc")
    .execute();
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return {
    items: bylawKeys.flatMap((key) => {
      const row = byKey.get(key);
      return row
        ? [
            {
              key,
              unit: bylawRegister[key].unit,
              value: row.value as z.output<typeof BylawCard>["value"],
              version: Number(row.version),
              class: bylawRegister[key].class,
              validFrom: row.valid_from,
            },
          ]
        : [];
    }),
  };
}

/** Every version of a bylaw that anyone may know of, those that will come into force included. */
export async function versionsOf({ db }: View, { key }: InputOf<typeof listBylawVersions>): Promise<AnswerOf<typeof listBylawVersions>> {
  const rows = await db
    .selectFrom("governance.bylaw_version")
    .select(["version", "value", "valid_from", "cause"])
    .where("key", "=", key)
    .orderBy("version", "desc")
    .execute();
  return {
    items: rows.map(({ version, value, valid_from, cause }) => ({
      version: Number(version),
      value: value as z.output<typeof BylawCard>["value"],
      validFrom: valid_from,
      cause,
    })),
  };
}

/** The newest version of every bylaw, those still to come included: what a proposal is written against. */
export async function newestBylaws({ db }: Pick<View, "db">): Promise<CurrentBylaws> {
  const rows = await db
    .selectFrom("governance.bylaw_version")
    .distinctOn("key")
    .select(["key", "version", "value"])
    .orderBy("key")
    .orderBy("version", "desc")
    .execute();
  return Object.fromEntries(rows.map(({ key, version, value }) => [key, { version: Number(version), value }])) as CurrentBylaws;
}

/** A version of a bylaw as it is cited: what it is of, and the vote behind it unless it stands since the founding. */
export type VersionCited = { readonly id: bigint; readonly key: BylawKeyName; readonly version: number; readonly vote?: Id };

/** The versions of these ids. */
export async function versionsCited({ db }: Pick<View, "db">, ids: readonly bigint[]): Promise<readonly VersionCited[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("governance.bylaw_version")
    .select(["id", "key", "version", "cause"])
    .where("id", "in", [...new Set(ids)])
    .orderBy("key")
    .orderBy("version")
    .execute();
  return rows.map(({ id, key, version, cause }) => ({
    id,
    key: key as BylawKeyName,
    version: Number(version),
    ...(cause === "founding" ? {} : { vote: cause }),
  }));
}
