// Who may do what. The server may call the functions and read; the functions' owner may add, and change nothing but what is derived.
export const roles = /* sql */ `
-- The advisory lock orders the migrations of one database; roles belong to the whole cluster, where another database may be making them too: hence the tolerance.
select pg_advisory_xact_lock(hashtext('partcommune:roles'));
do $$
declare
  role text;
begin
  foreach role in array array['partcommune_ledger', 'partcommune_reader'] loop
    begin
      execute format('create role %I nologin', role);
    exception
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then raise warning 'role % could not be made: triggers protect the book, grants do not', role;
    end;
  end loop;
end $$;

-- PostgreSQL lets everybody call a new function.
revoke execute on all functions in schema ledger from public;

do $$
declare
  name regprocedure;
begin
  if to_regrole('partcommune_ledger') is null then
    return;
  end if;
  if not pg_has_role(current_user, 'partcommune_ledger', 'member') then
    execute format('grant partcommune_ledger to %I', current_user);
  end if;
  grant usage, create on schema ledger to partcommune_ledger;
  grant select on all tables in schema ledger to partcommune_ledger;
  grant select on sequence ledger.entry_entry_id_seq to partcommune_ledger;
  grant insert on ledger.book, ledger.account, ledger.balance, ledger.pool, ledger.entry, ledger.leg, ledger.reversible, ledger.reversal,
    ledger.hold, ledger.hold_end, ledger.sealed, ledger.batch, ledger.floor_set to partcommune_ledger;
  grant update (closed_until) on ledger.book to partcommune_ledger;
  grant update (closed_at) on ledger.account to partcommune_ledger;
  grant update (balance, held, floor) on ledger.balance to partcommune_ledger;
  grant update (held, floor, mark, mark_position) on ledger.pool to partcommune_ledger;
  grant update (reversed) on ledger.reversible to partcommune_ledger;
  -- Trigger functions and the one that makes tables stay with the tables' owner.
  for name in
    select oid::regprocedure from pg_proc
    where pronamespace = 'ledger'::regnamespace and prorettype <> 'trigger'::regtype and proname <> 'open_year'
  loop
    execute format('alter function %s owner to partcommune_ledger', name);
  end loop;
  revoke create on schema ledger from partcommune_ledger;
end $$;

do $$
begin
  if to_regrole('partcommune_app') is not null then
    grant usage on schema ledger to partcommune_app;
    grant select on all tables in schema ledger to partcommune_app;
    grant select on governance.bylaw_card to partcommune_app;
    grant execute on function ledger.post, ledger.hold, ledger.end_hold, ledger.seal, ledger.take_sealing, ledger.take_closing, ledger.pool_own, ledger.open_book, ledger.open_accounts,
      ledger.close_account, ledger.close_until, ledger.set_floor, ledger.open_year to partcommune_app;
  end if;
  if to_regrole('partcommune_reader') is not null then
    grant usage on schema ledger to partcommune_reader;
    grant select on all tables in schema ledger to partcommune_reader;
    grant execute on function ledger.pool_own to partcommune_reader;
    -- The seals are checked against the log that keeps them.
    grant usage on schema platform to partcommune_reader;
    grant select on platform.log_leaf, platform.log_node, platform.log_head to partcommune_reader;
  end if;
end $$;
`;
