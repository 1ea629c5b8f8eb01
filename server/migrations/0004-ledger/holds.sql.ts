// Two-phase money: holds are placed and ended beside entries, or by themselves while nothing has moved yet.
import { keptPlans } from "./plans.sql.ts";

export const holds = /* sql */ `
-- Whoever lowers what a pot can give meets the others here, one after the other; fees that come in never do.
-- Lock first, then sum in a statement of its own: a sum in the locking statement still reads the book as it was before the wait.
create function ledger.draw_on_pool(which bigint, more_held bigint, guarded boolean) returns void language plpgsql as $$
declare
  pot_floor bigint;
  room bigint;
begin
  if more_held <> 0 then
    update ledger.pool set held = held + more_held where account_id = which returning floor into pot_floor;
  else
    select floor into pot_floor from ledger.pool where account_id = which and floor is not null for no key update;
  end if;
  if pot_floor is null or not guarded then
    return;
  end if;
  select -own.balance - pool.held - pool.floor into room
  from ledger.pool, ledger.pool_own(pool.account_id, pool.mark) own where pool.account_id = which;
  if room < 0 then
    perform ledger.refuse_draw('PC011', which, -room);
  end if;
end $$;

-- A pool's balance at the statement's snapshot: its sealed legs, and those that came since. The sealer moves mark and seals in one transaction.
create function ledger.pool_own(which bigint, mark bigint, out balance bigint) language sql stable ${keptPlans} as $$
  select mark + coalesce(sum(leg.amount), 0)::bigint from ledger.leg
  where leg.account_id = which
    and leg.entry_id > coalesce((select low_entry from ledger.batch order by batch_no desc limit 1), 0)
    and not exists (select from ledger.sealed where sealed.entry_id = leg.entry_id);
$$;

-- Places the holds of a batch of entries. ids[n] is the entry of element n, 0 when it was posted before and nothing happens.
create function ledger.place_holds(batch jsonb, ids bigint[]) returns void language plpgsql as $$
declare
  asked bigint;
  placed bigint;
begin
  select count(*) into asked from jsonb_array_elements(batch) with ordinality e (entry, n), jsonb_array_elements(entry -> 'holds') where ids[n] <> 0;
  insert into ledger.hold (account_id, amount, kind, key, placed_at, expires_at, engagement_id, entry_id)
  select (h ->> 0)::bigint, (h ->> 1)::bigint, h ->> 2, h ->> 3, (entry ->> 'at')::timestamptz, (h ->> 4)::timestamptz, (entry ->> 'engagement')::uuid, ids[n]
  from jsonb_array_elements(batch) with ordinality e (entry, n), jsonb_array_elements(entry -> 'holds') h
  where ids[n] <> 0
  on conflict (key) do nothing;
  get diagnostics placed = row_count;
  if placed <> asked then
    raise exception 'a hold of this key stands already' using errcode = 'PC009';
  end if;
end $$;

-- Ends holds for a batch of entries. Whoever ends a hold second finds the row there.
create function ledger.end_holds(batch jsonb, ids bigint[]) returns void language plpgsql as $$
declare
  asked bigint;
  ended bigint;
begin
  select count(*) into asked from jsonb_array_elements(batch) with ordinality e (entry, n), jsonb_array_elements(entry -> 'ends') where ids[n] <> 0;
  insert into ledger.hold_end (hold_id, outcome, posted_amount, entry_id, at)
  select hold.hold_id, h ->> 1, (h ->> 2)::bigint, ids[n], (entry ->> 'at')::timestamptz
  from jsonb_array_elements(batch) with ordinality e (entry, n), jsonb_array_elements(entry -> 'ends') h
  join ledger.hold on hold.key = h ->> 0
  where ids[n] <> 0 and coalesce((h ->> 2)::bigint, 0) <= hold.amount
  order by hold.hold_id
  on conflict (hold_id) do nothing;
  get diagnostics ended = row_count;
  if ended <> asked then
    raise exception 'a hold is unknown, smaller than what is posted, or has ended' using errcode = 'PC015';
  end if;
end $$;

-- Places or ends one hold without an entry: a claim that is opened or refused, a hold that expires. True when something changed.
create function ledger.hold(wanted jsonb) returns boolean language plpgsql security definer set search_path = ledger, pg_temp ${keptPlans} as $$
declare
  account bigint := (wanted ->> 'account')::bigint;
  size bigint := (wanted ->> 'amount')::bigint;
  was ledger.hold;
begin
  insert into ledger.hold (account_id, amount, kind, key, placed_at, expires_at, engagement_id)
  values (account, size, wanted ->> 'kind', wanted ->> 'key', (wanted ->> 'at')::timestamptz, (wanted ->> 'expires')::timestamptz, (wanted ->> 'engagement')::uuid)
  on conflict (key) do nothing;
  if found then
    perform ledger.move_held(account, size);
    return true;
  end if;
  select * into was from ledger.hold where key = wanted ->> 'key';
  if (was.account_id, was.amount, was.kind) is distinct from (account, size, wanted ->> 'kind') then
    raise exception 'key % stands for another hold', was.key using errcode = 'PC009';
  end if;
  return false;
end $$;

create function ledger.end_hold(wanted jsonb) returns boolean language plpgsql security definer set search_path = ledger, pg_temp ${keptPlans} as $$
declare
  was ledger.hold;
  ending text := wanted ->> 'outcome';
begin
  if ending not in ('voided', 'expired') then
    raise exception 'only an entry can post a hold' using errcode = 'PC015';
  end if;
  select * into was from ledger.hold where key = wanted ->> 'key';
  insert into ledger.hold_end (hold_id, outcome, at) select was.hold_id, ending, (wanted ->> 'at')::timestamptz where was.hold_id is not null
  on conflict (hold_id) do nothing;
  if found then
    perform ledger.move_held(was.account_id, -was.amount);
    return true;
  end if;
  if not exists (select from ledger.hold_end where hold_id = was.hold_id and outcome = ending) then
    raise exception 'hold % is unknown or has ended otherwise', wanted ->> 'key' using errcode = 'PC015';
  end if;
  return false;
end $$;

create function ledger.move_held(which bigint, more bigint) returns void language plpgsql as $$
declare
  room bigint;
begin
  update ledger.balance set held = held + more where account_id = which returning normal * balance - held - floor into room;
  if not found then
    perform ledger.draw_on_pool(which, more, more > 0);
  elsif more > 0 and room < 0 then
    perform ledger.refuse_draw('PC010', which, -room);
  end if;
  if exists (select from ledger.account where account_id = which and closed_at is not null) then
    raise exception 'account % is closed', which using errcode = 'PC012';
  end if;
end $$;
`;
