// The currencies a book may hold and the kinds of entries there are, with the ones that check floors.
export const kinds = /* sql */ `
insert into ledger.currency (code, exponent) values
  ('EUR', 2), ('BGN', 2), ('CHF', 2), ('CZK', 2), ('DKK', 2), ('GBP', 2), ('HUF', 2), ('NOK', 2), ('PLN', 2), ('RON', 2), ('SEK', 2), ('USD', 2),
  ('ISK', 0), ('JPY', 0), ('KWD', 3), ('TND', 3);

insert into ledger.kind (kind, guards) values
  ('invoice.issued', true),
  ('guarantee.paid', true), ('payout.ordered', true), ('member.billed', true),
  ('advance.granted', true), ('advance.repaid', true), ('vat.billed', true), ('vat.owed', true),
  ('expense.repaid', true),
  ('claim.approved', true), ('claim.ordered', true), ('premium.paid', true), ('coaching.held', true),
  ('payroll.estimated', true), ('payroll.remitted', true),
  ('settlement.conceded', true),
  ('vat.paid', true),
  ('fee.host', true), ('fee.home', true),
  ('loan.lent', true), ('loan.repaid', true),
  ('reinsurance.ceded', true), ('reinsurance.paid', true),
  ('initiative.funded', true), ('initiative.paid', true), ('initiative.returned', true),
  ('share.repaid', true),
  -- Facts of a bank: they have happened, the book follows.
  ('client.paid', false), ('client.overpaid', false), ('client.repaid', false), ('stray.received', false), ('stray.returned', false), ('bank.unmatched', false), ('bank.matched', false),
  ('payout.settled', false), ('payout.rejected', false), ('share.paid', false),
  ('cost.paid', false), ('cost.refunded', false), ('income.received', false),
  ('fund.endowed', false), ('loan.received', false), ('loan.borrowed', false),
  ('settlement.netted', false), ('settlement.paid', false), ('settlement.received', false), ('reinsurance.received', false),
  -- What a tax office answered.
  ('vat.relieved', false), ('vat.refused', false),
  -- Losses and what mirrors or re-states an entry: refusing them would make the book untrue.
  ('invoice.credited', false), ('invoice.lost', false), ('guarantee.lost', false), ('guarantee.recovered', false),
  ('settlement.yielded', false), ('advance.lost', false), ('loss.host', false), ('loss.home', false), ('recovery.home', false),
  ('payroll.corrected', false), ('correction', false), ('fx.revalued', false), ('year.closed', false);
`;

/** Whether an entry `e` of `ledger.kind` may take no more than is there: by its kind, or because it names a pot that bears it. Who names one chooses it. */
export const isGuarded = /* sql */ `(kind.guards or coalesce(e ->> 'bearer' like 'pot:%', false))`;
