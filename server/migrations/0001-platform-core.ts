// The write path's own tables: the coop's card, keys of acts already done, facts, letters waiting to leave, and calendars; and what people tell each other.
import { sql, type Kysely } from "kysely";
import { calendars, seedCalendars } from "./0001-platform/calendars.sql.ts";
import { files } from "./0001-platform/files.sql.ts";
import { imports } from "./0001-platform/imports.sql.ts";
import { notices } from "./0001-platform/notices.sql.ts";
import { push } from "./0001-platform/push.sql.ts";
import { threads } from "./0001-platform/threads.sql.ts";
import { transparency } from "./0001-platform/transparency.sql.ts";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create schema platform;

    -- The server works as this role: it may do what the grants say and nothing as the tables' owner.
    -- Roles belong to the whole cluster, so many fresh databases may try at once: hence the lock.
    -- Where roles cannot be made, the triggers still hold.
    select pg_advisory_xact_lock(hashtext('partcommune:roles'));
    do $$ begin
      create role partcommune_app nologin;
    exception
      when duplicate_object then null;
      when insufficient_privilege then raise warning 'role partcommune_app could not be made: grants do not protect the books';
    end $$;

    create table platform.coop (
      only_row boolean primary key default true check (only_row),
      id uuid not null,
      name text not null,
      country char(2) not null,
      currency char(3) not null,
      zone text not null,
      languages text[] not null,
      passwords boolean not null default false,
      street text not null,
      postcode text not null,
      town text not null,
      vat_number text,
      iban text, -- the coop's own: it stands on every invoice
      phone text,
      email text,
      reviewer text, -- who looked through the rules of its country, as the board says
      reviewed_on date,
      constraint review_whole check ((reviewer is null) = (reviewed_on is null)),
      founded_at timestamptz(3) not null,
      demo boolean not null default false, -- set by the owner of a demo's database alone: anyone may walk in as anyone
      told boolean not null default false -- of a demo: its story was told to the end
    );

    -- The primary key is the last guard of "once": see perform.
    create table platform.idempotency (
      actor text not null,
      key text not null,
      action text not null,
      fingerprint bytea not null,
      status smallint not null,
      answer text not null, -- text, since jsonb would reorder it and a repeat is answered byte for byte
      at timestamptz(3) not null,
      primary key (actor, key)
    );

    create table platform.fact (
      id uuid primary key,
      seq bigint generated always as identity unique,
      tx xid8 not null default pg_current_xact_id(),
      at timestamptz(3) not null,
      type text not null,
      actor text not null,
      subject uuid not null,
      about text[] not null, -- topics of those who watch
      cause text not null,
      body jsonb not null
    );
    create index on platform.fact (subject, seq);

    create table platform.letter (
      id uuid primary key,
      to_address text not null,
      language text not null,
      kind text not null,
      params jsonb not null, -- emptied once the letter has left: it may hold a code
      at timestamptz(3) not null,
      sent_at timestamptz(3)
    );
    create index on platform.letter (at) where sent_at is null;

    -- When the coop was last kept safe. Written by the owner's hand, from the terminal.
    create table platform.backup (
      at timestamptz(3) primary key,
      bytes bigint not null check (bytes > 0),
      sha256 bytea not null check (octet_length(sha256) = 32) -- of the file
    );

    -- What every check of every domain said when it was asked from the terminal, as its timer does each day.
    create table platform.checking (
      at timestamptz(3) primary key,
      asked integer not null check (asked > 0),
      found jsonb not null -- the checks that found something, each with what that means and how many rows
    );

    create function platform.refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '%.% is append-only', tg_table_schema, tg_table_name using errcode = 'PC001';
    end $$;
    create trigger refuse_change before update or delete on platform.fact for each row execute function platform.refuse_change();
    create trigger refuse_truncate before truncate on platform.fact for each statement execute function platform.refuse_change();

    grant usage on schema platform to partcommune_app;
    grant select, insert, update on platform.letter to partcommune_app;
    grant select, insert (only_row, id, name, country, currency, zone, languages, passwords, street, postcode, town, vat_number, iban, phone, email, founded_at),
      update (id, street, postcode, town, vat_number, iban, phone, email, reviewer, reviewed_on) on platform.coop to partcommune_app;
    grant select, insert, delete on platform.idempotency to partcommune_app;
    grant select, insert on platform.fact to partcommune_app;
    grant select on platform.backup to partcommune_app;
    grant select, insert on platform.checking to partcommune_app;
  `.execute(db);
  for (const part of [threads, files, notices, push, imports, transparency, calendars]) await sql.raw(part).execute(db);
  await seedCalendars(db);
}
