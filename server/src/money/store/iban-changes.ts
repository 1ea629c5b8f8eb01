// Changes of members' accounts that wait for a second person, in SQL.
import type { listIbanChanges } from "@partcommune/shared/money/api";
import type { IbanChangeState } from "@partcommune/shared/money/rules/iban";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { sql } from "kysely";
import type { Scope, View } from "../../platform/scope.ts";
import { takeTurn } from "./ibans.ts";

export type HeldChange = { readonly member: Id; readonly person: Id; readonly state: IbanChangeState };

/** A change, with its member's turn until the transaction ends: whoever sets, confirms or discards stands in line. */
export async function heldChange({ tx }: Pick<Scope, "tx">, id: Id): Promise<HeldChange | undefined> {
  const change = tx.selectFrom("money.iban").where("id", "=", id).where("needs_second", "=", true);
  const found = await change.select("member").executeTakeFirst();
  if (!found) return undefined;
  await takeTurn({ tx }, found.member);
  const { confirmed_by: by, live, ...row } = await change.select(["member", "person", "live", "confirmed_by"]).executeTakeFirstOrThrow();
  return { ...row, state: by !== null ? "confirmed" : live ? "proposed" : "discarded" };
}

/** Keeps a treasurer's word. The caller holds the change. */
export async function saveConfirmation({ tx, now }: Scope, id: Id, person: Id): Promise<void> {
  await tx.updateTable("money.iban").set({ confirmed_by: person, confirmed_at: now }).where("id", "=", id).execute();
}

/** Ends a change. The caller holds it. */
export async function endChange({ tx }: Pick<Scope, "tx">, id: Id): Promise<void> {
  await tx.updateTable("money.iban").set({ live: false }).where("id", "=", id).execute();
}

/** What waits for a treasurer, oldest first, beside the account that goes on counting. */
export async function ibanChanges({ db, actor }: View): Promise<AnswerOf<typeof listIbanChanges>> {
  const rows = await db
    .selectFrom("money.iban as change")
    .innerJoin("membership.member_card as member", "member.id", "change.member")
    .leftJoin("money.iban as before", (join) =>
      join
        .onRef("before.member", "=", "change.member")
        .on("before.live", "=", true)
        .on(sql<boolean>`(not before.needs_second or before.confirmed_by is not null)`),
    )
    .select(["change.id", "change.person", "change.masked as after", "change.set_at as setAt", "change.counts_from as from"])
    .select(["member.name", "before.masked as before"])
    .where("change.live", "=", true)
    .where("change.needs_second", "=", true)
    .where("change.confirmed_by", "is", null)
    .orderBy("change.set_at")
    .orderBy("change.id")
    .limit(200)
    .execute();
  const items = rows.map(({ id, person, name, before, after, setAt, from }) => ({
    id,
    member: name ?? "",
    ...(before === null ? {} : { before }),
    after,
    setAt,
    from,
    mine: actor.kind === "person" && actor.person === person,
  }));
  return { items };
}
