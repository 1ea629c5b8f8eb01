// What was signed never changes, unless both sides sign the change: proposed changes, and the triggers that let nothing else through.
export const amendments = /* sql */ `
create table marketplace.amendment (
  id uuid primary key,
  engagement uuid not null references marketplace.engagement,
  number smallint not null check (number > 0), -- in the order they were proposed
  proposed_by text not null check (proposed_by in ('client', 'member')),
  person uuid not null,
  reason text not null,
  at timestamptz(3) not null,
  stands_until timestamptz(3) not null check (stands_until > at),
  before text not null, -- the paper in force when this was proposed
  amends bytea not null check (length(amends) = 32), -- its hash
  paper text not null, -- canonical JSON (RFC 8785), as both sides read it
  hash bytea not null check (length(hash) = 32),
  amount_minor bigint not null check (amount_minor > 0),
  end_on date not null,
  text text not null,
  held_up text[] not null, -- the checks that an adviser has to answer for before anybody signs
  covered_by uuid,
  cover_note text,
  client_signer uuid,
  client_signed_at timestamptz(3),
  member_signed_at timestamptz(3), -- the last of the team
  signed_at timestamptz(3), -- the second signature
  ended_at timestamptz(3),
  outcome text check (outcome in ('signed', 'declined', 'withdrawn', 'sentBack', 'lapsed', 'void')),
  ended_because text, -- an adviser's reason, or the milestone that was handed in
  unique (engagement, number),
  check ((covered_by is null) = (cover_note is null)),
  check ((client_signer is null) = (client_signed_at is null)),
  check ((signed_at is not null) = (client_signed_at is not null and member_signed_at is not null)),
  check ((ended_at is null) = (outcome is null)),
  check ((signed_at is not null) = (outcome is not distinct from 'signed')),
  check (signed_at is null or held_up = '{}' or covered_by is not null)
);
create unique index one_amendment on marketplace.amendment (engagement) where ended_at is null;
create index on marketplace.amendment (at, id) where ended_at is null;
create index on marketplace.amendment (stands_until) where ended_at is null;

-- What it makes of each milestone it touches; one that it drops stands as it was.
create table marketplace.amended_milestone (
  amendment uuid not null references marketplace.amendment,
  milestone uuid not null, -- of one that is added, the id it will have
  kind text not null check (kind in ('added', 'changed', 'dropped')),
  number smallint not null check (number > 0),
  title text not null,
  amount_minor bigint not null check (amount_minor > 0),
  due_on date,
  parallel boolean not null,
  primary key (amendment, milestone)
);
create index on marketplace.amended_milestone (milestone);

-- Who of those who do the work has signed it: each signs for themselves.
create table marketplace.amendment_signature (
  amendment uuid not null references marketplace.amendment,
  member uuid not null,
  at timestamptz(3) not null,
  primary key (amendment, member)
);

create function marketplace.keep_amendment() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{covered_by,cover_note,client_signer,client_signed_at,member_signed_at,signed_at,ended_at,outcome,ended_because}'::text[]
    is distinct from to_jsonb(old) - '{covered_by,cover_note,client_signer,client_signed_at,member_signed_at,signed_at,ended_at,outcome,ended_because}'::text[]
    or old.ended_at is not null then
    raise exception 'a proposed change is not rewritten' using errcode = 'PC001';
  end if;
  if new.member_signed_at is not null and exists (
    select from marketplace.engagement cross join unnest(team) teammate
    where engagement.id = new.engagement
      and not exists (select from marketplace.amendment_signature where amendment = new.id and member = teammate)
  ) then
    raise exception 'a change is signed by each who does the work' using errcode = 'PC030';
  end if;
  return new;
end $$;
create trigger keep_amendment before update on marketplace.amendment for each row execute function marketplace.keep_amendment();

-- What was quoted is what is signed: the paper never changes under a signature, and afterwards only to one that both have signed.
create function marketplace.keep_quote() returns trigger language plpgsql as $$
begin
  if (new.client_name, new.job, new.bid, new.title, new.currency, new.client, new.member, new.start_on, new.zone, new.country, new.silence_days)
    is distinct from (old.client_name, old.job, old.bid, old.title, old.currency, old.client, old.member, old.start_on, old.zone, old.country, old.silence_days) then
    raise exception 'a quote is frozen' using errcode = 'PC030';
  end if;
  if (new.quote, new.quote_hash, new.text, new.amount_minor, new.end_on) is distinct from (old.quote, old.quote_hash, old.text, old.amount_minor, old.end_on)
    and not exists (
      select from marketplace.amendment
      where engagement = new.id and signed_at is not null and amends = old.quote_hash
        and (paper, hash, amendment.text, amendment.amount_minor, amendment.end_on) = (new.quote, new.quote_hash, new.text, new.amount_minor, new.end_on)
    ) then
    raise exception 'a quote is frozen' using errcode = 'PC030';
  end if;
  return new;
end $$;
create trigger keep_quote before update on marketplace.engagement for each row execute function marketplace.keep_quote();
create function marketplace.keep_milestone() returns trigger language plpgsql as $$
begin
  if (new.engagement, new.number) is distinct from (old.engagement, old.number) then
    raise exception 'a quote is frozen' using errcode = 'PC030';
  end if;
  if (new.title, new.amount_minor, new.due_on, new.parallel, new.dropped)
    is distinct from (old.title, old.amount_minor, old.due_on, old.parallel, old.dropped)
    and (old.handed_in_at is not null or not exists (
      select from marketplace.amended_milestone wanted join marketplace.amendment on amendment.id = wanted.amendment
      where wanted.milestone = new.id and signed_at is not null
        and (wanted.title, wanted.amount_minor, wanted.parallel, wanted.kind = 'dropped') = (new.title, new.amount_minor, new.parallel, new.dropped)
        and wanted.due_on is not distinct from new.due_on
    )) then
    raise exception 'a quote is frozen' using errcode = 'PC030';
  end if;
  return new;
end $$;
create trigger keep_milestone before update on marketplace.milestone for each row execute function marketplace.keep_milestone();

grant select, insert, update on marketplace.amendment to partcommune_app;
grant select, insert on marketplace.amended_milestone, marketplace.amendment_signature to partcommune_app;
`;
