// What coops owe each other: the statements they signed, the claims these raised, what is agreed and not yet claimed, and the rounds in which it is set off.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    -- What was said between coops under a signature, theirs and ours, word for word.
    create table federation.statement (
      id uuid primary key,
      host uuid not null references federation.host, -- the other coop
      ours boolean not null, -- whether we said it
      type text not null,
      jti text not null unique, -- its address
      payload text not null, -- canonical JSON (RFC 8785)
      sha256 text not null check (sha256 = encode(sha256(convert_to(payload, 'UTF8')), 'hex')),
      jws text, -- as it was signed; ours is signed as it leaves
      at timestamptz(3) not null,
      check (ours or jws is not null)
    );
    create function federation.keep_statement() returns trigger language plpgsql as $$
    begin
      if to_jsonb(new) - 'jws' is distinct from to_jsonb(old) - 'jws' or old.jws is not null then
        raise exception 'what was stated is not rewritten' using errcode = 'PC001';
      end if;
      return new;
    end $$;
    create trigger keep_statement before update on federation.statement for each row execute function federation.keep_statement();

    -- A month and a currency with one sister, set off.
    create table federation.netting_round (
      id uuid primary key,
      host uuid not null references federation.host,
      name text not null, -- 2026-12/EUR
      currency char(3) not null,
      state text not null check (state in ('open', 'dropped', 'posted', 'settled')),
      hash text not null, -- of the round as we last stated it
      theirs text, -- and as they did
      statement text, -- ours that stated it
      net_minor bigint not null, -- what we get; below zero what we pay
      moved_minor bigint not null default 0, -- of that, what a bank has booked
      due_on date not null,
      sent_at timestamptz(3) not null,
      at timestamptz(3) not null, -- since when it is in this state
      unique (host, name),
      check (state not in ('posted', 'settled') or theirs = hash),
      check (state <> 'settled' or moved_minor = net_minor)
    );

    create table federation.claim (
      id uuid primary key,
      host uuid not null references federation.host, -- the other coop
      ours boolean not null, -- whether we are owed
      engagement text not null, -- by its address, on the origin of whoever has the client
      milestone text not null,
      turn int not null check (turn >= 0), -- 0: the work; 1: what its client never pays of it; each more: what came in of that after all
      invoice uuid, -- our paper about the work; none where we know of no such work
      state text not null check (state in ('expected', 'raised', 'accepted', 'disputed', 'netted', 'settled', 'withdrawn')),
      currency char(3) not null,
      gross_minor bigint not null,
      fee_minor bigint not null,
      host_fund_minor bigint not null,
      home_fund_minor bigint not null,
      member_minor bigint not null,
      due_minor bigint not null,
      statement text, -- that raised it; none of what is only expected
      sha256 text, -- of what it said
      theirs_minor bigint, -- of a dispute: what the other side reckons instead; none where it knows of nothing
      accepted_at timestamptz(3),
      round uuid references federation.netting_round,
      at timestamptz(3) not null, -- since when it is in this state
      reason text, -- why it was withdrawn, raised anew or accepted after all; of whoever did it
      unique (statement),
      check ((state = 'expected') = (statement is null)),
      check ((statement is null) = (sha256 is null)),
      check ((state in ('accepted', 'netted', 'settled')) = (accepted_at is not null)),
      check (state not in ('netted', 'settled') or round is not null)
    );
    create unique index on federation.claim (host, engagement, milestone, turn) where state <> 'withdrawn';
    create index on federation.claim (invoice) where invoice is not null;
    create index on federation.claim (host, state);
    create index on federation.claim (round) where round is not null;

    -- Agreed with a sister and not yet approved, by the engagement.
    create table federation.commitment (
      host uuid not null references federation.host,
      engagement text not null,
      ours boolean not null, -- whether we shall be owed
      currency char(3) not null,
      agreed_minor bigint not null check (agreed_minor >= 0),
      approved_minor bigint not null default 0 check (approved_minor between 0 and agreed_minor),
      at timestamptz(3) not null,
      primary key (host, engagement)
    );

    -- Heads of a book and who keeps them, ours at sisters and theirs here. The statements that brought them are kept word for word beside.
    create table federation.witnessed (
      host uuid not null references federation.host,
      ours boolean not null, -- whether it is a head of ours that they keep
      log text not null,
      size bigint not null check (size >= 1),
      root text not null check (root ~ '^[0-9a-f]{64}$'),
      jws text not null,
      signed_at timestamptz(3) not null, -- by whose book it is
      finding text check (finding in ('extends', 'forked', 'unproven')), -- none of ours that was not answered yet
      at timestamptz(3) not null, -- since when it is so
      primary key (host, ours, log, size, root), -- two roots of one size are two rows: that is the evidence
      check (ours or finding is not null)
    );
    create function federation.keep_witnessed() returns trigger language plpgsql as $$
    begin
      if to_jsonb(new) - array['finding', 'at'] is distinct from to_jsonb(old) - array['finding', 'at'] or old.finding in ('extends', 'forked') then
        raise exception 'what was witnessed is not rewritten' using errcode = 'PC001';
      end if;
      return new;
    end $$;
    create trigger keep_witnessed before update on federation.witnessed for each row execute function federation.keep_witnessed();

    grant select, insert on federation.witnessed to partcommune_app;
    grant update (finding, at) on federation.witnessed to partcommune_app;
    grant select, insert, update on federation.statement, federation.netting_round, federation.claim, federation.commitment to partcommune_app;
  `.execute(db);
}
