// Triggers: what was written stays, and legs come whole or not at all. They hold even where grants cannot be made, and against the owner.
export const guards = /* sql */ `
-- One statement brings all legs of an entry. Number 1 must be among them and (entry, no) is unique, so legs can never be added later.
create function ledger.legs_whole() returns trigger language plpgsql as $$
declare
  came record;
  faulty bigint;
begin
  select total.*, entry.legs, extract(year from value_on) as entry_year
  into came from (
    select min(entry_id) as entry_id, max(entry_id) as last_entry, count(*) as count, min(no) as first, max(no) as last, min(year) as year, max(year) as last_year,
      min(currency) as currency, max(currency) as last_currency, sum(amount) as sum
    from fresh
  ) total left join ledger.entry on entry.entry_id = total.entry_id;
  if came.entry_id = came.last_entry and came.currency = came.last_currency then
    -- One entry in one currency: a plain sum takes half the time of a grouped one.
    if came.sum <> 0 then
      raise exception 'the legs of entry % do not sum to zero', came.entry_id using errcode = 'PC002';
    elsif came.count = came.legs and came.first = 1 and came.last = came.legs and came.year = came.entry_year and came.last_year = came.entry_year then
      return null;
    end if;
    raise exception 'the legs of entry % are incomplete, or numbered or dated wrongly', came.entry_id using errcode = 'PC003';
  elsif came.count > 0 then
    select entry_id into faulty from fresh group by entry_id, currency having sum(amount) <> 0 limit 1;
    if found then
      raise exception 'the legs of entry % do not sum to zero', faulty using errcode = 'PC002';
    end if;
    select whole.entry_id into faulty
    from (select entry_id, count(*) as count, min(no) as first, max(no) as last, min(year) as year, max(year) as last_year from fresh group by entry_id) whole
    left join ledger.entry on entry.entry_id = whole.entry_id
    where (count, first, last, year, last_year) is distinct from
      (legs::bigint, 1::smallint, legs::smallint, extract(year from value_on)::smallint, extract(year from value_on)::smallint)
    limit 1;
    if found then
      raise exception 'the legs of entry % are incomplete, or numbered or dated wrongly', faulty using errcode = 'PC003';
    end if;
  end if;
  return null;
end $$;

create function ledger.only_closing() returns trigger language plpgsql as $$
begin
  if (new.account_id, new.code, new.class, new.mode, new.currency, new.owner_id) is distinct from
     (old.account_id, old.code, old.class, old.mode, old.currency, old.owner_id) or old.closed_at is not null then
    raise exception 'an account changes in nothing but its closing' using errcode = 'PC001';
  end if;
  return new;
end $$;

create trigger refuse_change before delete on ledger.account for each row execute function platform.refuse_change();
create trigger only_closing before update on ledger.account for each row execute function ledger.only_closing();
create trigger refuse_truncate before truncate on ledger.account for each statement execute function platform.refuse_change();

do $$
declare
  name text;
begin
  foreach name in array array['kind', 'entry', 'leg', 'hold', 'hold_end', 'reversal', 'sealed', 'batch', 'floor_set'] loop
    execute format('create trigger refuse_change before update or delete on ledger.%I for each row execute function platform.refuse_change()', name);
    execute format('create trigger refuse_truncate before truncate on ledger.%I for each statement execute function platform.refuse_change()', name);
  end loop;
end $$;

create trigger legs_whole after insert on ledger.leg
  referencing new table as fresh for each statement execute function ledger.legs_whole();

-- A year of legs. Row triggers are inherited by partitions, statement and TRUNCATE triggers are not: whoever names the partition meets these.
-- It makes a table, so it runs as the owner of the tables.
create function ledger.open_year(which integer) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  name text := 'leg_' || which;
begin
  if which not between 1990 and 2200 then
    raise exception 'year % is out of reach', which using errcode = '22003';
  end if;
  -- Two who open the same year: the second finds it open.
  perform pg_advisory_xact_lock(hashtext('ledger:open_year'));
  if to_regclass('ledger.' || name) is not null then
    return;
  end if;
  execute format('create table ledger.%I partition of ledger.leg for values in (%s)', name, which);
  execute format('create trigger refuse_truncate before truncate on ledger.%I for each statement execute function platform.refuse_change()', name);
  execute format('create trigger legs_whole after insert on ledger.%I referencing new table as fresh for each statement execute function ledger.legs_whole()', name);
end $$;

select ledger.open_year(which) from generate_series(2025, 2030) which;
`;
