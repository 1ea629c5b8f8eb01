// Files: what they are called and hang on, and their bytes once for all who sent the same ones.
export const files = /* sql */ `
create table platform.file (
  id uuid primary key,
  subject_kind text not null,
  subject uuid not null,
  by uuid not null,
  at timestamptz(3) not null,
  name text not null,
  size integer not null, -- as announced, and from the arrival on as kept
  type text, -- with sha256: set when it has arrived and was taken
  sha256 bytea,
  sent_with uuid, -- the message or hand-in it went with; until then only who sent it sees it
  check ((type is null) = (sha256 is null)),
  check (sent_with is null or sha256 is not null)
);
create index on platform.file (sent_with);
create index on platform.file (sha256);
create index on platform.file (by) where sent_with is null;
create index on platform.file (at) where sent_with is null;

create table platform.file_part (
  sha256 bytea not null,
  no smallint not null,
  bytes bytea not null,
  primary key (sha256, no)
);

-- Bytes on their way in, before anybody has looked at them.
create table platform.arriving_part (
  file uuid not null references platform.file on delete cascade,
  no smallint not null,
  bytes bytea not null,
  primary key (file, no)
);

grant select, insert, update, delete on platform.file, platform.arriving_part to partcommune_app;
grant select, insert, delete on platform.file_part to partcommune_app;
`;
