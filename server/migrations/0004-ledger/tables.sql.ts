// The tables of the book. What happened is only added; what is derived (balance, pool, reversible) can be reckoned again from it.
export const tables = /* sql */ `
create schema ledger;

-- Domains and not CHECKs on the two tables that every posting writes: a CHECK is parsed from its text by every statement, a domain is kept ready.
create domain ledger.print as bytea check (octet_length(value) = 32);
create domain ledger.leg_count as smallint check (value between 2 and 200);
create domain ledger.moved_amount as bigint check (value <> 0);
create domain ledger.held_amount as bigint check (value >= 0);

-- A type of its own and not a foreign key: all who post would lock the same few rows of ledger.kind.
create type ledger.kind_name as enum (
  'invoice.issued', 'guarantee.paid', 'payout.ordered', 'member.billed', 'vat.billed', 'vat.owed', 'advance.granted', 'advance.repaid', 'expense.repaid', 'claim.approved',
  'claim.ordered', 'premium.paid', 'cost.paid', 'cost.refunded', 'income.received', 'coaching.held', 'payroll.estimated', 'payroll.remitted', 'vat.paid', 'vat.relieved', 'fee.host', 'fee.home',
  'loan.lent', 'loan.repaid', 'reinsurance.ceded', 'reinsurance.paid', 'initiative.funded', 'initiative.paid', 'initiative.returned', 'share.repaid', 'client.paid', 'client.overpaid', 'client.repaid', 'stray.received', 'stray.returned',
  'bank.unmatched', 'bank.matched', 'payout.settled', 'payout.rejected', 'share.paid', 'fund.endowed', 'loan.received', 'loan.borrowed',
  'settlement.netted', 'settlement.yielded', 'settlement.conceded', 'settlement.paid', 'settlement.received', 'reinsurance.received', 'invoice.credited', 'invoice.lost', 'guarantee.lost',
  'guarantee.recovered', 'vat.refused', 'advance.lost', 'loss.host', 'loss.home', 'recovery.home', 'payroll.corrected', 'correction', 'fx.revalued', 'year.closed'
);

create table ledger.currency (
  code text primary key check (code ~ '^[A-Z]{3}$'),
  exponent smallint not null check (exponent between 0 and 4)
);

-- One coop, one book.
create table ledger.book (
  only_row boolean primary key default true check (only_row),
  coop text not null,
  legal_entity text not null,
  country char(2) not null,
  home_currency text not null references ledger.currency,
  time_zone text not null,
  closed_until date not null -- nothing is booked on or before this day
);

-- Withdrawals of a guarding kind check floors. What has already happened outside (a bank line, a loss) cannot be refused, so its kind does not.
create table ledger.kind (
  kind ledger.kind_name primary key,
  guards boolean not null
);

create table ledger.account (
  account_id bigint generated always as identity primary key,
  code text not null unique check (length(code) between 3 and 120),
  class text not null check (class in ('asset', 'liability', 'equity', 'fund', 'expense', 'income')),
  mode text not null check (mode in ('exact', 'pool')),
  currency text not null references ledger.currency,
  owner_id text,
  closed_at timestamptz(3),
  unique (account_id, currency) -- what leg refers to: an account has one currency for ever
);
create index on ledger.account (owner_id) where owner_id is not null;

-- Exact accounts: one row each, changed in the transaction of every leg. The space left in the page keeps those updates off the index.
create table ledger.balance (
  account_id bigint primary key references ledger.account,
  normal smallint not null, -- 1 where debits add, -1 where credits do
  balance bigint not null default 0, -- debit positive
  held ledger.held_amount not null default 0,
  floor bigint
) with (fillfactor = 70);

-- Pool accounts: many credit them at once, so their balance is the sum of sealed legs (mark) and of the legs since (tail).
-- A table of its own and not columns of account: a withdrawal locks the row here, while the foreign keys of every incoming fee lock the account.
create table ledger.pool (
  account_id bigint primary key references ledger.account,
  floor bigint, -- pots only: their normal side is credit
  held ledger.held_amount not null default 0,
  mark bigint not null default 0, -- debit positive
  mark_position bigint not null default 0
) with (fillfactor = 70);

create table ledger.entry (
  entry_id bigint generated always as identity primary key,
  uid uuid not null unique,
  kind ledger.kind_name not null,
  key varchar(200) not null unique, -- the business fact; it never expires
  print ledger.print not null, -- of everything that moves money: same key, other print is refused
  at timestamptz(3) not null,
  value_on date not null,
  legs ledger.leg_count not null,
  bylaws bigint[] not null, -- the versions it obeyed
  document_id uuid,
  engagement_id uuid,
  bank_line_id uuid,
  sister text,
  bearer text, -- who carries a correction
  words_digest ledger.print, -- words live elsewhere and can be erased; the seal still verifies
  stored_at timestamptz not null default clock_timestamp()
);
create index on ledger.entry (engagement_id) where engagement_id is not null;

-- The trigger legs_whole keeps numbers and years honest.
create table ledger.leg (
  entry_id bigint not null,
  no smallint not null,
  year smallint not null, -- of the entry's day of value
  account_id bigint not null,
  currency text not null,
  amount ledger.moved_amount not null, -- debit positive
  primary key (entry_id, no, year),
  constraint leg_entry foreign key (entry_id) references ledger.entry,
  constraint leg_account foreign key (account_id, currency) references ledger.account (account_id, currency)
) partition by list (year);
create index leg_of_account on ledger.leg (account_id, entry_id);

-- How much of an entry has been taken back. A row appears with the first reversal and changes by guarded UPDATE only.
create table ledger.reversible (
  entry_id bigint primary key references ledger.entry,
  total bigint not null check (total > 0),
  reversed bigint not null default 0,
  constraint never_more_than_the_original check (reversed between 0 and total)
);

create table ledger.reversal (
  entry_id bigint primary key references ledger.entry,
  reverses bigint not null references ledger.entry,
  no smallint not null,
  unique (reverses, no)
);

-- A hold lowers what is available, never the balance.
create table ledger.hold (
  hold_id bigint generated always as identity primary key,
  account_id bigint not null references ledger.account,
  amount bigint not null check (amount > 0),
  kind text not null check (kind in ('uncollected', 'guarantee', 'advance', 'claim', 'expense', 'smoothing', 'loan')),
  key text not null unique check (length(key) between 1 and 200),
  placed_at timestamptz(3) not null,
  expires_at timestamptz(3),
  engagement_id uuid,
  entry_id bigint references ledger.entry -- the entry that placed it; a claim is held before there is one
);
create index on ledger.hold (account_id);
create index on ledger.hold (expires_at) where expires_at is not null;

-- The primary key is what makes a hold end once.
create table ledger.hold_end (
  hold_id bigint primary key references ledger.hold,
  outcome text not null check (outcome in ('posted', 'voided', 'expired')),
  posted_amount bigint check (posted_amount > 0),
  entry_id bigint references ledger.entry,
  at timestamptz(3) not null,
  check ((outcome = 'posted') = (posted_amount is not null))
);

-- The order of every export: no gaps, and an entry that committed late stands where it was sealed.
create table ledger.sealed (
  position bigint primary key check (position >= 1),
  entry_id bigint not null unique references ledger.entry,
  leaf bytea not null check (octet_length(leaf) = 32)
);

-- The transparency log keeps batch n as leaf n - 1 of the log 'ledger'.
create table ledger.batch (
  batch_no bigint primary key check (batch_no >= 1),
  from_position bigint not null unique,
  to_position bigint not null unique,
  root bytea not null check (octet_length(root) = 32),
  trial jsonb not null, -- debits and credits of each currency since the first entry
  at timestamptz(3) not null,
  -- Every entry up to low_entry is sealed or will never exist. The other two let the next batch raise it: see ledger.seal.
  low_entry bigint not null,
  seen_entry bigint not null,
  seen_xid xid8 not null,
  check (to_position >= from_position)
);

-- Which bylaw set which floor, since the floor itself only shows the last.
create table ledger.floor_set (
  floor_set_id bigint generated always as identity primary key,
  account_id bigint not null references ledger.account,
  floor bigint not null,
  bylaw bigint not null,
  at timestamptz(3) not null
);
`;
