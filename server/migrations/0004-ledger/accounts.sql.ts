// Opening the book and its accounts, closing them, and the voted floors.
export const accounts = /* sql */ `
create function ledger.open_book(coop text, legal_entity text, country text, home_currency text, time_zone text, closed_until date)
returns void language sql security definer set search_path = ledger, pg_temp as $$
  insert into ledger.book (coop, legal_entity, country, home_currency, time_zone, closed_until)
  values (coop, legal_entity, country, home_currency, time_zone, closed_until);
$$;

-- Whoever closes waits for those who date entries into the past, and they for whoever closes: what was counted before stays all there is.
create function ledger.take_closing() returns void language sql as $$ select pg_advisory_xact_lock(hashtext('ledger:closing')); $$;
create function ledger.take_past(day date, at timestamptz) returns void language plpgsql as $$
begin
  if day < at::date - 1 then
    perform pg_advisory_xact_lock_shared(hashtext('ledger:closing'));
  end if;
end $$;

-- A closed period stays closed: the day only moves forward.
create function ledger.close_until(day date) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  update ledger.book set closed_until = day where closed_until < day;
  if not found then
    raise exception 'the book is closed beyond % already', day using errcode = 'PC013';
  end if;
end $$;

-- Opens accounts unless they stand; each is [code, class, mode, currency, owner or null, floor or null]. Answers code and id of all.
create function ledger.open_accounts(wanted jsonb)
returns table (code text, account_id bigint) language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
begin
  -- In the order of their codes, so that two who open the same ones wait and never deadlock.
  insert into ledger.account (code, class, mode, currency, owner_id)
  select w ->> 0, w ->> 1, w ->> 2, w ->> 3, w ->> 4 from jsonb_array_elements(wanted) w order by w ->> 0
  on conflict (code) do nothing;

  if exists (
    select from jsonb_array_elements(wanted) w join ledger.account a on a.code = w ->> 0
    where (a.class, a.mode, a.currency) is distinct from (w ->> 1, w ->> 2, w ->> 3)
  ) then
    raise exception 'an account of this code is of another class, mode or currency' using errcode = 'PC012', detail = wanted::text;
  end if;

  insert into ledger.balance (account_id, normal, floor)
  select a.account_id, case when a.class in ('asset', 'expense') then 1 else -1 end, (w ->> 5)::bigint
  from jsonb_array_elements(wanted) w join ledger.account a on a.code = w ->> 0 where a.mode = 'exact' order by a.account_id
  on conflict do nothing;
  -- Only pots have floors: the check of a pool's floor counts on credit being its normal side.
  insert into ledger.pool (account_id, floor)
  select a.account_id, case when a.class = 'fund' then (w ->> 5)::bigint end
  from jsonb_array_elements(wanted) w join ledger.account a on a.code = w ->> 0 where a.mode = 'pool' order by a.account_id
  on conflict do nothing;

  return query select a.code, a.account_id from jsonb_array_elements(wanted) w join ledger.account a on a.code = w ->> 0;
end $$;

-- A floor reaches the book only with the bylaw that members voted. A pot below its new floor pays nothing until it has grown.
create function ledger.set_floor(which bigint, new_floor bigint, bylaw bigint, at timestamptz)
returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  update ledger.balance set floor = new_floor where account_id = which;
  if not found then
    update ledger.pool set floor = new_floor from ledger.account
    where pool.account_id = which and account.account_id = pool.account_id and account.class = 'fund';
  end if;
  if not found then
    raise exception 'account % has no floor to set', which using errcode = 'PC012';
  end if;
  insert into ledger.floor_set (account_id, floor, bylaw, at) values (which, new_floor, bylaw, at);
end $$;

-- An empty account is closed for good. The lock makes it wait for entries under way, whose foreign keys hold the row, and makes later ones wait for it.
create function ledger.close_account(which bigint, at timestamptz) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  perform from ledger.account where account_id = which for update;
  if exists (select from ledger.account_balance b where b.account_id = which and (b.balance <> 0 or b.held <> 0)) then
    raise exception 'account % is not empty', which using errcode = 'PC016';
  end if;
  update ledger.account set closed_at = at where account_id = which and closed_at is null;
  if not found then
    raise exception 'account % is unknown or closed', which using errcode = 'PC012';
  end if;
end $$;
`;
