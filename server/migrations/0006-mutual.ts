// The mutual fund: what was promised at each signing, and on which answers.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create schema mutual;

    -- One row per client whose engagements are promised: those who promise for the same client stand in line here.
    create table mutual.exposed_client (
      client uuid primary key
    );

    create table mutual.promise (
      id uuid primary key,
      engagement uuid not null,
      amendment uuid, -- null: answered at the engagement's signing
      milestones uuid[], -- which it is about; null: all that no amendment's answer is about
      client uuid not null references mutual.exposed_client,
      member uuid not null,
      amount_minor bigint not null check (amount_minor > 0), -- the member's budget
      currency char(3) not null,
      rate_home_ppm bigint, -- by which a foreign price was reckoned when it was signed; null: the price is in the coop's own money
      rate_foreign_ppm bigint,
      moved_minor bigint not null default 0, -- what the rates of the invoices made more of it, or less
      collected_minor bigint not null default 0 check (collected_minor between 0 and amount_minor + moved_minor), -- of that, what the client has paid
      released_minor bigint not null default 0 check (released_minor >= 0), -- of that, what was never owed in the end: settled lower, cancelled, credited
      guaranteed boolean not null,
      working_days smallint not null check (working_days > 0),
      lacking text[] not null,
      lacks jsonb not null, -- the figures of a no about pot or bank, in minor units
      bylaws bigint[] not null, -- the versions that the answers obey
      promised_at timestamptz(3) not null,
      ended_at timestamptz(3),
      ended_because text check (ended_because in ('collected', 'engagementEnded')),
      check (collected_minor + released_minor <= amount_minor + moved_minor),
      check (num_nulls(rate_home_ppm, rate_foreign_ppm) in (0, 2) and (rate_home_ppm is not null or moved_minor = 0)),
      check (guaranteed = (lacking = '{}')),
      check ((amendment is null) = (milestones is null)),
      check ((ended_at is null) = (ended_because is null))
    );
    create unique index one_promise on mutual.promise (engagement, member, amendment) nulls not distinct where ended_at is null;
    create index on mutual.promise (engagement, promised_at);
    create index on mutual.promise (member, promised_at);
    create index on mutual.promise (client) where guaranteed and ended_at is null;

    -- A promise is never taken back and never bettered: only what rates make of it, what the client pays of it, what of it was never owed, and its end are written.
    create function mutual.keep_promise() returns trigger language plpgsql as $$
    begin
      if to_jsonb(new) - '{moved_minor,collected_minor,released_minor,ended_at,ended_because}'::text[] is distinct from to_jsonb(old) - '{moved_minor,collected_minor,released_minor,ended_at,ended_because}'::text[]
        or new.collected_minor < old.collected_minor or new.released_minor < old.released_minor or old.ended_at is not null then
        raise exception 'a promise is kept' using errcode = 'PC001';
      end if;
      return new;
    end $$;
    create trigger keep_promise before update on mutual.promise for each row execute function mutual.keep_promise();
    create trigger refuse_change before delete on mutual.promise for each row execute function platform.refuse_change();
    create trigger refuse_truncate before truncate on mutual.promise for each statement execute function platform.refuse_change();

    grant usage on schema mutual to partcommune_app;
    grant select, insert on mutual.exposed_client to partcommune_app;
    grant update on mutual.exposed_client to partcommune_app; -- to lock a row
    grant select, insert, update on mutual.promise to partcommune_app;
  `.execute(db);
}
