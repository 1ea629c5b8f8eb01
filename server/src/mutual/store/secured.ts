// What of a member's work is secured, in SQL: signed, guaranteed, and not paid to them yet.
import { sql } from "kysely";
import type { readAdvances } from "@partcommune/shared/money/api";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { advancePage } from "../../money/index.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";

/** What is promised to a member and neither collected nor released, less what they were paid of it ahead of the client. */
export async function securedOf({ db }: Pick<View, "db">, member: Id): Promise<Money> {
  const { currency } = await bookOf(db);
  const { rows } = await sql<{ minor: bigint }>`
    select greatest(coalesce(sum(promised - ahead), 0), 0)::bigint as minor
    from (
      select engagement, sum(amount_minor + moved_minor - collected_minor - released_minor) as promised from mutual.promise
      where member = ${member} and currency = ${currency} and guaranteed and ended_at is null group by engagement
    ) promise, lateral (
      select coalesce(sum(payable.amount_minor - payable.credited_minor), 0) as ahead
      from money.payable join money.collection using (invoice)
      where payable.engagement = promise.engagement and payable.member = ${member} and payable.ahead_at is not null
        and paid_minor + collection.credited_minor + collection.lost_minor < gross_minor
    ) paid`.execute(db);
  return { minor: rows[0]?.minor ?? 0n, currency };
}

/** One's own advances. */
export async function ownAdvances(view: View): Promise<AnswerOf<typeof readAdvances>> {
  const { actor } = view;
  const member = found(actor.kind === "person" ? actor.member : undefined);
  return advancePage(view, member, await securedOf(view, member));
}
