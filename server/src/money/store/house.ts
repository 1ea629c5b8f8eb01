// The coop as money sees it: its card, and whether its book stands.
import { sql } from "kysely";
import type { Language } from "@partcommune/shared/platform/page";
import { languages } from "@partcommune/shared/platform/page";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import { refuseUnless } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";

export type House = {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly currency: string;
  readonly zone: string;
  readonly language: Language;
  readonly foundedAt: Instant;
  readonly demo: boolean;
};

/** The coop's card with its first language. */
export async function houseOf(db: Database | Tx): Promise<House> {
  const row = await db
    .selectFrom("platform.coop")
    .select(["id", "name", "country", "currency", "zone", "languages", "founded_at as foundedAt", "demo"])
    .executeTakeFirst();
  refuseUnless(row !== undefined, "not-founded");
  const { languages: spoken, ...card } = row;
  return { ...card, language: languages.find((language) => language === spoken[0]) ?? languages[0] };
}

export async function bookStands({ tx }: Pick<Scope, "tx">): Promise<boolean> {
  return (await tx.selectFrom("ledger.book").select("only_row").executeTakeFirst()) !== undefined;
}

/** Lets one at a time open the book, until its transaction ends. */
export async function takeOpening({ tx }: Pick<Scope, "tx">): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('money:open_book'))`.execute(tx);
}
