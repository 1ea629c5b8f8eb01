// How the guarantee keeps its word, counted in SQL over what was promised, paid, lost and recovered.
import { sql } from "kysely";
import type { z } from "zod";
import type { GuaranteeCounters, LateCause } from "@partcommune/shared/mutual/api/counters";
import { dayAfter, dayOf } from "@partcommune/shared/platform/calendar";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { paidAhead } from "../../money/index.ts";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";

const daysShown = 30;

/** What was guaranteed so far, and how it was kept; what is exposed now and was on each of the last days on which it changed. */
export async function guaranteeCounters(view: View): Promise<z.output<typeof GuaranteeCounters>> {
  const { currency, zone } = await bookOf(view.db);
  const today = dayOf(view.now, zone);
  const money = (minor: bigint): Money => ({ minor, currency });
  const { due, onTime, late, worst, ...causes } = await kept(view, today, zone);
  const { lost, recovered } = await losses(view);
  const byDay = await exposureByDay(view, currency, today, zone);
  return {
    due,
    onTime,
    late: {
      count: late,
      ...(worst === null ? {} : { worstDays: worst }),
      causes: Object.entries(causes).flatMap(([cause, count]) => (count > 0 ? [{ cause: cause as LateCause, count }] : [])),
    },
    exposure: money(byDay.at(-1)?.minor ?? 0n),
    exposureByDay: byDay.map(({ on, minor }) => ({ on, exposure: money(minor) })),
    lost: money(lost),
    recovered: money(recovered),
  };
}

type Kept = { due: number; onTime: number; late: number; worst: number | null } & Record<LateCause, number>;

/** Why something was late: it stood in the queue; its member had no account; the coop signed too late; or the bank took too long. */
async function kept({ db }: View, today: Day, zone: string): Promise<Kept> {
  const { rows } = await sql<Kept>`
    with each as (
      select payable.due_on, item.settled_on, coalesce(item.settled_on, ${today}::date) - payable.due_on as days, case
        when exists (select from mutual.queued where queued.payable = payable.id) then 'queue'
        when not exists (
          select from money.iban where iban.member = payable.member and (counts_from at time zone ${zone})::date <= payable.due_on
        ) or not exists (
          select from membership.member_card card where card.id = payable.member and (card.status <> 'invoiced' or exists (
            select from money.billing where billing.member = payable.member and agreed and (said_at at time zone ${zone})::date <= payable.due_on
          ))
        ) then 'account'
        when (signed.at at time zone ${zone})::date <= payable.due_on then 'bank'
        else 'coop' end as cause
      from money.payable
      left join money.payout_item item on item.payable = payable.id and item.live
      left join money.payout_signature signed on signed.batch = item.batch and signed.no = 2
      where payable.due_on is not null and payable.credited_minor < payable.amount_minor
    )
    select count(*) filter (where due_on <= ${today}::date or settled_on is not null)::int as due,
      count(*) filter (where settled_on <= due_on)::int as "onTime",
      count(*) filter (where days > 0)::int as late, max(days) filter (where days > 0)::int as worst,
      count(*) filter (where days > 0 and cause = 'queue')::int as queue, count(*) filter (where days > 0 and cause = 'account')::int as account,
      count(*) filter (where days > 0 and cause = 'coop')::int as coop, count(*) filter (where days > 0 and cause = 'bank')::int as bank
    from each`.execute(db);
  return rows[0] ?? { due: 0, onTime: 0, late: 0, worst: null, queue: 0, account: 0, coop: 0, bank: 0 };
}

async function losses({ db }: View): Promise<{ readonly lost: bigint; readonly recovered: bigint }> {
  const { rows } = await sql<{ lost: bigint; recovered: bigint }>`
    select coalesce(sum(worth_minor), 0)::bigint as lost, coalesce(sum(recovered_worth_minor), 0)::bigint as recovered
    from money.loss where state = 'confirmed' and kind = 'guaranteed'`.execute(db);
  return rows[0] ?? { lost: 0n, recovered: 0n };
}

/** Paid to members ahead of clients, less what these have paid since and what was given up; each day on which it changed, and today. */
async function exposureByDay({ db }: View, currency: string, today: Day, zone: string): Promise<readonly { on: Day; minor: bigint }[]> {
  const { rows } = await sql<{ on: Day; minor: bigint }>`
    with ahead as (${paidAhead({ currency, zone, today })}), change as (
      select began as day from ahead union select ended from ahead where ended is not null union select ${today}::date
    )
    select change.day as "on",
      coalesce(sum(minor) filter (where began <= change.day and (ended is null or ended > change.day)), 0)::bigint as minor
    from change left join ahead on true where change.day between ${dayAfter(today, -daysShown)}::date and ${today}::date
    group by change.day order by change.day`.execute(db);
  return rows;
}
