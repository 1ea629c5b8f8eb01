// Whose names stand behind a proposal, in SQL.
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

/** Puts a member's name to it. False when it stands there already. */
export async function addSponsor({ tx, now }: Scope, proposal: Id, member: Id): Promise<boolean> {
  const added = await tx
    .insertInto("governance.sponsorship")
    .values({ proposal, member, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

/** Takes it back. False when it did not stand there. */
export async function dropSponsor({ tx }: Scope, proposal: Id, member: Id): Promise<boolean> {
  const dropped = await tx
    .deleteFrom("governance.sponsorship")
    .where("proposal", "=", proposal)
    .where("member", "=", member)
    .executeTakeFirst();
  return dropped.numDeletedRows === 1n;
}

export async function sponsorsOf({ db }: Pick<View, "db">, proposal: Id): Promise<number> {
  const { count } = await db
    .selectFrom("governance.sponsorship")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("proposal", "=", proposal)
    .executeTakeFirstOrThrow();
  return Number(count);
}
