// What jobs and bids said before they were changed.

/** Each version that is no more: of a job the fields that differ, of a bid its whole offer. */
export const changeTables = `
  create table marketplace.job_change (
    job uuid not null references marketplace.job,
    version bigint not null, -- of the job with this change
    changed_at timestamptz(3) not null,
    before jsonb not null,
    after jsonb not null,
    fields text[] not null check (cardinality(fields) > 0),
    primary key (job, version)
  );
  create table marketplace.bid_revision (
    bid uuid not null references marketplace.bid,
    version bigint not null, -- of the bid with this revision
    revised_at timestamptz(3) not null,
    amount_minor bigint not null, -- and the rest: as it was before
    rate_minor bigint,
    days smallint,
    pitch text not null,
    primary key (bid, version)
  );
  grant select, insert on marketplace.job_change, marketplace.bid_revision to partcommune_app;
`;
