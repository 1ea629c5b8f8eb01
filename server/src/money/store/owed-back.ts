// What clients paid beyond what they owe, in SQL.
import { sql } from "kysely";
import type { listOwedBack } from "@partcommune/shared/money/api";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { View } from "../../platform/scope.ts";

/** Invoices that were paid too much, the oldest first. */
export async function owedBack({ db }: Pick<View, "db">): Promise<AnswerOf<typeof listOwedBack>> {
  const { rows } = await sql<{ id: Id; number: string; client: string; minor: bigint; currency: string }>`
    select document.id, document.number, coalesce(client.name, '') as client, document.currency::text as currency,
      collection.paid_minor + collection.credited_minor - collection.gross_minor as minor
    from money.collection join money.document on document.id = collection.invoice left join membership.client_card client on client.id = document.client
    where document.kind = 'invoice' and collection.paid_minor + collection.credited_minor > collection.gross_minor
    order by document.id limit 200`.execute(db);
  return { items: rows.map(({ minor, currency, ...row }) => ({ ...row, over: { minor, currency } })) };
}
