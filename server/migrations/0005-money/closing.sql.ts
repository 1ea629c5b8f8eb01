// Months of the book that were closed: proposed by one treasurer with what the bank says, confirmed by another.
export const closing = /* sql */ `
create table money.closing (
  id uuid primary key,
  until_on date not null,
  bank_minor bigint not null, -- as the bank's own statement says it
  currency char(3) not null,
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
create unique index one_closing on money.closing ((true)) where state = 'proposed';
create unique index closed_once on money.closing (until_on) where state = 'confirmed';
create function money.keep_closing() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[] is distinct from to_jsonb(old) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[]
    or old.state <> 'proposed' then
    raise exception 'a closing is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_closing before update on money.closing for each row execute function money.keep_closing();
create trigger refuse_change before delete on money.closing for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.closing for each statement execute function platform.refuse_change();

grant select, insert, update on money.closing to partcommune_app;
`;
