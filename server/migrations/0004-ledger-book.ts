// The book: accounts, entries and their legs, written by functions alone, so that no line of code can move money on the side.
import { sql, type Kysely } from "kysely";
import { accounts } from "./0004-ledger/accounts.sql.ts";
import { guards } from "./0004-ledger/guards.sql.ts";
import { holds } from "./0004-ledger/holds.sql.ts";
import { kinds } from "./0004-ledger/kinds.sql.ts";
import { postMany } from "./0004-ledger/post-many.sql.ts";
import { postOne } from "./0004-ledger/post-one.sql.ts";
import { post } from "./0004-ledger/post.sql.ts";
import { roles } from "./0004-ledger/roles.sql.ts";
import { sealing } from "./0004-ledger/sealing.sql.ts";
import { tables } from "./0004-ledger/tables.sql.ts";
import { views } from "./0004-ledger/views.sql.ts";

export async function up(db: Kysely<never>): Promise<void> {
  for (const part of [tables, kinds, guards, accounts, holds, postOne, postMany, post, sealing, views, roles])
    await sql.raw(part).execute(db);
}
