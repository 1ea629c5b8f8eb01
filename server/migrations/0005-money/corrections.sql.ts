// What is put right in the book: proposed by one treasurer, confirmed by another, and borne by somebody who is named.
export const corrections = /* sql */ `
-- A budget that stands below zero, and the pot that bears it. The reason is words of people and can be erased; the entry keeps their salted digest alone.
create table money.correction (
  id uuid primary key,
  member uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  bearer text not null check (bearer in ('reserve', 'running')), -- the pots that are bound to no purpose
  reason text check (length(reason) between 1 and 500),
  salt bytea,
  digest bytea not null check (octet_length(digest) = 32),
  state text not null check (state in ('proposed', 'confirmed', 'discarded')),
  proposed_by uuid not null,
  proposed_at timestamptz(3) not null,
  confirmed_by uuid,
  confirmed_at timestamptz(3),
  discarded_by uuid,
  overdrawn_minor bigint, -- by what the budget stood below zero when it was confirmed
  constraint two_people check (confirmed_by <> proposed_by),
  check ((reason is null) = (salt is null)),
  check (reason is null or digest = sha256(salt || convert_to(reason, 'UTF8'))),
  check ((state = 'confirmed') = (confirmed_by is not null)),
  check ((confirmed_by is null) = (confirmed_at is null) and (confirmed_by is null) = (overdrawn_minor is null)),
  check (amount_minor <= overdrawn_minor),
  check ((state = 'discarded') = (discarded_by is not null))
);
create unique index one_correction on money.correction (member) where state = 'proposed';
create index on money.correction (proposed_at, id);
create function money.keep_correction() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,confirmed_by,confirmed_at,discarded_by,overdrawn_minor,reason,salt}'::text[]
      is distinct from to_jsonb(old) - '{state,confirmed_by,confirmed_at,discarded_by,overdrawn_minor,reason,salt}'::text[]
    or (old.state <> 'proposed' and to_jsonb(new) - '{reason,salt}'::text[] is distinct from to_jsonb(old) - '{reason,salt}'::text[])
    or (new.reason is distinct from old.reason and new.reason is not null) then
    raise exception 'a correction is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_correction before update on money.correction for each row execute function money.keep_correction();
create trigger refuse_change before delete on money.correction for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.correction for each statement execute function platform.refuse_change();

-- What the tax office said of the VAT that is asked back on a loss: entered by one treasurer, confirmed by another.
create table money.relief (
  id uuid primary key,
  loss uuid not null references money.loss,
  answer text not null check (answer in ('granted', 'refused')),
  state text not null check (state in ('proposed', 'confirmed', 'discarded')),
  proposed_by uuid not null,
  proposed_at timestamptz(3) not null,
  confirmed_by uuid,
  confirmed_at timestamptz(3),
  discarded_by uuid,
  constraint two_people check (confirmed_by <> proposed_by),
  check ((state = 'confirmed') = (confirmed_by is not null) and (confirmed_by is null) = (confirmed_at is null)),
  check ((state = 'discarded') = (discarded_by is not null))
);
create unique index one_answer on money.relief (loss) where state <> 'discarded';
create function money.keep_relief() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[]
      is distinct from to_jsonb(old) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[] or old.state <> 'proposed' then
    raise exception 'what the tax office said is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_relief before update on money.relief for each row execute function money.keep_relief();
create trigger refuse_change before delete on money.relief for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.relief for each statement execute function platform.refuse_change();

grant select, insert, update on money.correction, money.relief to partcommune_app;
`;
