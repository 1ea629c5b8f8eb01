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
  live boolean not null default true,
  needs_second boolean not null, -- a change counts only once another person has confirmed it
  confirmed_by uuid,
  confirmed_at timestamptz(3),
  constraint another_confirms check (confirmed_by <> person),
  check ((confirmed_by is null) = (confirmed_at is null)),
  check (needs_second or confirmed_by is null)
);
-- One account is one person's.
create unique index one_person_an_account on money.iban (digest) where live;
create index on money.iban (member, counts_from) where live;

-- The coop's own account at the bank: proposed by one, confirmed by another; the one confirmed last is paid from.
create table money.house_account (
  id uuid primary key,
  iban text not null,
  bic text,
  holder text not null,
  state text not null check (state in ('proposed', 'confirmed', 'discarded')),
  proposed_by uuid not null,
  proposed_at timestamptz(3) not null,
  confirmed_by uuid,
  confirmed_at timestamptz(3),
  discarded_by uuid,
  constraint two_people check (confirmed_by <> proposed_by),
  check ((state = 'confirmed') = (confirmed_by is not null)),
  check ((confirmed_by is null) = (confirmed_at is null)),
  check ((state = 'discarded') = (discarded_by is not null))
);
create unique index one_proposed_account on money.house_account (state) where state = 'proposed';

create table money.payout_batch (
  id uuid primary key,
  currency char(3) not null,
  total_minor bigint not null check (total_minor > 0),
  items integer not null check (items > 0),
  frozen text not null, -- canonical JSON (RFC 8785) of what both treasurers sign
  hash bytea not null check (octet_length(hash) = 32 and hash = sha256(convert_to(frozen, 'UTF8'))),
  state text not null check (state in ('ordered', 'signed', 'exported', 'settled', 'refused', 'cancelled')),
  ordered_by uuid not null,
  ordered_at timestamptz(3) not null,
  cancelled_by uuid,
  -- What the file for the bank says besides: set when it is first taken, the same ever after.
  account uuid references money.house_account,
  exported_at timestamptz(3),
  execute_on date,
  check ((state = 'cancelled') = (cancelled_by is not null)),
  check ((account is null) = (exported_at is null) and (account is null) = (execute_on is null)),
  check (state not in ('exported', 'refused') or account is not null)
);
create index on money.payout_batch (ordered_at, id);

-- What the bank reports on the file of a batch, each report as it came.
create table money.payout_report (
  id uuid primary key,
  batch uuid not null references money.payout_batch,
  name text not null, -- the bank's
  hash bytea not null unique check (octet_length(hash) = 32), -- SHA-256 of the file
  file bytea not null, -- as it came, gzip
  status text not null, -- of the whole, and empty where it says nothing of that
  reason text not null,
  words text not null,
  read_by uuid not null,
  read_at timestamptz(3) not null
);
create index on money.payout_report (batch, id);

create table money.payout_item (
  id uuid primary key,
  batch uuid not null references money.payout_batch,
  payable uuid not null references money.payable,
  member uuid not null,
  amount_minor bigint not null check (amount_minor > 0), -- what leaves
  currency char(3) not null,
  iban uuid not null references money.iban,
  billing uuid references money.billing, -- by what the member said of their business then: an invoice in their name is written with the second signature
  vat_minor bigint not null default 0 check (vat_minor >= 0 and vat_minor < amount_minor), -- of what leaves, the VAT of that invoice
  check (billing is not null or vat_minor = 0),
  pay uuid references money.pay, -- of whoever is employed: what of the work is in their hand
  check (pay is null or billing is null),
  live boolean not null default true, -- false once its batch is cancelled
  settled_on date,
  settled_line uuid unique,
  returned_on date, -- the bank sent it back: it is dead, and its payable can be ordered once more
  returned_line uuid unique,
  refused_on date, -- the bank refused it by a report: it is dead, and its payable can be ordered once more
  refused_by uuid references money.payout_report,
  check ((refused_on is null) = (refused_by is null) and (refused_on is null or (settled_on is null and not live))),
  check ((settled_on is null) = (settled_line is null)),
  check ((returned_on is null) = (returned_line is null) and (returned_on is null or settled_on is not null)),
  check (live or settled_on is null or returned_on is not null),
  check (not live or returned_on is null)
);
-- A payable is paid once: of all items that ever name it, one is alive.
create unique index one_live_item on money.payout_item (payable) where live;
create index on money.payout_item (batch);

-- What a report says of a transfer.
create table money.payout_answer (
  report uuid not null references money.payout_report,
  item uuid not null references money.payout_item,
  status text not null check (status <> ''),
  reason text not null,
  words text not null,
  primary key (report, item)
);
create index on money.payout_answer (item);
create trigger refuse_change before update or delete on money.payout_report for each row execute function platform.refuse_change();
create trigger refuse_change before update or delete on money.payout_answer for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.payout_report for each statement execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.payout_answer for each statement execute function platform.refuse_change();

-- What is frozen stays; only states move, and only forward.
create function money.keep_batch() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,cancelled_by,account,exported_at,execute_on}'::text[]
      is distinct from to_jsonb(old) - '{state,cancelled_by,account,exported_at,execute_on}'::text[]
    or (old.account is not null and (new.account, new.exported_at, new.execute_on) is distinct from (old.account, old.exported_at, old.execute_on))
    or old.state in ('settled', 'refused', 'cancelled') then
    raise exception 'a payout is frozen' using errcode = 'PC001';
  end if;
  return new;
end $$;
create function money.keep_item() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{live,settled_on,settled_line,returned_on,returned_line,refused_on,refused_by}'::text[]
      is distinct from to_jsonb(old) - '{live,settled_on,settled_line,returned_on,returned_line,refused_on,refused_by}'::text[]
    or not old.live
    or (old.settled_on is not null and (new.returned_on is null or (new.settled_on, new.settled_line) is distinct from (old.settled_on, old.settled_line))) then
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

-- Who took the file of a batch for the bank, each time.
create table money.payout_taking (
  id uuid primary key,
  batch uuid not null references money.payout_batch,
  person uuid not null,
  at timestamptz(3) not null
);
create index on money.payout_taking (batch, id);
create trigger refuse_change before update or delete on money.payout_taking for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.payout_taking for each statement execute function platform.refuse_change();

create function money.keep_house_account() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[] is distinct from to_jsonb(old) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[]
    or old.state <> 'proposed' then
    raise exception 'the account of the coop is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_house_account before update on money.house_account for each row execute function money.keep_house_account();
create trigger refuse_change before delete on money.house_account for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.house_account for each statement execute function platform.refuse_change();

grant select, insert, update on money.iban, money.house_account, money.payout_batch, money.payout_item to partcommune_app;
grant select, insert on money.payout_signature, money.payout_taking, money.payout_report, money.payout_answer to partcommune_app;
`;
