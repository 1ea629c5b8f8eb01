// What the activity engine knows: things and activities of ours and of others, which collection lists what, and the actors we looked up.
export const engine = /* sql */ `
create function federation.stands_on(iri text, origin text) returns boolean language sql immutable as
  $$ select starts_with(iri, origin || '/') $$;

create table federation.object (
  id text primary key,
  owner text not null, -- who published it, and alone changes it
  origin text not null,
  doc jsonb not null, -- a Tombstone once it was deleted, for good
  check (federation.stands_on(id, origin) and federation.stands_on(owner, origin))
);

create table federation.activity (
  seq bigint generated always as identity primary key,
  id text not null unique,
  actor text not null,
  origin text not null,
  doc jsonb not null, -- a Tombstone once it was undone, for good
  wire bytea, -- the bytes that were signed; none of what was undone before it came
  check (federation.stands_on(id, origin) and federation.stands_on(actor, origin)),
  check (wire is not null or doc ->> 'type' = 'Tombstone')
);

create table federation.collection_item (
  collection text not null,
  activity_seq bigint not null references federation.activity,
  primary key (collection, activity_seq)
);
create index on federation.collection_item (activity_seq);

create table federation.remote_actor (
  id text primary key,
  inbox text not null,
  shared_inbox text,
  doc jsonb not null, -- its own document, as we read it
  wire bytea not null, -- and as it came
  keys jsonb not null, -- its public keys by their ids
  proving jsonb not null, -- those of its proofs, as a list
  fetched_at timestamptz(3) not null
);

grant select, insert, update on federation.object, federation.activity, federation.remote_actor to partcommune_app;
grant select, insert, delete on federation.collection_item to partcommune_app;
`;
