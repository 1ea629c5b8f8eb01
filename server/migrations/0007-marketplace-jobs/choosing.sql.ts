// What clients and bidders do before a bid is accepted: ask, invite, choose. The tables stand on jobs and bids.
export const choosingTables = /* sql */ `
  -- Not a thread: it has one answer, and once that is given to a public one, people without an account read both.
  create table marketplace.question (
    id uuid primary key,
    job uuid not null references marketplace.job,
    member uuid not null,
    audience text not null check (audience in ('public', 'private')),
    text text not null,
    state text not null check (state in ('asked', 'answered')),
    asked_at timestamptz(3) not null,
    answer text,
    answered_at timestamptz(3),
    check ((state = 'answered') = (answer is not null) and (answer is null) = (answered_at is null))
  );
  create index on marketplace.question (job, asked_at);

  create table marketplace.invitation (
    id uuid primary key,
    job uuid not null references marketplace.job,
    member uuid not null,
    state text not null check (state in ('invited', 'declined')),
    invited_at timestamptz(3) not null,
    declined_at timestamptz(3),
    unique (job, member),
    check ((state = 'declined') = (declined_at is not null))
  );
  create index on marketplace.invitation (member);

  -- The bids of which a blind job shows the names.
  create table marketplace.shortlisted (
    bid uuid primary key references marketplace.bid,
    job uuid not null references marketplace.job
  );
  grant select, insert on marketplace.shortlisted to partcommune_app;

  grant select, insert, update on marketplace.question, marketplace.invitation to partcommune_app;
`;
