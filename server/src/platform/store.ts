// The coop's own card.
import type { z } from "zod";
import type { CoopCard } from "@partcommune/shared/platform/api";
import type { Letterhead } from "@partcommune/shared/platform/letterhead";
import { isDraft } from "@partcommune/shared/platform/packs";
import type { Database, Tx } from "./database.ts";
import { columnsOf } from "./letterhead.ts";
import { refuseUnless } from "./refused.ts";
import { reviewIn } from "./review.ts";
import type { Scope, View } from "./scope.ts";

/** Which coop this is; before its founding it has only the software's name and languages. */
export async function coopCard({ db }: Pick<View, "db">): Promise<z.output<typeof CoopCard>> {
  const row = await db
    .selectFrom("platform.coop")
    .select(["name", "country", "currency", "zone", "languages", "passwords", "demo", "reviewer", "reviewed_on"])
    .executeTakeFirst();
  if (!row) return { name: "Partcommune", founded: false, languages: ["en", "fr"], passwords: false, demo: false, draft: false };
  const { reviewer, reviewed_on: reviewedOn, ...card } = row;
  const review = reviewIn({ reviewer, reviewedOn });
  return { ...card, founded: true, draft: isDraft({ country: card.country, ...review }), ...review };
}

export type Founding = {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly currency: string;
  readonly zone: string;
  readonly languages: readonly string[];
  readonly passwords: boolean;
  readonly letterhead: Letterhead;
};

/** Saves the card. Its primary key lets one founding through, however many try at once. */
export async function saveCoop({ tx, now }: Pick<Scope, "tx" | "now">, { letterhead, ...coop }: Founding): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("platform.coop")
    .values({ ...coop, ...columnsOf(letterhead), languages: [...coop.languages], founded_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  refuseUnless(numInsertedOrUpdatedRows === 1n, "already-founded");
}

type Book = { readonly currency: string; readonly zone: string; readonly country: string };

// No founded coop has another currency, zone or country from one moment to the next; each transaction asks once all the same.
const asked = new WeakMap<Database, Book>();

/** The coop's currency, zone and country; before the founding there is neither. */
export async function bookOf(db: Database | Tx): Promise<Book> {
  const known = asked.get(db);
  if (known) return known;
  const row = await db.selectFrom("platform.coop").select(["currency", "zone", "country"]).executeTakeFirst();
  refuseUnless(row !== undefined, "not-founded");
  if (db.isTransaction) asked.set(db, row);
  return row;
}
