// Transparency logs: what was written into one can be shown to be in it, and that nothing before it changed (RFC 6962).
export const transparency = /* sql */ `
-- A leaf without the one before it cannot be: the log has no gaps, in whatever order a copy brings its rows.
create table platform.log_leaf (
  log text not null check (length(log) between 1 and 100),
  index bigint not null check (index >= 0),
  leaf bytea not null check (octet_length(leaf) between 1 and 65536), -- the bytes themselves: who reads them can hash them
  before bigint generated always as (case when index > 0 then index - 1 end) stored,
  primary key (log, index),
  constraint no_gap foreign key (log, before) references platform.log_leaf (log, index)
);

-- The roots of all subtrees whose leaves are all there: they never change, and every root and proof is made of a few of them.
create table platform.log_node (
  log text not null,
  level smallint not null check (level between 0 and 52),
  index bigint not null check (index >= 0), -- it covers 2^level leaves, the first of them index * 2^level
  hash bytea not null check (octet_length(hash) = 32),
  primary key (log, level, index)
);

-- What the coop put its name to: so many leaves, and the root over them.
create table platform.log_head (
  log text not null,
  size bigint not null check (size >= 1),
  root bytea not null check (octet_length(root) = 32),
  at timestamptz(3) not null,
  jws text not null,
  last bigint generated always as (size - 1) stored,
  primary key (log, size),
  constraint of_leaves foreign key (log, last) references platform.log_leaf (log, index)
);

do $$
declare
  name text;
begin
  foreach name in array array['log_leaf', 'log_node', 'log_head'] loop
    execute format('create trigger refuse_change before update or delete on platform.%I for each row execute function platform.refuse_change()', name);
    execute format('create trigger refuse_truncate before truncate on platform.%I for each statement execute function platform.refuse_change()', name);
  end loop;
end $$;

grant select on platform.log_leaf, platform.log_node, platform.log_head to partcommune_app;
grant insert (log, index, leaf) on platform.log_leaf to partcommune_app;
grant insert (log, level, index, hash) on platform.log_node to partcommune_app;
grant insert (log, size, root, at, jws) on platform.log_head to partcommune_app;
`;
