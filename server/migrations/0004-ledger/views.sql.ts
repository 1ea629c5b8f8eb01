// What everybody reads: balances of every account, the trial balance, and the bylaw versions that entries cite.
export const views = /* sql */ `
-- Debit-positive balance. Available is on the account's normal side, less what is held and less the floor.
create view ledger.account_balance as
select account.account_id, code, class, mode, account.currency, owner_id, balance, held, floor, normal * balance - held - coalesce(floor, 0) as available
from ledger.account join ledger.balance using (account_id)
union all
select account.account_id, code, class, mode, account.currency, owner_id, own.balance, held, floor,
  case when class in ('asset', 'expense') then own.balance else -own.balance end - held - coalesce(floor, 0)
from ledger.account join ledger.pool using (account_id), ledger.pool_own(pool.account_id, pool.mark) own;

create view ledger.trial_balance as
select currency, coalesce(sum(balance) filter (where balance > 0), 0)::bigint as debit, coalesce(-sum(balance) filter (where balance < 0), 0)::bigint as credit,
  coalesce(sum(balance), 0)::bigint as difference
from ledger.account_balance group by currency;

-- What governance shows those above it: the versions that entries cite.
create view governance.bylaw_card as select id, key, version, value, valid_from from governance.bylaw_version;
`;
