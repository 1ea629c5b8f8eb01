// Treaties with other coops: the terms that lie on the table, and those that both signed.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table federation.treaty (
      id uuid primary key,
      host uuid not null references federation.host,
      state text not null check (state in ('offered', 'received', 'accepted', 'active', 'paused', 'refused', 'withdrawn', 'ended')),
      ours boolean not null, -- whether we offered it
      draft int not null check (draft > 0), -- the number of the terms on the table
      terms jsonb not null,
      hash bytea not null, -- SHA-256 of the terms in canonical JSON
      iri text unique, -- where the agreement stands, on the origin of whoever accepted
      offer text, -- the activity that laid these terms on the table
      proposal uuid, -- the vote of our members
      reason text, -- why it rests or ended, for everybody
      at timestamptz(3) not null, -- since when it is in this state
      check (state not in ('accepted', 'active', 'paused') or iri is not null)
    );
    create unique index treaty_live on federation.treaty (host) where state in ('offered', 'received', 'accepted', 'active', 'paused');

    grant select, insert, update on federation.treaty to partcommune_app;
  `.execute(db);
}
