// What one of the treasury proposed, in SQL: confirmed by another person, or discarded by anybody of the treasury.
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope } from "../../platform/scope.ts";

/** Where such proposals stand, each with the columns of who proposed, confirmed and discarded it. */
type Proposals =
  | "money.credit"
  | "money.correction"
  | "money.loss"
  | "money.relief"
  | "money.advance_loss"
  | "money.closing"
  | "money.fx_rate";

/** Confirms what another person proposed. True for exactly one caller. */
export async function confirmProposed({ tx, now }: Pick<Scope, "tx" | "now">, table: Proposals, id: Id, person: Id): Promise<boolean> {
  const row = await tx
    .updateTable(table)
    .set({ state: "confirmed", confirmed_by: person, confirmed_at: now })
    .where("id", "=", id)
    .where("state", "=", "proposed")
    .where("proposed_by", "<>", person)
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Discards what nobody confirmed. True for exactly one caller. */
export async function discardProposed({ tx }: Pick<Scope, "tx">, table: Proposals, id: Id, person: Id): Promise<boolean> {
  const row = await tx
    .updateTable(table)
    .set({ state: "discarded", discarded_by: person })
    .where("id", "=", id)
    .where("state", "=", "proposed")
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}
