// Mailed codes in SQL: kept as keyed digests, used once.
import type { SentCode } from "@partcommune/shared/membership/rules";
import { codeMinutes } from "@partcommune/shared/membership/rules";
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import { later } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";

const codeMs = codeMinutes * 60_000;

export type Asking = {
  readonly email: string;
  readonly purpose: "signUp" | "signIn";
  readonly name: string | null;
  readonly language: Language;
};
export type Found = SentCode & { readonly id: Id; readonly name: string | null; readonly language: string };

const digestOf = ({ keys }: Scope, email: string, code: string): Buffer => keys.digest("code", `${email}\n${code}`);

/** How many codes went to an address within the life of a code. */
export async function recentCodes({ tx, now }: Scope, email: string): Promise<number> {
  const { count } = await tx
    .selectFrom("membership.code")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("email", "=", email)
    .where("at", ">", later(now, -codeMs))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function keepCode(scope: Scope, code: string, { email, purpose, name, language }: Asking): Promise<void> {
  const { tx, now, id } = scope;
  const row = { id: id(), email, purpose, name, language, digest: digestOf(scope, email, code), at: now, expires_at: later(now, codeMs) };
  await tx.insertInto("membership.code").values(row).execute();
}

/** The code that was sent to this address with these letters, whatever became of it. */
export async function findCode(scope: Scope, email: string, code: string): Promise<Found | undefined> {
  const row = await scope.tx
    .selectFrom("membership.code")
    .select(["id", "name", "language", "expires_at", "used_at"])
    .where("email", "=", email)
    .where("digest", "=", digestOf(scope, email, code))
    .executeTakeFirst();
  return row && { id: row.id, name: row.name, language: row.language, expiresAt: row.expires_at, usedAt: row.used_at };
}

/** Uses a code and voids the others of the address. True for exactly one caller. */
export async function useCode({ tx, now }: Scope, id: Id, email: string): Promise<boolean> {
  const used = await tx
    .updateTable("membership.code")
    .set({ used_at: now })
    .where("id", "=", id)
    .where("used_at", "is", null)
    .executeTakeFirst();
  if (used.numUpdatedRows !== 1n) return false;
  await tx.updateTable("membership.code").set({ used_at: now }).where("email", "=", email).where("used_at", "is", null).execute();
  return true;
}
