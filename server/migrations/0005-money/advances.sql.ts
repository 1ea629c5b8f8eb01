// What the coop advances to members before a client has paid, what they spent for their work, and what of a member's own money was used before it left for their bank.
export const advances = /* sql */ `
-- One for each ask. It counts from the moment it is asked: the hold on the pot is placed in the same transaction.
create table money.advance (
  id uuid primary key,
  member uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  state text not null check (state in ('asked', 'granted', 'repaid', 'lost')),
  repaid_minor bigint not null default 0 check (repaid_minor >= 0),
  lost_minor bigint not null default 0 check (lost_minor >= 0),
  bylaws bigint[] not null, -- the versions of the rules that its limit obeyed
  asked_at timestamptz(3) not null,
  granted_at timestamptz(3), -- two have signed that it leaves
  check (repaid_minor + lost_minor <= amount_minor),
  check ((granted_at is null) = (state = 'asked')),
  check (state <> 'asked' or repaid_minor + lost_minor = 0),
  check ((state = 'repaid') = (repaid_minor = amount_minor)),
  check ((state = 'lost') = (lost_minor > 0)),
  check (state <> 'lost' or repaid_minor + lost_minor = amount_minor)
);
create index on money.advance (member, asked_at, id);
create index on money.advance (asked_at, id) where state in ('asked', 'granted');
create function money.keep_advance() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,repaid_minor,lost_minor,granted_at}'::text[] is distinct from to_jsonb(old) - '{state,repaid_minor,lost_minor,granted_at}'::text[]
    or new.repaid_minor < old.repaid_minor or new.lost_minor < old.lost_minor or old.state in ('repaid', 'lost')
    or (old.granted_at is not null and new.granted_at is distinct from old.granted_at) then
    raise exception 'an advance is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_advance before update on money.advance for each row execute function money.keep_advance();
create trigger refuse_change before delete on money.advance for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.advance for each statement execute function platform.refuse_change();

-- What is left of an advance given up: proposed by one treasurer after a talk with the member, confirmed by another.
create table money.advance_loss (
  id uuid primary key,
  advance uuid not null references money.advance,
  talked_on date not null,
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
create unique index one_advance_loss on money.advance_loss (advance) where state <> 'discarded';
create function money.keep_advance_loss() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[]
      is distinct from to_jsonb(old) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[] or old.state <> 'proposed' then
    raise exception 'a loss is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_advance_loss before update on money.advance_loss for each row execute function money.keep_advance_loss();
create trigger refuse_change before delete on money.advance_loss for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.advance_loss for each statement execute function platform.refuse_change();

-- What a member spent for their work, to be repaid from their own money.
create table money.expense (
  id uuid primary key,
  member uuid not null,
  into_budget uuid references money.budget, -- which of their budgets bears it; null: the first
  kind text not null check (kind in ('receipt', 'kilometres', 'days')),
  about text not null check (length(about) between 1 and 140),
  spent_on date not null,
  amount_minor bigint not null check (amount_minor > 0),
  vat_minor bigint not null check (vat_minor >= 0 and vat_minor < amount_minor),
  vat_rate bigint not null check (vat_rate >= 0),
  currency char(3) not null,
  units integer check (units > 0), -- kilometres or days
  rate_source text,
  state text not null check (state in ('waiting', 'covered', 'repaid', 'refused', 'withdrawn')),
  handed_in_at timestamptz(3) not null,
  because text check (length(because) between 1 and 400), -- why it was refused
  refused_by uuid,
  check ((kind = 'receipt') = (units is null) and (units is null) = (rate_source is null)),
  check ((state = 'refused') = (because is not null) and (because is null) = (refused_by is null))
);
create index on money.expense (member, handed_in_at, id);
create index on money.expense (handed_in_at, id) where state in ('waiting', 'covered');
create function money.keep_expense() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,because,refused_by}'::text[] is distinct from to_jsonb(old) - '{state,because,refused_by}'::text[]
    or old.state in ('repaid', 'refused', 'withdrawn') then
    raise exception 'an expense is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_expense before update on money.expense for each row execute function money.keep_expense();
create trigger refuse_change before delete on money.expense for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.expense for each statement execute function platform.refuse_change();

-- What of something a member is owed was used before it was ordered; returned where the expense it was for was refused or taken back.
create table money.draw (
  id uuid primary key,
  payable uuid not null references money.payable,
  about text not null check (about in ('advance', 'expense')),
  source uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  at timestamptz(3) not null,
  returned_at timestamptz(3),
  check (returned_at is null or about = 'expense')
);
create index on money.draw (payable);
create index on money.draw (source);
create function money.keep_draw() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'returned_at' is distinct from to_jsonb(old) - 'returned_at' or old.returned_at is not null then
    raise exception 'what was used is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_draw before update on money.draw for each row execute function money.keep_draw();
create trigger refuse_change before delete on money.draw for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.draw for each statement execute function platform.refuse_change();

grant select, insert, update on money.advance, money.advance_loss, money.expense, money.draw to partcommune_app;
`;
