// What one member is owed and was paid for named work, in SQL, and how much of that work was approved.
import { sql } from "kysely";
import { payableState, waitsFor, type PayableState, type Wait } from "@partcommune/shared/money/rules/payout";
import type { CalendarName } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
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
  readonly guarantee?: DaysPromised;
  readonly state: PayableState;
  readonly waitsFor?: Wait;
  readonly queue?: Place;
  readonly paidOn?: Day;
};

/** The last day of what is guaranteed, and the calendar it was reckoned by, as it stood at that instant. */
export type DaysPromised = { readonly dueOn: Day; readonly calendar: CalendarName; readonly reckonedAt: Instant };

/** Of these engagements, what the member is owed or was paid, newest first. */
export async function owedToMember(view: View, member: Id, engagements: readonly Id[]): Promise<readonly OwedToMember[]> {
  const rows = await factsOfPayable(view.db, view.now)
    .innerJoin("money.document as document", "document.id", "payable.invoice")
    .select(["document.number", "document.issued_on", "document.engagement", "document.milestone", "item.settled_on"])
    .select(["payable.due_on", "payable.calendar_country", "payable.calendar_region", "payable.opened_at"])
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
      amount: { minor: row.owed_minor, currency: row.currency },
      state,
      ...daysPromised(row),
      ...(waiting === undefined ? {} : { waitsFor: waiting }),
      ...(queue === undefined ? {} : { queue }),
      ...(row.settled_on === null ? {} : { paidOn: row.settled_on }),
    };
  });
}

type Reckoned = {
  readonly due_on: Day | null;
  readonly calendar_country: string | null;
  readonly calendar_region: string | null;
  readonly opened_at: Instant;
};

function daysPromised({ due_on: dueOn, calendar_country: country, calendar_region: region, opened_at: reckonedAt }: Reckoned) {
  if (dueOn === null || country === null || region === null) return {};
  return { guarantee: { dueOn, calendar: { country, region }, reckonedAt } };
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
