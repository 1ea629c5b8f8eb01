// Posting 2 to 5 000 entries at once, set-based: payout runs, bank imports, payroll, netting, year close. All of them or none.
import { isGuarded } from "./kinds.sql.ts";

export const postMany = /* sql */ `
-- ids[n] is the entry of element n; is_fresh[n] says whether it was posted now.
create function ledger.post_many(batch jsonb, out ids bigint[], out is_fresh boolean[]) language plpgsql as $$
declare
  xid xid8 := pg_current_xact_id(); -- as in post_one
  added jsonb;
  posted bigint[];
  rows integer;
  wanted integer;
begin
  if jsonb_path_exists(batch, '$[*].legs[*][2] ? (@.type() != "string")') then
    raise exception 'amounts are texts of minor units' using errcode = 'PC004';
  end if;

  perform ledger.take_past(min((e ->> 'on')::date), min((e ->> 'at')::timestamptz)) from jsonb_array_elements(batch) e;
  with fresh as (
    insert into ledger.entry (uid, kind, key, print, at, value_on, legs, bylaws, document_id, engagement_id, bank_line_id, sister, bearer, words_digest)
    select (e ->> 'uid')::uuid, (e ->> 'kind')::ledger.kind_name, e ->> 'key', decode(e ->> 'print', 'hex'), (e ->> 'at')::timestamptz, (e ->> 'on')::date, jsonb_array_length(e -> 'legs'),
      translate(e ->> 'bylaws', '[]', '{}')::bigint[], (e ->> 'document')::uuid, (e ->> 'engagement')::uuid, (e ->> 'bankLine')::uuid,
      e ->> 'sister', e ->> 'bearer', decode(e ->> 'words', 'hex')
    from jsonb_array_elements(batch) with ordinality es (e, n), ledger.book
    where only_row and closed_until < (e ->> 'on')::date order by n
    on conflict (key) do nothing returning entry_id, uid
  )
  select coalesce(jsonb_object_agg(uid, entry_id), '{}') into added from fresh;
  select array_agg(coalesce((added ->> uid)::bigint, 0) order by n), array_agg(added ? uid order by n) into posted, is_fresh
  from jsonb_array_elements(batch) with ordinality es (e, n), cast(cast(e ->> 'uid' as uuid) as text) uid;
  ids := posted;
  if false = any (is_fresh) then
    -- A new statement, so that a rival's entry that this one waited for is seen.
    select array_agg(case when posted[n] <> 0 then posted[n] else ledger.posted_before(e) end order by n) into ids
    from jsonb_array_elements(batch) with ordinality es (e, n);
  end if;

  insert into ledger.leg (entry_id, no, year, account_id, currency, amount)
  select posted[n], no, extract(year from (e ->> 'on')::date), (l ->> 0)::bigint, l ->> 1, (l ->> 2)::bigint
  from jsonb_array_elements(batch) with ordinality es (e, n), jsonb_array_elements(e -> 'legs') with ordinality legs (l, no) where posted[n] <> 0;
  get diagnostics rows = row_count;
  select sum(jsonb_array_length(e -> 'legs')) into wanted from jsonb_array_elements(batch) with ordinality es (e, n) where posted[n] <> 0;
  if rows <> coalesce(wanted, 0) then
    raise exception 'legs were lost' using errcode = 'PC003';
  end if;

  perform ledger.reverse_entry(posted[n], e ->> 'reverses') from jsonb_array_elements(batch) with ordinality es (e, n) where e ? 'reverses' and posted[n] <> 0 order by n;
  if jsonb_path_exists(batch, '$[*].holds') then
    perform ledger.place_holds(batch, posted);
  end if;
  if jsonb_path_exists(batch, '$[*].ends') then
    perform ledger.end_holds(batch, posted);
  end if;
  perform ledger.move_many(batch, posted);
end $$;

-- Moves the balances of a batch. What is available is asked at its end: within one batch, money that comes in covers money that goes out.
create function ledger.move_many(batch jsonb, posted bigint[]) returns void language plpgsql as $$
declare
  guards boolean[];
  touched bigint[];
  nets bigint[];
  more_held bigint[];
  exact boolean[];
  guarded boolean[];
  is_open boolean;
  short record;
begin
  select array_agg(${isGuarded} order by n) into guards from jsonb_array_elements(batch) with ordinality es (e, n) left join ledger.kind on kind.kind = (e ->> 'kind')::ledger.kind_name;
  -- By entry first: whether an account was drawn on is asked of each entry by itself, as when it is posted alone.
  with moves as (
    select n, account, sum(net) as net, sum(held) as held from (
      select n, (l ->> 0)::bigint as account, (l ->> 2)::bigint as net, 0 as held from jsonb_array_elements(batch) with ordinality es (e, n), jsonb_array_elements(e -> 'legs') l
      union all
      select n, (h ->> 0)::bigint, 0, (h ->> 1)::bigint from jsonb_array_elements(batch) with ordinality es (e, n), jsonb_array_elements(e -> 'holds') h
      union all
      select n, hold.account_id, 0, -hold.amount
      from jsonb_array_elements(batch) with ordinality es (e, n), jsonb_array_elements(e -> 'ends') h join ledger.hold on hold.key = h ->> 0
    ) each where posted[n] <> 0 group by n, account
  ), folded as (
    select account, sum(net)::bigint as net, sum(held)::bigint as held, bool_or(mode = 'exact') as exact, bool_and(closed_at is null) as is_open,
      bool_or(guards[n] and (gain < 0 or (held > 0 and gain < held))) as guarded
    from (select moves.*, mode, closed_at, case when class in ('asset', 'expense') then net else -net end as gain from moves join ledger.account on account_id = account) sided
    group by account
  )
  select array_agg(account order by account), array_agg(net order by account), array_agg(held order by account), array_agg(folded.exact order by account),
    array_agg(folded.guarded order by account), bool_and(folded.is_open)
  into touched, nets, more_held, exact, guarded, is_open from folded;
  if touched is null then
    return; -- every entry had been posted before
  elsif not is_open then
    raise exception 'an account is closed' using errcode = 'PC012';
  end if;

  -- An UPDATE of many rows locks them in no particular order, so they are locked first.
  perform from ledger.balance where account_id = any (touched) order by account_id for no key update;
  with moved as (
    update ledger.balance set balance = balance + net, held = held + more
    from unnest(touched, nets, more_held, guarded) moves (account, net, more, is_guarded)
    where account_id = account and (net <> 0 or more <> 0)
    returning account_id, is_guarded, floor - (normal * balance - held) as missing
  )
  select account_id, missing into short from moved where is_guarded and missing > 0 order by account_id limit 1;
  if found then
    perform ledger.refuse_draw('PC010', short.account_id, short.missing);
  end if;
  for i in 1 .. cardinality(touched) loop
    if not exact[i] and (more_held[i] <> 0 or guarded[i]) then
      perform ledger.draw_on_pool(touched[i], more_held[i], guarded[i]);
    end if;
  end loop;
end $$;
`;
