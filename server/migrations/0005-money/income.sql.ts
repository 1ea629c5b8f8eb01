// What the coop reports to its tax office of members who are businesses of their own: who they are there, and what of their income was told.
const onlyAdded = (table: string): string => `
create trigger refuse_change before update or delete on money.${table} for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.${table} for each statement execute function platform.refuse_change();
`;

export const income = /* sql */ `
-- Who a member is for the tax office, sealed: every version, of which the newest counts.
create table money.taxpayer (
  id uuid primary key,
  member uuid not null,
  version integer not null check (version > 0),
  person uuid not null,
  sealed bytea not null,
  said_at timestamptz(3) not null,
  unique (member, version),
  unique (id, member)
);
${onlyAdded("taxpayer")}
-- Whom the treasury asked to say it; several at once are one asking.
create table money.taxpayer_asking (
  asking uuid not null,
  member uuid not null,
  person uuid not null, -- who asked
  at timestamptz(3) not null,
  primary key (asking, member)
);
create index on money.taxpayer_asking (member, at);
${onlyAdded("taxpayer_asking")}
-- A report of a year. What comes after the first tells of those who were left out.
create table money.income_report (
  id uuid primary key,
  year smallint not null,
  no smallint not null check (no > 0),
  person uuid not null,
  at timestamptz(3) not null,
  operator text not null, -- canonical JSON (RFC 8785) of the coop as it stood on its papers
  unique (year, no),
  unique (id, year)
);
${onlyAdded("income_report")}
-- Whom it tells of, as they had said by then; once a year.
create table money.income_reported (
  id uuid primary key,
  report uuid not null,
  year smallint not null,
  member uuid not null,
  billing uuid not null,
  taxpayer uuid not null,
  ibans uuid[] not null, -- where the money went
  foreign key (report, year) references money.income_report (id, year),
  foreign key (billing, member) references money.billing (id, member),
  foreign key (taxpayer, member) references money.taxpayer (id, member),
  constraint reported_once unique (year, member)
);
create index on money.income_reported (report);
create index on money.income_reported (member);
${onlyAdded("income_reported")}
create table money.income_quarter (
  reported uuid not null references money.income_reported,
  no smallint not null check (no between 1 and 4),
  paid_minor bigint not null check (paid_minor >= 0),
  fees_minor bigint not null check (fees_minor >= 0),
  works integer not null check (works >= 0),
  primary key (reported, no)
);
${onlyAdded("income_quarter")}
-- Who took the file of a report, each time.
create table money.income_taking (
  id uuid primary key,
  report uuid not null references money.income_report,
  person uuid not null,
  at timestamptz(3) not null
);
create index on money.income_taking (report, id);
${onlyAdded("income_taking")}
grant select, insert on money.taxpayer, money.taxpayer_asking, money.income_report, money.income_reported, money.income_quarter, money.income_taking to partcommune_app;
`;
