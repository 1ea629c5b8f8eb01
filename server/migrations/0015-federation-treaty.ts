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
      mandate jsonb, -- how far our officers may go from what was voted
      voted jsonb, -- the terms as our members voted them
      warned int, -- the fewest days before its end at which the board was told
      reason text, -- why it rests or ended, for everybody
      at timestamptz(3) not null, -- since when it is in this state
      check (state not in ('accepted', 'active', 'paused') or iri is not null)
    );
    create unique index treaty_live on federation.treaty (host) where state in ('offered', 'received', 'accepted', 'active', 'paused');

    -- Every text that lay on the table, by whichever of the two laid it there.
    create table federation.treaty_draft (
      treaty uuid not null references federation.treaty,
      draft int not null,
      ours boolean not null, -- whether we wrote it
      terms jsonb not null,
      hash bytea not null,
      offer text, -- the activity that carried it
      at timestamptz(3) not null,
      primary key (treaty, draft, ours)
    );

    grant select, insert, update on federation.treaty to partcommune_app;
    grant select, insert on federation.treaty_draft to partcommune_app;
  `.execute(db);
}
