// Invoices and what follows from them: their numbers, what is paid of each, what members are owed, and the calendar that due days are reckoned by.
export const papers = /* sql */ `
-- The next number of each series and year. Its row is held from the taking to the commit, so that a paper that is not issued leaves no gap.
create table money.series (
  kind text not null check (kind in ('invoice', 'creditNote', 'claim', 'selfBilled')),
  branch text not null, -- the country; of what is billed in a member's name, that member
  year smallint not null,
  next bigint not null check (next > 0),
  last_on date not null, -- no paper is dated before the one with the number below
  primary key (kind, branch, year)
);

-- A paper as it was issued. The columns beside the frozen text are what is asked for in lists; the text is the paper.
create table money.document (
  id uuid primary key,
  kind text not null check (kind in ('invoice', 'claim')), -- a claim: work at a sister, which invoices its client and owes us
  number text not null unique,
  engagement uuid not null,
  milestone uuid not null unique, -- one hand-in is invoiced once
  client uuid, -- none here, where it is the sister's
  team uuid[] not null check (cardinality(team) <= 12), -- who did the work, its lead first; nobody here, where a sister's member did
  sister uuid, -- the other coop, by its host
  about text not null,
  issued_on date not null,
  pay_by date not null,
  currency char(3) not null,
  net_minor bigint not null check (net_minor > 0),
  vat_minor bigint not null check (vat_minor >= 0),
  gross_minor bigint not null,
  home_net_minor bigint not null check (home_net_minor >= 0), -- net and VAT in the coop's own money, by the rate below; the same where the paper is in it
  home_vat_minor bigint not null check (home_vat_minor >= 0),
  rate_on date, -- none where the paper is in the coop's own money
  rate_home_ppm bigint, -- so much of it is
  rate_foreign_ppm bigint, -- so much of the paper's
  budget_minor bigint not null check (budget_minor >= 0), -- in the coop's own money: what those who did the work earn of it, together
  sister_minor bigint not null default 0 check (sister_minor >= 0), -- what is owed to the sister whose member did it
  home_loss_ppm bigint not null default 0 check (home_loss_ppm between 0 and 1000000), -- what of a loss the coop of the member bears, by the treaty
  reference text not null unique,
  frozen text not null, -- canonical JSON (RFC 8785)
  hash bytea not null check (octet_length(hash) = 32 and hash = sha256(convert_to(frozen, 'UTF8'))),
  issued_at timestamptz(3) not null,
  check (gross_minor = net_minor + vat_minor),
  check (num_nulls(rate_on, rate_home_ppm, rate_foreign_ppm) in (0, 3)),
  check (rate_on is not null or (home_net_minor = net_minor and home_vat_minor = vat_minor)),
  check (rate_on is null or (kind = 'invoice' and sister is null)),
  check ((kind = 'claim') = (client is null)),
  check (kind <> 'claim' or sister is not null),
  check (sister is not null or home_loss_ppm = 0),
  check ((kind = 'invoice' and sister is not null) = (cardinality(team) = 0)),
  check ((cardinality(team) > 0) = (budget_minor > 0) and (cardinality(team) = 0 or sister_minor = 0))
);
create index on money.document (client, issued_at, id);
create index on money.document (engagement);
create index on money.document (issued_on, id);
create trigger refuse_change before update or delete on money.document for each row execute function platform.refuse_change();
create index on money.document using gin (team);
create trigger refuse_truncate before truncate on money.document for each statement execute function platform.refuse_change();

-- What each of them earns of it, and what credit notes took back of that.
create table money.earning (
  invoice uuid not null references money.document,
  number smallint not null check (number between 1 and 12),
  member uuid not null,
  into_budget uuid references money.budget, -- null: their first
  part bigint not null check (part > 0), -- of the work, as a weight beside those of the others
  budget_minor bigint not null check (budget_minor >= 0),
  credited_minor bigint not null default 0 check (credited_minor between 0 and budget_minor),
  primary key (invoice, number),
  unique (invoice, member)
);
create index on money.earning (member);
-- What was earned and what is owed stay; only more of either may be credited.
create function money.only_more_credited() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'credited_minor' is distinct from to_jsonb(old) - 'credited_minor' or new.credited_minor < old.credited_minor then
    raise exception 'what a member earns is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger only_more_credited before update on money.earning for each row execute function money.only_more_credited();
create trigger refuse_change before delete on money.earning for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.earning for each statement execute function platform.refuse_change();

-- How much of an invoice the bank has booked, and how much was credited. Payments and credits at once meet in this row, and none goes beyond what is open.
create table money.collection (
  invoice uuid primary key references money.document,
  pay_by date not null,
  gross_minor bigint not null check (gross_minor > 0),
  worth_minor bigint not null, -- what is neither paid nor credited of it, in the coop's own money by the rate of the paper
  paid_minor bigint not null default 0 check (paid_minor >= 0), -- beyond what is owed: owed back to the client
  credited_minor bigint not null default 0,
  lost_minor bigint not null default 0 check (lost_minor >= 0), -- given up, and not come in since
  credited_budget_minor bigint not null default 0 check (credited_budget_minor >= 0), -- of that, what members gave back
  constraint never_credited_beyond check (credited_minor between 0 and gross_minor),
  constraint lost_is_what_was_open check (lost_minor = 0 or paid_minor + credited_minor + lost_minor = gross_minor)
);
create index on money.collection (pay_by, invoice) where paid_minor + credited_minor < gross_minor;
create index on money.collection (invoice) where paid_minor + credited_minor > gross_minor;

-- What a member is owed: their part of an invoice, an advance they asked for, what they spent, the VAT that an invoice in their name bears more since it was written anew. What becomes of it is read from the invoice, the account of the member and the payout item.
create table money.payable (
  id uuid primary key,
  about text not null default 'invoice' check (about in ('invoice', 'advance', 'expense', 'billedVat')),
  invoice uuid references money.document,
  engagement uuid,
  milestone uuid,
  source uuid unique, -- the advance, the expense, or the invoice in their name
  member uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  credited_minor bigint not null default 0, -- of that, what credit notes took back before anything was ordered
  lost_minor bigint not null default 0 check (lost_minor >= 0), -- of that, what the client never paid and nobody had promised
  drawn_minor bigint not null default 0 check (drawn_minor >= 0), -- of that, what was used before it was ordered: an advance repaid, an expense
  freed_minor bigint not null default 0 check (freed_minor >= 0), -- of that, what was held until the client pays and is held no more
  billed_vat_minor bigint not null default 0 check (billed_vat_minor >= 0), -- beside that, the VAT of what was used and billed: it leaves with what is left
  due_on date, -- set where it is guaranteed
  front_on date, -- the day from which it is paid ahead of the client
  calendar_country char(2), -- whose days of rest these days were reckoned by, once
  calendar_region text,
  opened_at timestamptz(3) not null,
  fronted_at timestamptz(3), -- since when a pot holds something back for it, so that it is paid though the client has not
  queued_for text check (queued_for in ('pot', 'cash')), -- it should be paid ahead, and this lacks
  ahead_at timestamptz(3), -- ordered at the bank before the client had paid
  unique (milestone, member),
  check ((about = 'invoice') = (invoice is not null) and (invoice is null) = (engagement is null) and (invoice is null) = (milestone is null)),
  check ((about = 'invoice') = (source is null)),
  check (about = 'invoice' or (due_on is null and drawn_minor = 0 and lost_minor = 0)),
  check (billed_vat_minor <= drawn_minor),
  check (credited_minor >= 0 and credited_minor + lost_minor + drawn_minor <= amount_minor),
  check (due_on is null or lost_minor = 0),
  check ((due_on is null) = (front_on is null) and front_on <= due_on),
  check (num_nulls(due_on, calendar_country, calendar_region) in (0, 3)),
  check (due_on is not null or (fronted_at is null and queued_for is null and ahead_at is null)),
  check (fronted_at is null or queued_for is null),
  check (ahead_at is null or fronted_at is not null)
);
create index on money.payable (due_on, opened_at, id) where due_on is not null and fronted_at is null;
create index on money.payable (engagement);
create index on money.payable (member, opened_at);
create index on money.payable (invoice);
-- What is owed stays; once something is held back for it, that is not undone.
create function money.keep_payable() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{credited_minor,lost_minor,drawn_minor,freed_minor,billed_vat_minor,fronted_at,queued_for,ahead_at}'::text[]
      is distinct from to_jsonb(old) - '{credited_minor,lost_minor,drawn_minor,freed_minor,billed_vat_minor,fronted_at,queued_for,ahead_at}'::text[]
    or new.credited_minor < old.credited_minor or new.billed_vat_minor < old.billed_vat_minor
    or (old.fronted_at is not null and new.fronted_at is distinct from old.fronted_at)
    or (old.ahead_at is not null and new.ahead_at is distinct from old.ahead_at) then
    raise exception 'what a member is owed is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_payable before update on money.payable for each row execute function money.keep_payable();
create trigger refuse_change before delete on money.payable for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.payable for each statement execute function platform.refuse_change();

grant select, insert, update on money.series, money.collection, money.earning, money.payable to partcommune_app;
grant select, insert on money.document to partcommune_app;
`;
