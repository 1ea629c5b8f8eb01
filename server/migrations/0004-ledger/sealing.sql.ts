// Sealing: entries get their place in the one order of the book, and the marks of the pools move over them.
import { keptPlans } from "./plans.sql.ts";

export const sealing = /* sql */ `
-- Takes the entries in their order with their leaf hashes and the root over them; answers the batch. Its caller holds the sealer's lock.
--
-- Entry ids come from a sequence, so a lower one may commit later. low_entry is the id below which nothing can appear any more:
-- a batch notes the last id given out (seen_entry) and only then takes its own transaction id (seen_xid), and every post takes its
-- transaction id before its entry id. Once all transactions before seen_xid have ended, no unseen entry up to seen_entry is under way.
create function ledger.seal(entries bigint[], leaves bytea[], tree bytea, sealed_at timestamptz) returns ledger.batch
language plpgsql security definer set search_path = ledger, pg_temp ${keptPlans} as $$
declare
  last ledger.batch;
  made ledger.batch;
  has_begun boolean := pg_current_xact_id_if_assigned() is not null;
begin
  select * into last from ledger.batch order by batch_no desc limit 1;
  made.batch_no := coalesce(last.batch_no, 0) + 1;
  made.from_position := coalesce(last.to_position, 0) + 1;
  made.to_position := coalesce(last.to_position, 0) + cardinality(entries);
  made.root := tree;
  made.at := sealed_at;
  made.low_entry := coalesce(last.low_entry, 0);
  made.seen_entry := coalesce(last.seen_entry, 0);
  made.seen_xid := coalesce(last.seen_xid, '0'::xid8);
  -- A seen_xid of the future comes from a restored copy: the transactions it meant are all gone.
  if last.batch_no is null or last.seen_xid <= pg_snapshot_xmin(pg_current_snapshot()) or last.seen_xid > pg_snapshot_xmax(pg_current_snapshot()) then
    made.low_entry := greatest(made.low_entry, made.seen_entry);
    if not has_begun then
      select case when is_called then last_value else 0 end into made.seen_entry from ledger.entry_entry_id_seq;
      made.seen_xid := pg_current_xact_id();
    end if;
  end if;

  insert into ledger.sealed (position, entry_id, leaf)
  select made.from_position + n - 1, entry, leaf from unnest(entries, leaves) with ordinality sealing (entry, leaf, n);
  -- What the caller left for later keeps the low mark below it.
  made.low_entry := least(made.low_entry, coalesce((
    select min(entry_id) - 1 from ledger.entry
    where entry_id > coalesce(last.low_entry, 0) and not exists (select from ledger.sealed where sealed.entry_id = entry.entry_id)), made.low_entry));
  made.trial := ledger.trial_after(coalesce(last.trial, '{}'), entries);
  perform ledger.move_marks(entries, made.to_position);
  insert into ledger.batch select made.*;
  return made;
end $$;

-- Debits and credits of each currency since the first entry. The book is not sealed while they differ.
create function ledger.trial_after(before jsonb, entries bigint[]) returns jsonb language plpgsql as $$
declare
  trial jsonb;
begin
  with moved as (
    select currency, sum(amount) filter (where amount > 0) as debit, -sum(amount) filter (where amount < 0) as credit
    from ledger.leg where entry_id = any (entries) group by currency
    union all
    select key, (value ->> 'debit')::numeric, (value ->> 'credit')::numeric from jsonb_each(before)
  ), folded as (
    select currency, coalesce(sum(debit), 0) as debit, coalesce(sum(credit), 0) as credit from moved group by currency
  )
  select jsonb_object_agg(currency, jsonb_build_object('debit', debit::text, 'credit', credit::text)) into trial from folded;
  if exists (select from jsonb_each(trial) where value ->> 'debit' <> value ->> 'credit') then
    raise exception 'the trial balance is not zero: %', trial using errcode = 'PC002';
  end if;
  return trial;
end $$;

-- Pools are locked in the order in which withdrawals lock them.
create function ledger.move_marks(entries bigint[], upto bigint) returns void language plpgsql as $$
begin
  perform from ledger.pool where account_id in (select account_id from ledger.leg where entry_id = any (entries)) order by account_id for no key update;
  update ledger.pool set mark = mark + moved.net, mark_position = upto
  from (select account_id, sum(amount)::bigint as net from ledger.leg where entry_id = any (entries) group by account_id) moved
  where pool.account_id = moved.account_id;
end $$;

-- One sealer at a time; who comes second has nothing to do.
create function ledger.take_sealing() returns boolean language sql as $$ select pg_try_advisory_xact_lock(hashtext('ledger:seal')); $$;
`;
