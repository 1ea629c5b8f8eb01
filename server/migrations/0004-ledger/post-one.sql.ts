// Posting one entry: as few and as plain statements as can be. One set-based form for every size took 0.7 of this one's speed.
import { isGuarded } from "./kinds.sql.ts";

export const postOne = /* sql */ `
create function ledger.post_one(e jsonb, out id bigint, out is_fresh boolean) language plpgsql as $$
declare
  -- A transaction id before the entry's: ledger.seal counts on it to know which lower entry ids can still appear.
  xid xid8 := pg_current_xact_id();
  day date := (e ->> 'on')::date;
  which ledger.kind_name := e ->> 'kind';
  -- [[1, "EUR", "-5"], ...] as an array of texts: casting is one expression, unfolding JSON is a query.
  legs text[] := translate(e ->> 'legs', '[]', '{}')::text[];
  size integer := array_length(legs, 1);
  accounts bigint[] := '{}';
  amounts bigint[] := '{}';
  rows integer;
  pots bigint[];
  lacks boolean;
  is_closed boolean;
  is_plain boolean := not e ?| array['holds', 'ends'];
  draws boolean := false;
begin
  if jsonb_path_exists(e, '$.legs[*][2] ? (@.type() != "string")') then
    raise exception 'amounts are texts of minor units' using errcode = 'PC004';
  end if;

  perform ledger.take_past(day, (e ->> 'at')::timestamptz);
  insert into ledger.entry (uid, kind, key, print, at, value_on, legs, bylaws, document_id, engagement_id, bank_line_id, sister, bearer, words_digest)
  select (e ->> 'uid')::uuid, which, e ->> 'key', decode(e ->> 'print', 'hex'), (e ->> 'at')::timestamptz, day, coalesce(size, 0),
    translate(e ->> 'bylaws', '[]', '{}')::bigint[], (e ->> 'document')::uuid, (e ->> 'engagement')::uuid, (e ->> 'bankLine')::uuid,
    e ->> 'sister', e ->> 'bearer', decode(e ->> 'words', 'hex')
  from ledger.book where only_row and closed_until < day
  on conflict (key) do nothing returning entry_id into id;
  if id is null then
    id := ledger.posted_before(e);
    is_fresh := false;
    return;
  end if;
  is_fresh := true;

  insert into ledger.leg (entry_id, no, year, account_id, currency, amount)
  select id, no, extract(year from day), legs[no][1]::bigint, legs[no][2], legs[no][3]::bigint from generate_series(1, size) no;
  get diagnostics rows = row_count;
  if rows <> size then
    raise exception 'legs were lost' using errcode = 'PC003';
  end if;
  if e ? 'reverses' then
    perform ledger.reverse_entry(id, e ->> 'reverses');
  end if;
  for i in 1 .. size loop
    is_plain := is_plain and legs[i][1]::bigint <> all (accounts);
    accounts := accounts || legs[i][1]::bigint;
    amounts := amounts || legs[i][3]::bigint;
  end loop;
  -- Holds, and accounts that are moved twice, are rare enough for the general form.
  if not is_plain then
    perform ledger.place_holds(jsonb_build_array(e), array[id]);
    perform ledger.end_holds(jsonb_build_array(e), array[id]);
    perform ledger.move_many(jsonb_build_array(e), array[id]);
    return;
  end if;

  -- Pools have no balance row, so what this touches are the exact accounts. The index gives them, and thereby locks them, in the order of their ids.
  update ledger.balance set balance = balance + amounts[array_position(accounts, account_id)] where account_id = any (accounts);
  select bool_or(closed_at is not null), bool_or(normal * balance - held < floor), array_agg(account_id) filter (where class = 'fund' and mode = 'pool')
  into is_closed, lacks, pots
  from ledger.account left join ledger.balance using (account_id) where account_id = any (accounts);
  if is_closed then
    raise exception 'an account is closed' using errcode = 'PC012';
  end if;
  if pots is not null then
    for i in 1 .. size loop
      draws := draws or (amounts[i] > 0 and accounts[i] = any (pots));
    end loop;
  end if;
  -- Seldom: only then is it worth asking who withdrew, and whether this kind may.
  if lacks or draws then
    perform ledger.object_to_draw(e, accounts, amounts);
  end if;
end $$;

-- The entry of a key that exists; else why it could not be posted.
create function ledger.posted_before(e jsonb) returns bigint language plpgsql as $$
declare
  before record;
  closed date;
begin
  select entry_id, print = decode(e ->> 'print', 'hex') as same into before from ledger.entry where key = e ->> 'key';
  if before.same then
    return before.entry_id;
  elsif found then
    raise exception 'key % stands for another entry', e ->> 'key' using errcode = 'PC009';
  end if;
  select closed_until into closed from ledger.book where closed_until >= (e ->> 'on')::date;
  if found then
    raise exception 'the book is closed until %', closed using errcode = 'PC013', detail = json_build_object('closedUntil', closed)::text;
  end if;
  raise exception 'there is no book' using errcode = 'PC004';
end $$;

-- Refuses what a guarded entry, already moved, took from accounts and pots that had too little.
create function ledger.object_to_draw(e jsonb, accounts bigint[], amounts bigint[]) returns void language plpgsql as $$
declare
  short record;
  drawn bigint;
begin
  if not (select ${isGuarded} from ledger.kind where kind = (e ->> 'kind')::ledger.kind_name) then
    return;
  end if;
  select account_id, floor - (normal * balance - held) as missing into short
  from (select account, sum(amount) as net from unnest(accounts, amounts) legs (account, amount) group by account) moves join ledger.balance on account_id = account
  where normal * net < 0 and normal * balance - held < floor order by account_id limit 1;
  if found then
    perform ledger.refuse_draw('PC010', short.account_id, short.missing);
  end if;
  for drawn in select account from unnest(accounts, amounts) legs (account, amount) group by account having sum(amount) > 0 order by account loop
    perform ledger.draw_on_pool(drawn, 0, true);
  end loop;
end $$;

-- Says who lacks how much, for the person who reads the refusal.
create function ledger.refuse_draw(state text, which bigint, missing bigint) returns void language plpgsql as $$
begin
  raise exception 'less is available than is taken' using errcode = state, detail =
    (select json_build_object('account', code, 'currency', currency, 'short', missing::text)::text from ledger.account where account_id = which);
end $$;
`;
