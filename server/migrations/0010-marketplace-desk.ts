// The adviser's desk: which adviser looks at which held-up engagement.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table marketplace.taking (
      engagement uuid primary key references marketplace.engagement, -- one adviser at a time
      adviser uuid not null,
      at timestamptz(3) not null
    );

    grant select, insert, update, delete on marketplace.taking to partcommune_app;
  `.execute(db);
}
