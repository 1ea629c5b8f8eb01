// Lists read in: which run brought what, and by which key a later list or another file knows it.
export const imports = /* sql */ `
create table platform.import_run (
  id uuid primary key,
  kind text not null check (kind in ('clients', 'members', 'employments', 'jobs')),
  file text not null,
  at timestamptz(3) not null,
  ended_at timestamptz(3) -- null: it goes on, or was stopped before its end
);

create table platform.imported (
  run uuid not null references platform.import_run,
  key text not null,
  kind text not null,
  line integer not null,
  subject uuid not null,
  brought boolean not null, -- false: it was here before, and the run only learnt its key
  taken_back_at timestamptz(3),
  primary key (run, key)
);
create index on platform.imported (subject);
create unique index one_of_a_key on platform.imported (kind, key) where taken_back_at is null;

grant select, insert, update on platform.import_run, platform.imported to partcommune_app;
`;
