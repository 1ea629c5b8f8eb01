// The community: gatherings, who comes to them, the calendars that tell of them, and the assemblies among them.
import { sql, type Kysely } from "kysely";
import { assemblies } from "./0012-community/assemblies.sql.ts";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create schema community;

    create table community.gathering (
      id uuid primary key,
      kind text not null check (kind in ('open', 'assembly')),
      title text not null,
      text text not null,
      language text not null,
      zone text not null, -- by whose clocks it was called
      from_at timestamptz(3) not null,
      until_at timestamptz(3) not null check (until_at > from_at),
      place text,
      link text,
      access text not null,
      capacity integer check (capacity > 0), -- null: nobody counts
      taken integer not null default 0 check (taken >= 0 and (capacity is null or taken <= capacity)), -- places that are held or offered
      called_by uuid not null references membership.person,
      state text not null check (state in ('called', 'cancelled', 'open', 'closed', 'lapsed')),
      version bigint not null default 1,
      called_at timestamptz(3) not null,
      changed_at timestamptz(3) not null,
      cancelled_because text,
      check (num_nonnulls(place, link) > 0),
      check ((state = 'cancelled') = (cancelled_because is not null)),
      check (kind = 'assembly' or state in ('called', 'cancelled'))
    );
    create index on community.gathering (until_at, id);

    -- What each person says; one answer each, whatever they say later.
    create table community.answer (
      gathering uuid not null references community.gathering,
      person uuid not null references membership.person,
      state text not null check (state in ('going', 'maybe', 'no', 'waiting', 'offered', 'lapsed')),
      guests smallint not null check (guests >= 0),
      at timestamptz(3) not null, -- since when they stand so
      turn integer not null, -- who waits is served in this order
      offered_until timestamptz(3),
      primary key (gathering, person),
      unique (gathering, turn),
      check ((state = 'offered') = (offered_until is not null))
    );
    create index on community.answer (person);
    create index on community.answer (offered_until) where state = 'offered';

    -- One secret link a person. The token is made from the coop's secret and the number, so only its digest lies here.
    create table community.calendar (
      person uuid primary key references membership.person,
      number integer not null check (number > 0), -- how often it was renewed
      token_hash bytea not null unique
    );

    grant usage on schema community to partcommune_app;
    grant select, insert, update on all tables in schema community to partcommune_app;
  `.execute(db);
  await sql.raw(assemblies).execute(db);
}
