// Clients who are late: what was sent to them, and what two treasurers gave up.
export const late = /* sql */ `
-- What was sent because an invoice was not paid: once for each step.
create table money.dunning (
  invoice uuid not null references money.document,
  step smallint not null check (step > 0),
  kind text not null check (kind in ('reminder', 'demand')),
  open_minor bigint not null check (open_minor > 0), -- what the letter asks for
  sent_on date not null,
  sent_at timestamptz(3) not null,
  primary key (invoice, step)
);
create trigger refuse_change before update or delete on money.dunning for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.dunning for each statement execute function platform.refuse_change();

-- What is left of an invoice given up as lost: proposed by one treasurer, confirmed by another. What comes in of it later is counted.
create table money.loss (
  id uuid primary key,
  invoice uuid not null references money.document,
  because text not null check (because in ('overdue', 'insolvent')),
  state text not null check (state in ('proposed', 'confirmed', 'discarded')),
  proposed_by uuid not null,
  proposed_at timestamptz(3) not null,
  confirmed_by uuid,
  confirmed_at timestamptz(3),
  discarded_by uuid,
  kind text check (kind in ('guaranteed', 'not')), -- whether the guarantee bears any of it
  currency char(3),
  gross_minor bigint check (gross_minor > 0), -- what was open when it was confirmed
  worth_minor bigint check (worth_minor >= 0), -- the same in the coop's own money, by the rate of the invoice
  recovered_minor bigint not null default 0 check (recovered_minor between 0 and coalesce(gross_minor, 0)),
  recovered_worth_minor bigint not null default 0 check (recovered_worth_minor between 0 and coalesce(worth_minor, 0)),
  constraint two_people check (confirmed_by <> proposed_by),
  check ((state = 'confirmed') = (confirmed_by is not null)),
  check ((confirmed_by is null) = (confirmed_at is null) and (confirmed_by is null) = (kind is null)),
  check (num_nulls(kind, gross_minor, worth_minor, currency) in (0, 4)),
  check ((state = 'discarded') = (discarded_by is not null))
);
create unique index one_loss on money.loss (invoice) where state <> 'discarded';
create index on money.loss (proposed_at, id);
create function money.keep_loss() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,confirmed_by,confirmed_at,discarded_by,kind,currency,gross_minor,worth_minor,recovered_minor,recovered_worth_minor}'::text[]
      is distinct from to_jsonb(old) - '{state,confirmed_by,confirmed_at,discarded_by,kind,currency,gross_minor,worth_minor,recovered_minor,recovered_worth_minor}'::text[]
    or (old.state <> 'proposed' and to_jsonb(new) - '{recovered_minor,recovered_worth_minor}'::text[] is distinct from to_jsonb(old) - '{recovered_minor,recovered_worth_minor}'::text[])
    or new.recovered_minor < old.recovered_minor then
    raise exception 'a loss is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_loss before update on money.loss for each row execute function money.keep_loss();
create trigger refuse_change before delete on money.loss for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.loss for each statement execute function platform.refuse_change();

grant select, insert on money.dunning to partcommune_app;
grant select, insert, update on money.loss to partcommune_app;
`;
