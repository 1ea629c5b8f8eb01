// How money leaves for members: to which account, in which batch, and who signed it.
export const payouts = /* sql */ `
-- Bank accounts of members, sealed. At most two of a member live at once: the one that counts and the one that will.
create table money.iban (
  id uuid primary key,
  member uuid not null,
  person uuid not null,
  sealed bytea not null,
  digest bytea not null check (octet_length(digest) = 32), -- keyed: equal accounts are found equal and cannot be guessed
  masked text not null,
  set_at timestamptz(3) not null,
  counts_from timestamptz(3) not null check (counts_from >= set_at),
  live boolean not null default true
);
-- One account is one person's.
create unique index one_person_an_account on money.iban (digest) where live;
create index on money.iban (member, counts_from) where live;

create table money.payout_batch (
  id uuid primary key,
  currency char(3) not null,
  total_minor bigint not null check (total_minor > 0),
  items integer not null check (items > 0),
  frozen text not null, -- canonical JSON (RFC 8785) of what both treasurers sign
  hash bytea not null check (octet_length(hash) = 32 and hash = sha256(convert_to(frozen, 'UTF8'))),
  state text not null check (state in ('ordered', 'signed', 'settled', 'cancelled')),
  ordered_by uuid not null,
  ordered_at timestamptz(3) not null,
  cancelled_by uuid,
  check ((state = 'cancelled') = (cancelled_by is not null))
);
create index on money.payout_batch (ordered_at, id);

create table money.payout_item (
  id uuid primary key,
  batch uuid not null references money.payout_batch,
  payable uuid not null references money.payable,
  member uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  iban uuid not null references money.iban,
  live boolean not null default true, -- false once its batch is cancelled
  settled_on date,
  settled_line uuid unique,
  check ((settled_on is null) = (settled_line is null)),
  check (live or settled_on is null)
);
-- A payable is paid once: of all items that ever name it, one is alive.
create unique index one_live_item on money.payout_item (payable) where live;
create index on money.payout_item (batch);

-- What is frozen stays; only states move, and only forward.
create function money.keep_batch() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,cancelled_by}'::text[] is distinct from to_jsonb(old) - '{state,cancelled_by}'::text[]
    or old.state in ('settled', 'cancelled') then
    raise exception 'a payout is frozen' using errcode = 'PC001';
  end if;
  return new;
end $$;
create function money.keep_item() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{live,settled_on,settled_line}'::text[] is distinct from to_jsonb(old) - '{live,settled_on,settled_line}'::text[]
    or not old.live or old.settled_on is not null then
    raise exception 'a payout is frozen' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_batch before update on money.payout_batch for each row execute function money.keep_batch();
create trigger keep_item before update on money.payout_item for each row execute function money.keep_item();
create trigger refuse_change before delete on money.payout_batch for each row execute function platform.refuse_change();
create trigger refuse_change before delete on money.payout_item for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.payout_batch for each statement execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.payout_item for each statement execute function platform.refuse_change();

-- Two signatures, never of one person.
create table money.payout_signature (
  batch uuid not null references money.payout_batch,
  no smallint not null check (no in (1, 2)),
  person uuid not null,
  at timestamptz(3) not null,
  primary key (batch, no),
  constraint two_people unique (batch, person)
);
create trigger refuse_change before update or delete on money.payout_signature for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.payout_signature for each statement execute function platform.refuse_change();

grant select, insert, update on money.iban, money.payout_batch, money.payout_item to partcommune_app;
grant select, insert on money.payout_signature to partcommune_app;
`;
