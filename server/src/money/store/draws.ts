// What of a member's own money is ready and not ordered, in SQL, and what of it is used before it leaves.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { BillingFacts } from "@partcommune/shared/money/rules/self-billing";
import type { Scope, View } from "../../platform/scope.ts";
import { newestBilling } from "./billing.ts";
import { factsOfPayable, isCollected, isCome, isLeft, isOwed, isUnbilled, isUnfreed, mayBill } from "./payables.ts";

/** Something a member is owed that can be used before it is ordered, and what decides whether a paper is written about what repays an advance. */
export type Usable = Omit<BillingFacts, "billedMinor"> & {
  readonly payable: Id;
  readonly member: Id;
  readonly invoice: Id;
  readonly engagement: Id;
  readonly milestone: Id;
  /** The budget that its invoice went into; undefined: the first. */
  readonly into: Id | undefined;
  readonly left: Money;
  /** Beside that, the VAT of what was used and billed before. */
  readonly billedVat: Money;
  /** By which version of what the member said of their business; null where no paper is written. */
  readonly billing: Id | null;
  /** Of that, what is held while the client has not paid. */
  readonly unfreed: Money;
  /** What its client owes in all, and has paid; while that is not everything, something of the budget is held. */
  readonly gross: Money;
  readonly paid: Money;
  readonly collected: boolean;
  /** It was paid ahead once and came back: nothing is held for it any more. */
  readonly ahead: boolean;
};

/** Which: all of a member's; those of invoices whose clients have paid just now; some that were set aside just now; or those that waited for a member's word. */
export type Which = { readonly member: Id } | Ready;
export type Ready = { readonly invoices: readonly Id[] } | { readonly payables: readonly Id[] } | { readonly waitedFor: Id };

const among = (which: Which) =>
  "member" in which
    ? sql<boolean>`payable.member = ${which.member} and payable.about = 'invoice'`
    : "waitedFor" in which
      ? // What has repaid before was ready before.
        sql<boolean>`payable.member = ${which.waitedFor} and payable.about = 'invoice'
          and not exists (select from money.draw where draw.payable = payable.id and draw.about = 'advance')`
      : "payables" in which
        ? sql<boolean>`payable.id = any (${[...which.payables]}::uuid[])`
        : // What was set aside before became ready then, and not now.
          sql<boolean>`payable.invoice = any (${[...which.invoices]}::uuid[]) and payable.fronted_at is null`;

/** Whether somebody who is owed something of these owes an advance. */
export async function someOwe({ tx }: Pick<Scope, "tx">, ready: Ready): Promise<boolean> {
  const row = await tx
    .selectFrom("money.payable as payable")
    .innerJoin("money.advance as advance", "advance.member", "payable.member")
    .select("advance.id")
    .where(among(ready))
    .where("advance.state", "=", "granted")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those among these who wait for money to repay what they spent. */
export async function whoWait({ tx }: Pick<Scope, "tx">, ready: Ready): Promise<readonly Id[]> {
  const rows = await tx
    .selectFrom("money.payable as payable")
    .innerJoin("money.expense as expense", "expense.member", "payable.member")
    .select("payable.member")
    .distinct()
    .where(among(ready))
    .where("expense.state", "=", "waiting")
    .orderBy("payable.member")
    .execute();
  return rows.map(({ member }) => member);
}

/** What is ready and not ordered, the oldest first; held until the transaction ends, the invoices before what is owed for them. */
export async function usable({ tx }: Pick<Scope, "tx">, which: Which): Promise<readonly Usable[]> {
  const those = tx.selectFrom("money.payable as payable").where(among(which));
  await tx
    .selectFrom("money.collection")
    .select("invoice")
    .where("invoice", "in", those.select("payable.invoice"))
    .orderBy("invoice")
    .forUpdate()
    .execute();
  // Held first, and read in a statement of its own: of an order at the same time, the second sees what the first has done.
  await those.select("id").orderBy("id").forUpdate().execute();
  const rows = await tx
    .selectFrom("money.payable as payable")
    .innerJoin("money.collection as collection", "collection.invoice", "payable.invoice")
    .innerJoin("money.earning as earning", (join) =>
      join.onRef("earning.invoice", "=", "payable.invoice").onRef("earning.member", "=", "payable.member"),
    )
    .innerJoin("membership.member_card as owed", "owed.id", "payable.member")
    .leftJoin("money.self_billed as paper", (join) => join.onRef("paper.payable", "=", "payable.id").on("paper.item", "is not", null))
    .leftJoinLateral(newestBilling(sql.ref("payable.member")), (join) => join.on(isUnbilled))
    .select(["payable.id as payable", "payable.member", "payable.currency", "payable.ahead_at", "earning.into_budget"])
    .select(["payable.billed_vat_minor", "billing.id as billing", "billing.scheme", "billing.country as seat", mayBill.as("bills")])
    .select(["payable.invoice", "payable.engagement", "payable.milestone", "collection.paid_minor"])
    .$narrowType<{ invoice: Id; engagement: Id; milestone: Id }>()
    .select([
      isCollected.as("collected"),
      isLeft.as("left"),
      isUnfreed.as("unfreed"),
      sql<bigint>`collection.gross_minor - collection.credited_minor`.as("gross"),
    ])
    .where(among(which))
    .where(sql<boolean>`(payable.fronted_at is not null or ${isCollected})`)
    .where(isLeft, ">", 0n)
    .where(sql<boolean>`not exists (select from money.payout_item item where item.payable = payable.id and item.live)`)
    // Pay that the bank sent back is no longer of the budget.
    .where(sql<boolean>`not exists (select from money.pay where pay.payable = payable.id and pay.posted_at is not null)`)
    .orderBy("payable.opened_at")
    .orderBy("payable.id")
    .execute();
  return rows.map(
    ({ currency, into_budget: into, ahead_at: aheadAt, paid_minor: paid, billed_vat_minor: vat, left, unfreed, gross, ...row }) => ({
      ...row,
      billedVat: { minor: vat, currency },
      into: into ?? undefined,
      ahead: aheadAt !== null,
      left: { minor: left, currency },
      unfreed: { minor: unfreed, currency },
      gross: { minor: gross, currency },
      paid: { minor: paid, currency },
    }),
  );
}

/** What of a member's own money is ready and not ordered, in minor units. */
export async function availableTo({ db, now }: Pick<View, "db" | "now">, member: Id): Promise<bigint> {
  const rows = await factsOfPayable(db, now)
    .where("payable.member", "=", member)
    .where("payable.about", "=", "invoice")
    .where("item.id", "is", null)
    .where(sql<boolean>`(payable.fronted_at is not null or ${isCome})`)
    .execute();
  return rows.reduce((so, { amount_minor: minor, posted }) => (posted ? so : so + minor), 0n);
}

export type NewDraw = {
  readonly payable: Id;
  readonly about: "advance" | "expense";
  readonly source: Id;
  readonly amount: Money;
  /** How much less is held until the client pays. */
  readonly freed: Money;
  /** The VAT of the paper about it, which is owed with what is left. */
  readonly vat: Money;
};

/** Keeps that part of something was used: so much less of it is owed. The caller holds it. */
export async function saveDraw({ tx, now, id }: Scope, { payable, about, source, amount: { minor }, freed, vat }: NewDraw): Promise<Id> {
  const draw = id();
  await tx.insertInto("money.draw").values({ id: draw, payable, about, source, amount_minor: minor, at: now }).execute();
  await tx
    .updateTable("money.payable")
    .set((eb) => ({
      drawn_minor: eb("drawn_minor", "+", minor),
      freed_minor: eb("freed_minor", "+", freed.minor),
      billed_vat_minor: eb("billed_vat_minor", "+", vat.minor),
    }))
    .where("id", "=", payable)
    .execute();
  return draw;
}

/** What was used for something is the member's again. The caller holds what it was used of. */
export async function returnDraws({ tx, now }: Pick<Scope, "tx" | "now">, source: Id): Promise<void> {
  const draws = await tx
    .updateTable("money.draw")
    .set({ returned_at: now })
    .where("source", "=", source)
    .where("returned_at", "is", null)
    .returning(["payable", "amount_minor"])
    .execute();
  for (const { payable, amount_minor: minor } of draws)
    await tx
      .updateTable("money.payable")
      .set((eb) => ({ drawn_minor: eb("drawn_minor", "-", minor) }))
      .where("id", "=", payable)
      .execute();
}

/** What of a member's own money is used up by something, so that nothing of it is left to be paid. */
export const usedUpBy = async ({ tx }: Pick<Scope, "tx">, source: Id) =>
  tx
    .selectFrom("money.payable as payable")
    .select(["payable.id as payable", "payable.member", "payable.invoice", "payable.engagement", "payable.milestone"])
    .$narrowType<{ invoice: Id; engagement: Id; milestone: Id }>()
    .where("payable.id", "in", (eb) =>
      eb.selectFrom("money.draw").select("payable").where("source", "=", source).where("returned_at", "is", null),
    )
    .where(isOwed, "=", 0n)
    .execute();
