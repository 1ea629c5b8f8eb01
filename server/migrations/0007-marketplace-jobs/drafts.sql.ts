// Jobs that are being written: gone when they are posted or thrown away.

export const draftTable = `
  create table marketplace.job_draft (
    id uuid primary key, -- of the job it becomes
    client uuid not null,
    words jsonb not null, -- as typed
    kept_at timestamptz(3) not null,
    version bigint not null default 1
  );
  create index on marketplace.job_draft (client, kept_at desc);
  grant select, insert, update, delete on marketplace.job_draft to partcommune_app;
`;
