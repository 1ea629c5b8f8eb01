// The one door into the book, and the cap on taking entries back.
import { keptPlans } from "./plans.sql.ts";

export const post = /* sql */ `
-- Takes [{uid, kind, key, print, at, on, bylaws, legs: [[accountId, "EUR", "-183000"], ...],
--   document?, engagement?, bankLine?, sister?, bearer?, words?, reverses?: key,
--   holds?: [[accountId, "183000", kind, key, expiresAt]], ends?: [[holdKey, outcome, "183000"]]}] and answers in its order.
-- Balances must be met in the order of their index, which a bitmap would not keep: kept plans use none.
create function ledger.post(batch jsonb) returns table (key text, entry_id bigint, fresh boolean)
language plpgsql security definer set search_path = ledger, pg_temp ${keptPlans} as $$
#variable_conflict use_variable
declare
  one record;
  ids bigint[];
  news boolean[];
  i integer := 0;
  size integer := jsonb_array_length(batch);
begin
  if size = 1 then
    key := batch -> 0 ->> 'key';
    one := ledger.post_one(batch -> 0);
    entry_id := one.id;
    fresh := one.is_fresh;
    return next;
  elsif size between 2 and 5000 then
    select m.ids, m.is_fresh into ids, news from ledger.post_many(batch) m;
    for key in select e ->> 'key' from jsonb_array_elements(batch) with ordinality es (e, n) order by n loop
      i := i + 1;
      entry_id := ids[i];
      fresh := news[i];
      return next;
    end loop;
  else
    raise exception 'a batch has 1 to 5000 entries, not %', size using errcode = 'PC004';
  end if;
end $$;

-- Counts what an entry takes back from an earlier one. The guarded UPDATE lets rivals through one by one, and never beyond the original.
create function ledger.reverse_entry(taking bigint, original_key text) returns void language plpgsql as $$
declare
  original bigint;
  unit text;
  whole bigint;
  part bigint;
begin
  select entry.entry_id, leg.currency into original, unit from ledger.entry join ledger.leg on leg.entry_id = entry.entry_id and leg.no = 1 where entry.key = original_key;
  -- Both are measured by their debits in the currency of the original's first leg.
  select coalesce(sum(amount) filter (where entry_id = original), 0), coalesce(sum(amount) filter (where entry_id = taking), 0) into whole, part
  from ledger.leg where entry_id in (original, taking) and currency = unit and amount > 0;
  insert into ledger.reversible (entry_id, total) select original, whole where original is not null and original <> taking on conflict do nothing;
  update ledger.reversible set reversed = reversed + part where entry_id = original and part > 0 and reversed + part <= total;
  if not found then
    raise exception 'more would be taken back than entry % moved', original_key using errcode = 'PC014';
  end if;
  insert into ledger.reversal (entry_id, reverses, no) select taking, original, count(*) + 1 from ledger.reversal where reverses = original;
  -- No account gives back more than it got, and none that got nothing: a mirror is generated, not composed.
  if exists (
    select from ledger.leg
    where entry_id = original or entry_id in (select entry_id from ledger.reversal where reverses = original)
    group by account_id
    having abs(sum(amount)) > abs(coalesce(sum(amount) filter (where entry_id = original), 0))
      or sign(sum(amount)) = -sign(coalesce(sum(amount) filter (where entry_id = original), 0)) and sum(amount) <> 0
  ) then
    raise exception 'an account would give back more than entry % moved on it', original_key using errcode = 'PC014';
  end if;
end $$;
`;
