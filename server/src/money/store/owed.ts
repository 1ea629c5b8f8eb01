// What one member is owed and was paid for named work, in SQL, and how much of that work was approved.
import { sql } from "kysely";
import { payableState, waitsFor, type PayableState, type Wait } from "@partcommune/shared/money/rules/payout";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";
import { placesInQueue, type Place } from "./fronting.ts";
import { factsOfPayable } from "./payables.ts";

export type OwedToMember = {
  readonly id: Id;
  readonly engagement: Id;
  readonly milestone: Id;
  readonly invoice: string;
  readonly issuedOn: Day;
  readonly amount: Money;
  /** Where it is guaranteed. */
  readonly dueOn?: Day;
  readonly state: PayableState;
  readonly waitsFor?: Wait;
  readonly queue?: Place;
  readonly paidOn?: Day;
};

/** Of these engagements, what the member is owed or was paid, newest first. */
export async function owedToMember(view: View, member: Id, engagements: readonly Id[]): Promise<readonly OwedToMember[]> {
  const rows = await factsOfPayable(view.db, view.now)
    .innerJoin("money.document as document", "document.id", "payable.invoice")
    .select(["document.number", "document.issued_on", "document.engagement", "document.milestone", "payable.due_on", "item.settled_on"])
    .where("payable.member", "=", member)
    .where(sql<boolean>`document.engagement = any (${[...engagements]}::uuid[])`)
    .orderBy("payable.opened_at", "desc")
    .orderBy("payable.id", "desc")
    .execute();
  const places = rows.some(({ queuedFor }) => queuedFor !== null) ? await placesInQueue(view) : new Map<Id, Place>();
  return rows.map((row) => {
    const [state, queue] = [payableState(row), places.get(row.id)];
    const waiting = state === "waiting" ? waitsFor(row) : undefined;
    return {
      id: row.id,
      engagement: row.engagement,
      milestone: row.milestone,
      invoice: row.number,
      issuedOn: row.issued_on,
      amount: { minor: row.amount_minor, currency: row.currency },
      state,
      ...(row.due_on === null ? {} : { dueOn: row.due_on }),
      ...(waiting === undefined ? {} : { waitsFor: waiting }),
      ...(queue === undefined ? {} : { queue }),
      ...(row.settled_on === null ? {} : { paidOn: row.settled_on }),
    };
  });
}

export type ApprovedOfMember = { readonly engagement: Id; readonly milestone: Id; readonly minor: bigint };

/** How much of the member's work was approved, less what credit notes took back, and less what was promised and lost. */
export async function approvedOfMember({ db }: View, member: Id, engagements: readonly Id[]): Promise<readonly ApprovedOfMember[]> {
  const { rows } = await sql<ApprovedOfMember>`
    select document.engagement, document.milestone, case
      when payable.due_on is not null and exists (select from money.loss where loss.invoice = document.id and state = 'confirmed') then 0
      else payable.amount_minor - earning.credited_minor end as minor
    from money.payable join money.document on document.id = payable.invoice
    join money.earning on earning.invoice = document.id and earning.member = payable.member
    where payable.member = ${member} and document.engagement = any (${[...engagements]}::uuid[])`.execute(db);
  return rows;
}
