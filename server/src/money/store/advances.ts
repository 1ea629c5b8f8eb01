// Advances in SQL: what each member owes, what may be used to repay it, and for which the bank does not hold enough.
import { sql } from "kysely";
import type { AdvanceState, Standing } from "@partcommune/shared/money/rules/advance";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { cashSums } from "./fund.ts";
import { spokenFor } from "./fronting.ts";
import { factsOfPayable } from "./payables.ts";

/** One change of what a member owes at a time, until the transaction ends. */
export async function takeAdvanceTurn({ tx }: Pick<Scope, "tx">, member: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`money:advance:${member}`}, 0))`.execute(tx);
}

export type NewAdvance = { readonly id: Id; readonly member: Id; readonly amount: Money; readonly bylaws: readonly bigint[] };

/** Keeps that a member asked for an advance. */
export async function saveAdvance({ tx, now }: Pick<Scope, "tx" | "now">, { amount, bylaws, ...advance }: NewAdvance): Promise<void> {
  const row = { ...advance, amount_minor: amount.minor, currency: amount.currency, bylaws: [...bylaws], state: "asked", asked_at: now };
  await tx.insertInto("money.advance").values(row).execute();
}

/** What is left of an advance. */
export const isLeftOfAdvance = sql<bigint>`(advance.amount_minor - advance.repaid_minor - advance.lost_minor)`;

/** What a member owes or has asked for, in minor units. */
export async function owedBy({ db }: { readonly db: Database | Tx }, member: Id): Promise<bigint> {
  const { rows } = await sql<{ minor: bigint }>`
    select coalesce(sum(${isLeftOfAdvance}), 0)::bigint as minor from money.advance where member = ${member}`.execute(db);
  return rows[0]?.minor ?? 0n;
}

/** One, with the instant at which two had signed it. */
export type Granted = Standing & { readonly at: Instant };

/** The advances that a member was paid or will be, and owes, the oldest first. */
export async function granted({ tx }: Pick<Scope, "tx">, member: Id): Promise<readonly Granted[]> {
  const rows = await tx
    .selectFrom("money.advance as advance")
    .select(["id", "currency", isLeftOfAdvance.as("minor"), "granted_at as at"])
    .$narrowType<{ at: Instant }>()
    .where("member", "=", member)
    .where("state", "=", "granted")
    .orderBy("asked_at")
    .orderBy("id")
    .execute();
  return rows.map(({ id, minor, currency, at }) => ({ id, at, left: { minor, currency } }));
}

/** Keeps that two have signed the payment of an advance. True the first time; what came back from the bank is granted already. */
export async function grant({ tx, now }: Pick<Scope, "tx" | "now">, advance: Id): Promise<boolean> {
  const row = await tx
    .updateTable("money.advance")
    .set({ state: "granted", granted_at: now })
    .where("id", "=", advance)
    .where("state", "=", "asked")
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Counts what was repaid of an advance; with the last of it, it is over. The caller has the member's turn. */
export async function noteRepaid({ tx }: Pick<Scope, "tx">, advance: Id, { minor }: Money): Promise<void> {
  await tx
    .updateTable("money.advance")
    .set((eb) => ({
      repaid_minor: eb("repaid_minor", "+", minor),
      state: sql<string>`case when repaid_minor + ${minor}::bigint = amount_minor then 'repaid' else state end`,
    }))
    .where("id", "=", advance)
    .where("state", "=", "granted")
    .execute();
}

/** For which of the advances that are asked the bank does not hold enough now: they are paid in the order in which they were asked. */
export async function shortOfCash(view: { readonly db: View["db"]; readonly now: Instant }, currency: string): Promise<ReadonlySet<Id>> {
  const asked = await factsOfPayable(view.db, view.now)
    .where("payable.about", "=", "advance")
    .where("payable.currency", "=", currency)
    .where("item.id", "is", null)
    .orderBy("payable.opened_at")
    .orderBy("payable.id")
    .execute();
  if (asked.length === 0) return new Set();
  const { bank, vatDue, owedToSisters, inTransit } = await cashSums(view, currency);
  let rest = bank - vatDue - owedToSisters - inTransit - (await spokenFor(view, currency, "advance"));
  return new Set(
    asked.flatMap(({ id, amount_minor: minor }) => {
      rest -= minor;
      return rest < 0n ? [id] : [];
    }),
  );
}

/** The same, where there are advances among these. */
export const shortOf = async (
  view: { readonly db: View["db"]; readonly now: Instant },
  rows: readonly { readonly about: string; readonly currency: string }[],
): Promise<ReadonlySet<Id>> => {
  const advance = rows.find(({ about }) => about === "advance");
  return advance ? shortOfCash(view, advance.currency) : new Set();
};

export type OwnAdvance = {
  readonly id: Id;
  readonly amount: Money;
  readonly repaid: Money;
  readonly lost: Money;
  readonly state: AdvanceState;
  readonly askedAt: Instant;
  readonly payable: Id;
  readonly paidOn: Day | null;
};

/** A member's advances, newest first. */
export async function advancesOf({ db }: Pick<View, "db">, member: Id): Promise<readonly OwnAdvance[]> {
  const rows = await db
    .selectFrom("money.advance as advance")
    .innerJoin("money.payable as payable", "payable.source", "advance.id")
    .leftJoin("money.payout_item as item", (join) => join.onRef("item.payable", "=", "payable.id").on("item.live", "=", true))
    .select(["advance.id", "advance.amount_minor", "advance.repaid_minor", "advance.lost_minor", "advance.currency", "advance.state"])
    .select(["advance.asked_at as askedAt", "payable.id as payable", "item.settled_on as paidOn"])
    .where("advance.member", "=", member)
    .orderBy("advance.asked_at", "desc")
    .orderBy("advance.id", "desc")
    .limit(200)
    .execute();
  return rows.map(({ id, askedAt, payable, paidOn, state, currency, ...minors }) => ({
    id,
    askedAt,
    payable,
    paidOn,
    state: state as AdvanceState,
    amount: { minor: minors.amount_minor, currency },
    repaid: { minor: minors.repaid_minor, currency },
    lost: { minor: minors.lost_minor, currency },
  }));
}

export type NewAdvanceLoss = { readonly advance: Id; readonly talkedOn: Day; readonly proposedBy: Id };

/** Saves a proposal to give an advance up, unless one of it waits or was confirmed. */
export async function saveAdvanceLoss({ tx, now, id }: Scope, { advance, talkedOn, proposedBy }: NewAdvanceLoss): Promise<Id | undefined> {
  const row = await tx
    .insertInto("money.advance_loss")
    .values({ id: id(), advance, talked_on: talkedOn, state: "proposed", proposed_by: proposedBy, proposed_at: now })
    .onConflict((conflict) => conflict.column("advance").where("state", "<>", sql.lit("discarded")).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** Counts what is left of an advance as lost. The caller has the member's turn. */
export async function noteLost({ tx }: Pick<Scope, "tx">, advance: Id, { minor }: Money): Promise<void> {
  await tx.updateTable("money.advance").set({ lost_minor: minor, state: "lost" }).where("id", "=", advance).execute();
}
