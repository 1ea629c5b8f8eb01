// The coop's own account at the bank in SQL.
import { sql } from "kysely";
import type { readHouseAccount } from "@partcommune/shared/money/api";
import type { HouseAccountState } from "@partcommune/shared/money/rules/house-account";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

export type NewHouseAccount = { readonly iban: string; readonly bic?: string | undefined; readonly holder: string; readonly by: Id };

/** Saves a proposed account. One that waits already lets none in. */
export async function saveHouseAccount({ tx, now, id }: Scope, { by, bic, ...account }: NewHouseAccount): Promise<Id | undefined> {
  const row = await tx
    .insertInto("money.house_account")
    .values({ id: id(), ...account, bic: bic ?? null, state: "proposed", proposed_by: by, proposed_at: now })
    .onConflict((conflict) => conflict.column("state").where("state", "=", sql.lit("proposed")).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** A proposal, held until the transaction ends. */
export async function heldHouseAccount(
  { tx }: Pick<Scope, "tx">,
  id: Id,
): Promise<{ readonly state: HouseAccountState; readonly proposedBy: Id } | undefined> {
  const row = await tx
    .selectFrom("money.house_account")
    .select(["state", "proposed_by as proposedBy"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row && { ...row, state: row.state as HouseAccountState };
}

/** Confirms a proposal. The caller holds it. */
export async function confirmAccount({ tx, now }: Scope, id: Id, person: Id): Promise<void> {
  const confirmed = { state: "confirmed", confirmed_by: person, confirmed_at: now };
  await tx.updateTable("money.house_account").set(confirmed).where("id", "=", id).execute();
}

/** Withdraws a proposal. The caller holds it. */
export async function discardAccount({ tx }: Scope, id: Id, person: Id): Promise<void> {
  await tx.updateTable("money.house_account").set({ state: "discarded", discarded_by: person }).where("id", "=", id).execute();
}

/** The account that was confirmed last. */
export async function accountInForce({ tx }: Pick<Scope, "tx">): Promise<{ readonly id: Id; readonly iban: string } | undefined> {
  return tx
    .selectFrom("money.house_account")
    .select(["id", "iban"])
    .where("state", "=", "confirmed")
    .orderBy("confirmed_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The account in force and the one that waits. */
export async function houseAccounts({ db, actor }: View): Promise<AnswerOf<typeof readHouseAccount>> {
  const rows = await db
    .selectFrom("money.house_account as account")
    .innerJoin("membership.person_card as proposer", "proposer.id", "account.proposed_by")
    .leftJoin("membership.person_card as confirmer", "confirmer.id", "account.confirmed_by")
    .select(["account.id", "account.iban", "account.bic", "account.holder", "account.state", "account.proposed_by"])
    .select(["proposer.name as by", "confirmer.name as confirmer"])
    .where("account.state", "in", ["proposed", "confirmed"])
    .orderBy("account.confirmed_at", "desc")
    .orderBy("account.id", "desc")
    .execute();
  const card = (wanted: HouseAccountState) => {
    const row = rows.find(({ state }) => state === wanted);
    if (!row) return undefined;
    return {
      id: row.id,
      iban: row.iban,
      ...(row.bic === null ? {} : { bic: row.bic }),
      holder: row.holder,
      by: row.by ?? "",
      ...(row.confirmer === null ? {} : { confirmedBy: row.confirmer }),
      mine: actor.kind === "person" && actor.person === row.proposed_by,
    };
  };
  const [account, proposed] = [card("confirmed"), card("proposed")];
  return { ...(account ? { account } : {}), ...(proposed ? { proposed } : {}) };
}
