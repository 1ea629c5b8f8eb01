// The whole book, page by page in the order in which it was posted, for whoever writes it out.
import { sql } from "kysely";
import type { JournalledEntry } from "@partcommune/shared/money/rules/journal";
import type { Reading } from "./ledger.ts";

export type JournalEntry = JournalledEntry & { readonly entry: bigint };

/** The entries after one, so many. */
export async function journalPage({ db }: Reading, after: bigint, limit: number): Promise<readonly JournalEntry[]> {
  const { rows } = await sql<JournalEntry>`
    select entry_id as entry, uid, kind, value_on as "on", bylaws::text[] as bylaws, (
      select jsonb_agg(jsonb_build_array(code, leg.currency, amount::text, class) order by no)
      from ledger.leg join ledger.account using (account_id) where leg.entry_id = entry.entry_id
    ) as legs
    from ledger.entry where entry_id > ${after}::bigint order by entry_id limit ${limit}`.execute(db);
  return rows;
}
