// Rates of foreign money: read from a central bank's file, or said by one treasurer and confirmed by another.
export const rates = /* sql */ `
create table money.fx_rate (
  id uuid primary key,
  currency char(3) not null,
  on_day date not null,
  home_ppm bigint not null check (home_ppm > 0), -- so much of the coop's own money is
  foreign_ppm bigint not null check (foreign_ppm > 0), -- so much of this
  source text not null, -- who published it
  state text not null check (state in ('proposed', 'confirmed', 'discarded')),
  proposed_by uuid, -- none where a file said it
  proposed_at timestamptz(3) not null,
  confirmed_by uuid,
  confirmed_at timestamptz(3),
  discarded_by uuid,
  constraint two_people check (confirmed_by <> proposed_by),
  check (case when proposed_by is null then state = 'confirmed' and confirmed_by is null else (state = 'confirmed') = (confirmed_by is not null) end),
  check ((state = 'confirmed') = (confirmed_at is not null)),
  check ((state = 'discarded') = (discarded_by is not null))
);
-- Invoices stand by it: of a currency and day there is one, and it stays.
create unique index one_rate on money.fx_rate (currency, on_day) where state <> 'discarded';
create index on money.fx_rate (on_day, currency);
create function money.keep_rate() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[] is distinct from to_jsonb(old) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[]
    or old.state <> 'proposed' then
    raise exception 'a rate is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_rate before update on money.fx_rate for each row execute function money.keep_rate();
create trigger refuse_change before delete on money.fx_rate for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.fx_rate for each statement execute function platform.refuse_change();

grant select, insert, update on money.fx_rate to partcommune_app;
`;
