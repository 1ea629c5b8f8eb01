// The bank's own statements: each file is kept as it came, each of its lines once, in whichever files it stands.
export const statements = /* sql */ `
create table money.statement (
  id uuid primary key,
  account text not null, -- the coop's own IBAN
  name text not null, -- the bank's
  currency char(3) not null,
  until_on date not null,
  opening_minor bigint,
  closing_minor bigint,
  lines integer not null check (lines >= 0),
  hash bytea not null check (octet_length(hash) = 32), -- SHA-256 of the file
  place integer not null check (place >= 0), -- a file may hold several
  file bytea not null, -- as it came, gzip
  state text not null check (state in ('taken', 'broken', 'vouched', 'accepted')),
  fault text check (fault in ('noBalance', 'doesNotAddUp')),
  imported_by uuid not null,
  imported_at timestamptz(3) not null,
  unique (hash, place),
  check ((state = 'taken') = (fault is null))
);
create index on money.statement (account, until_on);

-- Two people answer for a statement that does not add up, each in writing.
create table money.statement_vouching (
  statement uuid not null references money.statement,
  no smallint not null check (no in (1, 2)),
  person uuid not null,
  reason text not null check (reason <> ''),
  at timestamptz(3) not null,
  primary key (statement, no),
  constraint two_people_vouch unique (statement, person)
);

create table money.statement_line (
  id uuid primary key,
  statement uuid not null references money.statement,
  account text not null,
  booked_on date not null,
  amount_minor bigint not null check (amount_minor <> 0), -- above zero it came
  currency char(3) not null,
  bank_ref text not null,
  place integer not null check (place >= 0),
  end_to_end text not null,
  batch text not null, -- our own name of a payout, where the bank booked all of its transfers as one sum
  words text not null,
  party text not null,
  returned boolean not null,
  suspended boolean not null default false, -- it waited, or waits, on suspense:unmatched
  line uuid references money.bank_line, -- what explains it
  -- What makes it the same line in every file.
  unique (account, bank_ref, amount_minor, booked_on, place)
);
create index on money.statement_line (statement);
create index on money.statement_line (booked_on, id) where line is null;
create unique index one_explanation on money.statement_line (line) where line is not null;

create function money.keep_statement() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'state' is distinct from to_jsonb(old) - 'state' or old.state in ('taken', 'accepted') then
    raise exception 'a statement is kept as it came' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_statement before update on money.statement for each row execute function money.keep_statement();
-- A line is kept as it came: only what explains it changes, and that it waited is never forgotten. No function is called for what may change, since a file explains thousands.
create trigger refuse_change before update of id, statement, account, booked_on, amount_minor, currency, bank_ref, place, end_to_end, batch, words, party, returned
  on money.statement_line for each row execute function platform.refuse_change();
create trigger refuse_forgetting before update of suspended on money.statement_line for each row
  when (old.suspended and not new.suspended) execute function platform.refuse_change();
create trigger refuse_change before delete on money.statement for each row execute function platform.refuse_change();
create trigger refuse_delete before delete on money.statement_line for each row execute function platform.refuse_change();
create trigger refuse_change before update or delete on money.statement_vouching for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.statement for each statement execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.statement_line for each statement execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.statement_vouching for each statement execute function platform.refuse_change();

grant select, insert, update on money.statement, money.statement_line to partcommune_app;
grant select, insert on money.statement_vouching to partcommune_app;
`;
