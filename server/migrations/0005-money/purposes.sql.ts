// Money that members set aside for a purpose by a vote: out of a pot, paid by two, and what is left goes back.
export const purposes = /* sql */ `
create table money.purpose (
  id uuid primary key, -- of the proposal that was passed
  title text not null,
  pot text not null check (pot in ('running', 'reserve')),
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  until_on date not null, -- the last day on which it is paid out
  state text not null check (state in ('open', 'unpaid', 'closed')),
  short_minor bigint check (short_minor > 0), -- what the pot lacked above its floor
  decided_at timestamptz(3) not null,
  closed_at timestamptz(3),
  check ((state = 'unpaid') = (short_minor is not null)),
  check ((state = 'closed') = (closed_at is not null))
);
create index on money.purpose (until_on) where state = 'open';
grant select, insert, update on money.purpose to partcommune_app;
`;
