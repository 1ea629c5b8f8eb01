// The budgets that members open beside the first, which everybody has without a row.
export const budgets = /* sql */ `
create schema money;

create table money.budget (
  id uuid primary key,
  member uuid not null,
  name text not null check (length(name) between 1 and 60),
  folded text not null, -- in small letters, as the law compares names
  opened_at timestamptz(3) not null,
  closed_at timestamptz(3),
  check (closed_at >= opened_at)
);
-- Of those that are open, two of a member have never one name.
create unique index one_name_a_budget on money.budget (member, folded) where closed_at is null;
create index on money.budget (member, opened_at, id);
create function money.keep_budget() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{name,folded,closed_at}'::text[] is distinct from to_jsonb(old) - '{name,folded,closed_at}'::text[] or old.closed_at is not null then
    raise exception 'a budget stays whose it is, and closed once it is' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_budget before update on money.budget for each row execute function money.keep_budget();
create trigger refuse_change before delete on money.budget for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.budget for each statement execute function platform.refuse_change();

grant usage on schema money to partcommune_app;
grant select, insert, update on money.budget to partcommune_app;
`;
