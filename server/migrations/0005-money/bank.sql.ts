// Lines of the bank's statement: entered by one treasurer, booked by another.
export const bank = /* sql */ `
-- Whoever lends to the coop from outside; what is owed to them stands in the book, under this id.
create table money.lender (
  id uuid primary key,
  name text not null unique,
  named_at timestamptz(3) not null
);
grant select, insert on money.lender to partcommune_app;

create table money.bank_line (
  id uuid primary key,
  booked_on date not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  reference text not null, -- the bank's own
  kind text not null check (kind in ('clientPaid', 'payoutSettled', 'payoutReturned', 'sharePaid', 'shareRepaid', 'purposePaid', 'settlementPaid', 'settlementReceived', 'endowed', 'loanReceived', 'loanRepaid', 'vatPaid', 'vatRefunded', 'payrollRemitted', 'costPaid', 'costRefunded', 'incomeReceived', 'premiumPaid', 'clientOverpaid', 'clientRepaid', 'strayReceived', 'straySentBack', 'batchSettled', 'several')),
  part_of uuid references money.bank_line, -- a line that means several things, of which this is one
  source text not null default 'typed' check (source in ('typed', 'file')), -- file: the bank's own file said it, with a reference that checks
  invoice uuid references money.document,
  settles_minor bigint check (settles_minor > 0), -- of a foreign invoice: what of its own money is paid by it
  item uuid references money.payout_item,
  payout uuid references money.payout_batch, -- which the bank carried out as one sum
  member uuid,
  purpose uuid references money.purpose,
  sister uuid, -- a coop that we paid, or that paid us, by its host
  reason text, -- of a payment for a purpose: what was bought
  pot text, -- which is endowed
  endowed_by text check (endowed_by in ('founders', 'grant', 'sister')),
  endower text, -- their name
  lender uuid references money.lender,
  stranger text, -- who sent what is not ours
  stray uuid references money.bank_line, -- the line by which it came, where it is sent back
  cost text, -- what the coop paid for
  income text, -- what came in besides the fee
  party text, -- whoever was paid for it, or paid
  vat_by text check (vat_by in ('supplier', 'us')), -- who asks for the VAT of a bill: its supplier, or the state where it comes from another country
  vat_rate bigint check (vat_rate > 0), -- ppm
  vat_minor bigint check (vat_minor > 0 and vat_minor < amount_minor),
  until_on date, -- the last day of what is settled with an office of the state
  state text not null check (state in ('entered', 'booked', 'discarded')),
  entered_by uuid not null,
  entered_at timestamptz(3) not null,
  confirmed_by uuid,
  confirmed_at timestamptz(3),
  discarded_by uuid,
  constraint two_people check (confirmed_by <> entered_by),
  check ((state = 'booked') = (confirmed_by is not null or source = 'file')),
  check (source = 'typed' or confirmed_by is null),
  check ((confirmed_by is null) = (confirmed_at is null)),
  check ((state = 'discarded') = (discarded_by is not null)),
  check ((kind in ('clientPaid', 'clientOverpaid', 'clientRepaid')) = (invoice is not null)),
  check (settles_minor is null or kind = 'clientPaid'),
  check ((kind in ('payoutSettled', 'payoutReturned')) = (item is not null)),
  check ((kind = 'batchSettled') = (payout is not null)),
  check ((kind in ('sharePaid', 'shareRepaid')) = (member is not null)),
  check ((kind = 'purposePaid') = (purpose is not null)),
  check ((kind in ('settlementPaid', 'settlementReceived')) = (sister is not null)),
  check ((purpose is null) = (reason is null)),
  check ((kind = 'endowed') = (pot is not null)),
  check ((pot is null) = (endowed_by is null) and (pot is null) = (endower is null)),
  check ((kind in ('loanReceived', 'loanRepaid')) = (lender is not null)),
  check ((kind = 'strayReceived') = (stranger is not null)),
  check ((kind = 'straySentBack') = (stray is not null)),
  check ((kind in ('costPaid', 'costRefunded')) = (cost is not null)),
  check ((kind = 'incomeReceived') = (income is not null)),
  check ((kind in ('costPaid', 'costRefunded', 'incomeReceived', 'premiumPaid')) = (party is not null)),
  check (vat_by is null or cost is not null),
  check ((vat_by is not distinct from 'supplier') = (vat_rate is not null) and (vat_rate is null) = (vat_minor is null)),
  check (part_of is null or kind not in ('batchSettled', 'several')),
  check ((kind in ('vatPaid', 'vatRefunded', 'payrollRemitted')) = (until_on is not null))
);
-- One line of the bank is entered once; what was discarded as an error may be entered rightly.
create unique index one_line on money.bank_line (reference) where state <> 'discarded' and part_of is null;
create index on money.bank_line (entered_at, id);
create index on money.bank_line (part_of) where part_of is not null;
create index on money.bank_line (invoice) where invoice is not null;
create index on money.bank_line (item) where item is not null;
create index on money.bank_line (payout) where payout is not null;
create index on money.bank_line (member) where member is not null;
create index on money.bank_line (purpose) where purpose is not null;
create index on money.bank_line (lender) where lender is not null;
create index on money.bank_line (booked_on) where stranger is not null;
create unique index one_way_back on money.bank_line (stray) where state <> 'discarded' and stray is not null;

create function money.keep_line() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[] is distinct from to_jsonb(old) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[]
    or old.state <> 'entered' then
    raise exception 'a line of the bank is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_line before update on money.bank_line for each row execute function money.keep_line();
create trigger refuse_change before delete on money.bank_line for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.bank_line for each statement execute function platform.refuse_change();

grant select, insert, update on money.bank_line to partcommune_app;
`;
