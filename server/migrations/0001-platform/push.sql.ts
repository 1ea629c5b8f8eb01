// Devices that notices are pushed to: each is a browser in which somebody is signed in.
export const push = /* sql */ `
create table platform.push_device (
  id uuid primary key,
  person uuid not null,
  session uuid not null unique, -- it hears as long as this lasts
  endpoint text not null unique,
  keys bytea not null, -- sealed: with them and the endpoint anybody could read what is pushed
  language text not null,
  at timestamptz(3) not null,
  failures smallint not null default 0 check (failures between 0 and 9) -- in a row; the tenth ends it
);
create index on platform.push_device (person);

grant select, insert, update, delete on platform.push_device to partcommune_app;
`;
