// Assemblies: who led one, who was there, what it went through, and the minutes made of that.

export const assemblies = /* sql */ `
  create table community.assembly (
    gathering uuid primary key references community.gathering,
    chair uuid not null references membership.person,
    opened_at timestamptz(3),
    closed_at timestamptz(3) check (closed_at >= opened_at),
    seed bytea, -- what the tellers were drawn with
    pool uuid[], -- and among whom
    check ((seed is null) = (pool is null))
  );

  create table community.teller (
    gathering uuid not null references community.assembly,
    place smallint not null check (place in (1, 2)),
    person uuid not null references membership.person,
    primary key (gathering, place),
    unique (gathering, person)
  );

  create table community.attendance (
    id uuid primary key,
    gathering uuid not null references community.assembly,
    person uuid not null references membership.person,
    way text not null check (way in ('room', 'link')),
    from_at timestamptz(3) not null,
    until_at timestamptz(3) check (until_at >= from_at),
    noted_by uuid not null references membership.person -- themselves, or the chair
  );
  create unique index present_once on community.attendance (gathering, person) where until_at is null;
  create index on community.attendance (gathering, from_at);

  create table community.item (
    id uuid primary key,
    gathering uuid not null references community.assembly,
    place smallint not null,
    kind text not null check (kind in ('report', 'discussion', 'vote', 'election')),
    title text not null,
    text text not null,
    proposal uuid,
    vote uuid,
    state text not null check (state in ('waiting', 'open', 'closed', 'notReached')),
    opened_at timestamptz(3),
    closed_at timestamptz(3),
    note text,
    unique (gathering, place),
    check ((kind in ('vote', 'election')) = (vote is not null)),
    check ((proposal is null) = (vote is null))
  );
  create unique index one_item_open on community.item (gathering) where state = 'open';

  create table community.minutes (
    gathering uuid primary key references community.assembly,
    text text not null, -- canonical JSON of what was recorded
    hash text not null check (hash = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
    at timestamptz(3) not null
  );
  create table community.minutes_signature (
    gathering uuid not null references community.minutes,
    person uuid not null references membership.person,
    part text not null check (part in ('chair', 'teller')),
    at timestamptz(3) not null,
    primary key (gathering, person)
  );
  create table community.addendum (
    id uuid primary key,
    gathering uuid not null references community.minutes,
    person uuid not null references membership.person,
    text text not null,
    at timestamptz(3) not null
  );
  create trigger refuse_change before update or delete on community.minutes for each row execute function platform.refuse_change();
  create trigger refuse_change before update or delete on community.minutes_signature for each row execute function platform.refuse_change();
  create trigger refuse_change before update or delete on community.addendum for each row execute function platform.refuse_change();

  grant select, insert, update on community.assembly, community.attendance, community.item to partcommune_app;
  grant select, insert on community.teller, community.minutes, community.minutes_signature, community.addendum to partcommune_app;
`;
