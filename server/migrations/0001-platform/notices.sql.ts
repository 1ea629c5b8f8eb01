// Notices: who was told of what, and what of it also comes by mail or is pushed.
export const notices = /* sql */ `
create table platform.notice (
  id uuid primary key,
  no bigint generated always as identity unique,
  person uuid not null,
  kind text not null,
  place text not null,
  subject uuid not null,
  params jsonb not null,
  at timestamptz(3) not null,
  read_at timestamptz(3),
  mail_at timestamptz(3), -- when it leaves by mail; emptied once it has, or was read before
  push_at timestamptz(3) -- when it is pushed; emptied likewise
);
create index on platform.notice (person, no);
create index on platform.notice (person) where read_at is null;
create index on platform.notice (mail_at) where mail_at is not null;
create index on platform.notice (push_at) where push_at is not null;

create table platform.notice_choice (
  person uuid primary key,
  zone text not null,
  quiet_from text,
  quiet_to text,
  mail jsonb not null, -- a rhythm by kind
  push jsonb not null, -- yes or no by kind
  check ((quiet_from is null) = (quiet_to is null))
);

grant select, insert, update on platform.notice, platform.notice_choice to partcommune_app;
`;
