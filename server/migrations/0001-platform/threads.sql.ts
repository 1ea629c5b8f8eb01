// Threads: what people write to each other about a thing, and how far each has read.
export const threads = /* sql */ `
create table platform.message (
  id uuid primary key,
  no bigint generated always as identity unique, -- the order of a thread, since two may be written in one millisecond
  subject_kind text not null,
  subject uuid not null,
  author uuid not null,
  at timestamptz(3) not null,
  text text not null, -- emptied when its author takes it back
  edited_at timestamptz(3),
  removed_at timestamptz(3),
  version bigint not null default 1
);
create index on platform.message (subject_kind, subject, no);

create table platform.message_read (
  subject_kind text not null,
  subject uuid not null,
  person uuid not null,
  up_to bigint not null references platform.message (no),
  primary key (subject_kind, subject, person)
);

grant select, insert, update on platform.message, platform.message_read to partcommune_app;
`;
