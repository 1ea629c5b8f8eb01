// Engagements: what accepted bids become.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create unique index one_accepted_bid on marketplace.bid (job) where state = 'accepted';

    create table marketplace.engagement (
      id uuid primary key,
      job uuid not null references marketplace.job,
      bid uuid not null unique references marketplace.bid, -- one acceptance is one engagement
      client uuid not null,
      member uuid not null,
      amount_minor bigint not null check (amount_minor > 0),
      currency char(3) not null,
      state text not null check (state in ('quoted', 'signed', 'lapsed')),
      quote text not null, -- canonical JSON (RFC 8785), as both sides read it
      quote_hash bytea not null check (length(quote_hash) = 32),
      quoted_at timestamptz(3) not null,
      sign_until timestamptz(3) not null,
      client_signer uuid,
      client_signed_at timestamptz(3),
      member_signed_at timestamptz(3),
      version bigint not null default 1,
      check ((client_signer is null) = (client_signed_at is null)),
      check (state <> 'signed' or (client_signed_at is not null and member_signed_at is not null))
    );
    create index on marketplace.engagement (client, quoted_at);
    create index on marketplace.engagement (member, quoted_at);
    create index on marketplace.engagement (sign_until) where state = 'quoted';

    create table marketplace.milestone (
      id uuid primary key,
      engagement uuid not null references marketplace.engagement,
      number smallint not null check (number > 0),
      amount_minor bigint not null check (amount_minor > 0),
      state text not null check (state in ('waiting', 'cancelled')),
      unique (engagement, number)
    );

    -- What was quoted is what is signed: the paper never changes under a signature.
    create function marketplace.keep_quote() returns trigger language plpgsql as $$
    begin
      if (new.quote, new.quote_hash, new.amount_minor, new.currency, new.client, new.member)
        is distinct from (old.quote, old.quote_hash, old.amount_minor, old.currency, old.client, old.member) then
        raise exception 'a quote is frozen' using errcode = 'PC030';
      end if;
      return new;
    end $$;
    create trigger keep_quote before update on marketplace.engagement for each row execute function marketplace.keep_quote();

    grant select, insert, update on marketplace.engagement, marketplace.milestone to partcommune_app;
  `.execute(db);
}
