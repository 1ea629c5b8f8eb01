// What changes of bylaws would have meant, kept once their words are fixed, in SQL.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

/** Effects as they were kept; `text` is canonical JSON. */
export type KeptEffects = { readonly text: string; readonly hash: string; readonly at: Instant };

/** Keeps them, once and for all. True for exactly one caller. */
export async function saveEffects({ tx, now }: Scope, proposal: Id, text: string, hash: string): Promise<boolean> {
  const saved = await tx
    .insertInto("governance.proposal_effects")
    .values({ proposal, text, hash, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

export async function keptEffectsOf({ db }: Pick<View, "db">, proposal: Id): Promise<KeptEffects | undefined> {
  return db.selectFrom("governance.proposal_effects").select(["text", "hash", "at"]).where("proposal", "=", proposal).executeTakeFirst();
}

/** Proposals that cannot have a day yet: their effects, or those of a version voted with them, are still being worked out. */
export async function stillWeighed({ db }: Pick<View, "db">): Promise<ReadonlySet<Id>> {
  const rows = await db
    .selectFrom("governance.proposal as proposal")
    .leftJoin("governance.proposal_effects as effects", "effects.proposal", "proposal.id")
    .select(["id", "amends"])
    .where("kind", "=", "bylaws")
    .where("state", "=", "admitted")
    .where(sql<boolean>`effects.proposal is null`)
    .execute();
  return new Set(rows.flatMap(({ id, amends }) => (amends === null ? [id] : [id, amends])));
}
