// Other coops: who they are to us, what they sent, what is on its way to them, and the keys we sign with.
import { sql, type Kysely } from "kysely";
import { engine } from "./0013-federation/engine.sql.ts";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`create schema federation; grant usage on schema federation to partcommune_app`.execute(db);
  await sql.raw(engine).execute(db);
  await sql`
    -- Another server: a neighbour whose board we follow, or one that follows ours.
    create table federation.host (
      id uuid primary key,
      origin text not null unique,
      name text, -- what it calls itself
      actor text,
      board text,
      jobs text, -- where its board lists its open jobs
      currencies text[] not null default '{}',
      state text check (state in ('asked', 'found', 'unreachable', 'waiting', 'followed', 'refused', 'left')), -- as our neighbour
      missed text,
      at timestamptz(3) not null, -- since when it is in this state
      follow text, -- the activity by which our board asked to follow theirs
      signature text not null default 'cavage' check (signature in ('cavage', 'rfc9421')), -- which it last took
      read_at timestamptz(3), -- when its list of open jobs was last read whole
      failures int not null default 0, -- in a row; from five on it is only probed
      failing_since timestamptz(3),
      probe_at timestamptz(3),
      blocked_at timestamptz(3), -- nothing passes between it and us since
      blocked_because text,
      check ((blocked_at is null) = (blocked_because is null)),
      check ((failing_since is null) = (probe_at is null)),
      check (state is null or state in ('asked', 'unreachable') or num_nulls(name, actor, board, jobs) = 0),
      check ((state = 'unreachable') = (missed is not null))
    );

    create table federation.actor_key (
      id uuid primary key,
      actor text not null, -- the path of one of ours, actor or members/anna
      kind text not null check (kind in ('rsa', 'ed25519')),
      number int not null,
      public text not null, -- PEM, or a multibase text
      private text not null, -- a JWE that opens with the coop's secret, under this row's id alone
      at timestamptz(3) not null,
      retired_at timestamptz(3),
      unique (actor, kind, number)
    );

    -- What came in, as the bytes that were signed. Its id is kept for good, so that nothing works twice.
    create table federation.inbox_event (
      id text primary key,
      host uuid not null references federation.host,
      door text not null check (door in ('actor', 'jobs', 'members', 'clients', 'shared')),
      actor text not null,
      type text not null,
      bytes bytea not null,
      digest bytea not null,
      key_id text not null,
      proved boolean not null, -- whether what it says carries a proof of its own
      no bigint generated always as identity, -- the order in which it came
      state text not null check (state in ('new', 'done', 'refused', 'stuck')),
      tries int not null default 0,
      due_at timestamptz(3) not null,
      why text,
      at timestamptz(3) not null,
      worked_at timestamptz(3),
      check ((state = 'new') = (worked_at is null))
    );
    create index on federation.inbox_event (host, no) where state = 'new';

    -- What actors of ours proved, as the bytes that were signed: shown at its own address to whom it is for.
    create table federation.signed (
      iri text primary key,
      actor text not null,
      bytes bytea, -- none once it is gone
      audience text[] not null,
      at timestamptz(3) not null
    );

    -- What is on its way out: one row for each inbox, sent host by host.
    create table federation.delivery (
      id uuid primary key,
      activity text not null references federation.activity (id),
      inbox text not null,
      host uuid not null references federation.host,
      state text not null check (state in ('due', 'sent', 'refused', 'dead')),
      tries int not null default 0,
      due_at timestamptz(3) not null,
      status int, -- of the last answer; null when none came
      at timestamptz(3) not null,
      done_at timestamptz(3),
      unique (activity, inbox),
      check ((state = 'due') = (done_at is null))
    );
    create index on federation.delivery (host, due_at) where state = 'due';

    create view federation.host_card as select id, origin, name, state from federation.host;

    grant select, insert, update on federation.host, federation.actor_key, federation.inbox_event, federation.signed, federation.delivery to partcommune_app;
    grant select on federation.host_card to partcommune_app;
  `.execute(db);
}
