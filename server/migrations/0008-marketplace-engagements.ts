// Engagements: what accepted bids and declared work become.
import { sql, type Kysely } from "kysely";
import { amendments } from "./0008-marketplace-engagements/amendments.sql.ts";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create unique index one_accepted_bid on marketplace.bid (job) where state = 'accepted';

    create table marketplace.engagement (
      id uuid primary key,
      job uuid references marketplace.job, -- null: declared by the member, for a client of their own
      bid uuid unique references marketplace.bid, -- one acceptance is one engagement
      title text not null,
      text text not null,
      client uuid not null,
      client_name text not null, -- as the quote names it
      member uuid not null, -- who leads it; alone, who does it
      team uuid[] not null check (team[1] = member and cardinality(team) between 1 and 12), -- all who do it, as their parts are numbered
      amount_minor bigint not null check (amount_minor > 0),
      currency char(3) not null,
      rate_minor bigint check (rate_minor > 0), -- for an hour; the amount is then the most it can come to
      state text not null check (state in ('quoted', 'signed', 'covered', 'underWay', 'finished', 'cancelled', 'lapsed')),
      start_on date not null,
      end_on date not null,
      zone text not null,
      country char(2), -- where the work is done; null: remotely
      service text, -- what the law of the coop's country taxes otherwise than other work
      silence_days smallint not null, -- of the bylaw version that the quote cites
      quote text not null, -- canonical JSON (RFC 8785), as both sides read it
      quote_hash bytea not null check (length(quote_hash) = 32),
      quoted_at timestamptz(3) not null,
      sign_until timestamptz(3) not null,
      client_signer uuid,
      client_signed_at timestamptz(3),
      member_signed_at timestamptz(3), -- the last of the team
      signed_at timestamptz(3), -- the second signature: fee and guarantee are those of this instant
      failed_checks text[],
      covered_at timestamptz(3),
      covered_by uuid, -- the adviser; null while covered by rule
      cover_note text,
      sent_back_because text,
      cancelled_because text,
      cancel_asked_by text check (cancel_asked_by in ('client', 'member')),
      cancel_asked_because text,
      cancel_stands_until timestamptz(3),
      cancel_agreed text[] not null default '{}', -- to that: the client, and the ids of those of the team who did
      version bigint not null default 1,
      check ((job is null) = (bid is null)),
      check (num_nulls(cancel_asked_by, cancel_asked_because, cancel_stands_until) in (0, 3)),
      check (client_signer is null or client_signed_at is not null), -- a client of another coop signs there
      check ((signed_at is not null) = (client_signed_at is not null and member_signed_at is not null)),
      check (state not in ('signed', 'covered', 'underWay', 'finished') or signed_at is not null)
    );
    create index on marketplace.engagement (signed_at) where state = 'signed';
    create index on marketplace.engagement (start_on) where state = 'covered';
    create index on marketplace.engagement (client, quoted_at);
    create index on marketplace.engagement (member, quoted_at);
    create index on marketplace.engagement using gin (team);
    create index on marketplace.engagement (sign_until) where state = 'quoted';

    -- What each of the team does it for: every milestone is shared out in this proportion.
    create table marketplace.engagement_part (
      engagement uuid not null references marketplace.engagement,
      number smallint not null check (number between 1 and 12),
      member uuid not null,
      share_ppm integer check (share_ppm between 1 and 1000000), -- null: the share was named as an amount
      weight bigint not null check (weight > 0), -- the proportion: the amount at the first signing; no change of the price alters it
      amount_minor bigint not null check (amount_minor > 0), -- of the price, without VAT
      into_budget uuid, -- of the member's, into which the next invoice goes; null: their first
      signed_at timestamptz(3),
      primary key (engagement, number),
      unique (engagement, member)
    );
    create index on marketplace.engagement_part (member, engagement);
    create index on marketplace.engagement_part (into_budget) where into_budget is not null;

    -- Links by which a client signs without an account: the token itself is nowhere in the database.
    create table marketplace.signing_link (
      digest bytea primary key check (length(digest) = 32),
      engagement uuid not null references marketplace.engagement,
      person uuid not null, -- to whom it was mailed
      at timestamptz(3) not null,
      amendment uuid, -- null: signs the first quote
      ended_at timestamptz(3) -- used, or replaced by a newer one
    );
    create unique index one_link on marketplace.signing_link (engagement) where ended_at is null;

    create table marketplace.milestone (
      id uuid primary key,
      engagement uuid not null references marketplace.engagement,
      number smallint not null check (number > 0),
      title text not null,
      amount_minor bigint not null check (amount_minor > 0),
      minutes integer check (minutes > 0), -- handed in, where work is paid by the hour
      due_minor bigint check (due_minor between 1 and amount_minor), -- what those come to
      due_on date,
      parallel boolean not null, -- begins with the work; else when the one before is handed in
      state text not null check (
        state in ('waiting', 'underWay', 'handedIn', 'changesAsked', 'disputed', 'invoiced', 'clientPaid', 'memberPaid', 'settled', 'cancelled')
      ),
      handed_in_at timestamptz(3), -- the last time
      approve_by timestamptz(3), -- from then on silence approves
      remind_at timestamptz(3), -- the next reminder
      reminders smallint not null default 0,
      changes_asked smallint not null default 0 check (changes_asked between 0 and 2),
      disputed_by text check (disputed_by in ('client', 'member')),
      disputed_at timestamptz(3),
      dispute_reason text,
      client_words int not null default 0, -- how often a side has opened or ended a dispute: which of two words that pass each other is the later
      member_words int not null default 0,
      mediator uuid, -- the adviser who took the mediation of the open dispute
      settled_share smallint check (settled_share between 0 and 100 and settled_share % 5 = 0), -- per cent of the amount, agreed by both sides
      approved_at timestamptz(3),
      approved_by uuid, -- null: by silence
      invoice uuid unique, -- one approval, one invoice
      dropped boolean not null default false, -- no part of the price any more: both sides signed so
      version bigint not null default 1,
      unique (engagement, number),
      check ((minutes is null) = (due_minor is null)),
      check (not dropped or (state = 'cancelled' and handed_in_at is null)),
      check (state <> 'disputed' or (disputed_by, disputed_at, dispute_reason) is not null),
      check (mediator is null or state = 'disputed'),
      check (settled_share is null or settled_share > 0 or state = 'cancelled'),
      check ((state = 'handedIn') = (approve_by is not null)),
      check (state not in ('invoiced', 'clientPaid', 'memberPaid', 'settled') or invoice is not null),
      check (invoice is null or state in ('invoiced', 'clientPaid', 'memberPaid', 'settled', 'cancelled')) -- cancelled: wholly credited
    );
    create index on marketplace.milestone (approve_by) where state = 'handedIn';
    create index on marketplace.milestone (remind_at) where remind_at is not null;

    -- What was handed in and what was asked for stay as they were said.
    create table marketplace.hand_in (
      id uuid primary key,
      milestone uuid not null references marketplace.milestone,
      at timestamptz(3) not null,
      text text not null
    );
    create index on marketplace.hand_in (milestone);
    -- What each other one of a team adds to what its lead hands in.
    create table marketplace.part_added (
      id uuid primary key,
      milestone uuid not null references marketplace.milestone,
      member uuid not null,
      at timestamptz(3) not null,
      text text not null
    );
    create index on marketplace.part_added (milestone);
    create table marketplace.change_request (
      id uuid primary key,
      milestone uuid not null references marketplace.milestone,
      at timestamptz(3) not null,
      points text[] not null
    );
    create index on marketplace.change_request (milestone);

    -- Proposals to settle a dispute. Each stands until its limit, until its proposer makes another, or until the dispute ends.
    create table marketplace.settlement_proposal (
      id uuid primary key,
      milestone uuid not null references marketplace.milestone,
      proposed_by text not null check (proposed_by in ('client', 'member', 'adviser')),
      person uuid not null,
      share smallint not null check (share between 0 and 100 and share % 5 = 0),
      reason text not null,
      at timestamptz(3) not null,
      stands_until timestamptz(3) not null check (stands_until > at),
      ended_at timestamptz(3)
    );
    create unique index one_proposal on marketplace.settlement_proposal (milestone, proposed_by) where ended_at is null;
    create index on marketplace.settlement_proposal (milestone, at);
    -- Who agreed; nobody takes it back, and whoever proposes has agreed. One person binds the client, of a team each binds but themselves.
    create table marketplace.settlement_agreement (
      proposal uuid not null references marketplace.settlement_proposal,
      side text not null check (side in ('client', 'member')),
      person uuid not null,
      member uuid check ((member is not null) = (side = 'member')),
      at timestamptz(3) not null,
      primary key (proposal, side, person)
    );
    create unique index one_for_the_client on marketplace.settlement_agreement (proposal) where side = 'client';
    create index on marketplace.milestone (disputed_at, id) where state = 'disputed';

    create function marketplace.keep_proposal() returns trigger language plpgsql as $$
    begin
      if to_jsonb(new) - 'ended_at' is distinct from to_jsonb(old) - 'ended_at' or old.ended_at is not null then
        raise exception 'a proposal is not rewritten' using errcode = 'PC001';
      end if;
      return new;
    end $$;
    create trigger keep_proposal before update on marketplace.settlement_proposal for each row execute function marketplace.keep_proposal();

    create function marketplace.keep_part() returns trigger language plpgsql as $$
    begin
      if to_jsonb(new) - '{signed_at,amount_minor,into_budget}'::text[] is distinct from to_jsonb(old) - '{signed_at,amount_minor,into_budget}'::text[] then
        raise exception 'a quote is frozen' using errcode = 'PC030';
      end if;
      return new;
    end $$;
    create trigger keep_part before update on marketplace.engagement_part for each row execute function marketplace.keep_part();

    grant select, insert, update on marketplace.engagement, marketplace.engagement_part, marketplace.signing_link, marketplace.milestone to partcommune_app;
    grant select, insert, update on marketplace.settlement_proposal to partcommune_app;
    grant select, insert on marketplace.hand_in, marketplace.part_added, marketplace.change_request, marketplace.settlement_agreement to partcommune_app;
  `.execute(db);
  await sql.raw(amendments).execute(db);
}
