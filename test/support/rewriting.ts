// An owner of the database who rewrites the book: the triggers asleep, an entry changed, and every seal, node and head made anew, so that all of it agrees with itself.
import { sql, type Kysely } from "kysely";
import { sealEntries } from "@partcommune/server/money/actions/seal";
import type { Database } from "@partcommune/server/platform/database";
import { keysFrom } from "@partcommune/server/platform/keys";
import { nothingReached } from "@partcommune/server/platform/world";
import { signHead } from "@partcommune/server/platform/transparency/heads";
import type { Instant } from "@partcommune/shared/platform/time";

export const recordKeys = keysFrom(Buffer.alloc(32, 7));

type Signing = { readonly db: Database; readonly now: Instant; readonly origin?: string };

/** Signs the ledger's log as long as it is. */
export const signLedger = ({ db, now, origin = "https://atelier.example" }: Signing): Promise<unknown> =>
  db.transaction().execute(async (tx) => signHead({ tx, keys: recordKeys, origin, now }, { log: "ledger" }));

/** Doubles the first entry, then seals all of it again, in as many batches as there were. */
export async function rewriteBook(owner: Kysely<never>, signing: Signing): Promise<void> {
  const { db, now } = signing;
  const { rows } = await sql<{ entries: bigint[] }>`
    select array_agg(entry_id order by position) as entries from ledger.batch join ledger.sealed on position between from_position and to_position
    group by batch_no order by batch_no`.execute(db);
  await owner.connection().execute(async (connection) => {
    await sql
      .raw(
        `set session_replication_role = replica;
        update ledger.leg set amount = amount * 2 where entry_id = (select min(entry_id) from ledger.entry);
        update ledger.balance set balance = (select coalesce(sum(amount), 0) from ledger.leg where leg.account_id = balance.account_id);
        update ledger.pool set mark = 0, mark_position = 0;
        delete from platform.log_head; delete from platform.log_node; delete from platform.log_leaf;
        delete from ledger.sealed; delete from ledger.batch;
        reset session_replication_role`,
      )
      .execute(connection);
  });
  for (const { entries } of rows) await sealNoMore(db, now, entries.length);
  await signLedger(signing);
}

const sealNoMore = (db: Database, now: Instant, most: number): Promise<unknown> =>
  db.transaction().execute(async (tx) => sealEntries({ tx, now, reach: nothingReached }, most));
