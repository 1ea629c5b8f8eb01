// What members were paid ahead of their clients, in SQL: since when, and until when it stood.
import { sql, type RawBuilder } from "kysely";
import type { Day } from "@partcommune/shared/platform/time";

/** In which currency and whose days it is reckoned, and which day is today. */
export type Reckoning = { readonly currency: string; readonly zone: string; readonly today: Day };

/** Each payment ahead: its `payable`, `minor`, the instant `ahead_at`, the day it `began`, and the day it `ended`, when the client had paid all, or it was given up. */
export const paidAhead = ({ currency, zone, today }: Reckoning): RawBuilder<unknown> => sql`
  select payable.id as payable, amount_minor - payable.credited_minor as minor, ahead_at, (ahead_at at time zone ${zone})::date as began,
    case when paid_minor + collection.credited_minor + collection.lost_minor >= collection.gross_minor or loss.id is not null then least(
      coalesce((select max(booked_on) from money.bank_line where bank_line.invoice = payable.invoice and bank_line.kind = 'clientPaid' and state = 'booked'), ${today}::date),
      (loss.confirmed_at at time zone ${zone})::date) end as ended
  from money.payable join money.collection using (invoice)
  left join money.loss on loss.invoice = payable.invoice and loss.state = 'confirmed'
  where ahead_at is not null and payable.currency = ${currency}`;
