// Jobs of other coops: where each is known, and what we last read of it.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table marketplace.job_elsewhere (
      job uuid primary key references marketplace.job,
      iri text not null unique,
      url text not null, -- for people
      wire_version int not null,
      heard_at timestamptz(3) not null
    );

    grant select, insert, update on marketplace.job_elsewhere to partcommune_app;
  `.execute(db);
}
