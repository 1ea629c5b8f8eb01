// Pay of those who are employed: what of a payable comes into the hand, and what the payroll office said of each month.
export const payroll = /* sql */ `
-- What of something owed for work comes into the hand, and who said so; the newest counts. It is posted with the second signature, once.
create table money.pay (
  id uuid primary key,
  payable uuid not null references money.payable,
  member uuid not null,
  currency char(3) not null,
  left_minor bigint not null check (left_minor > 0), -- what was owed of it when this was reckoned: where it is another by now, this is out of date
  cost_minor bigint not null, -- the same, less what an earlier month cost more
  net_minor bigint not null check (net_minor > 0),
  employee_minor bigint not null check (employee_minor >= 0),
  employer_minor bigint not null check (employer_minor >= 0),
  along_minor bigint not null default 0, -- of earlier months, net that leaves with it, or below zero is kept of it
  model text not null, -- which model, or whose figures
  decided_month date, -- the month of the office's figures that decided it, whenever it is paid; none: it was estimated
  reckoned_at timestamptz(3) not null,
  posted_at timestamptz(3),
  check (cost_minor = net_minor + employee_minor + employer_minor),
  check (net_minor + along_minor > 0)
);
create index on money.pay (payable, reckoned_at, id);
create unique index posted_once on money.pay (payable) where posted_at is not null;

-- What the office said of a member's month, once, and what of it was estimated otherwise. That goes into the next pay.
create table money.payroll_figure (
  id uuid primary key,
  member uuid not null,
  month date not null check (extract(day from month) = 1),
  currency char(3) not null,
  gross_minor bigint not null,
  net_minor bigint not null check (net_minor > 0),
  employee_minor bigint not null check (employee_minor >= 0),
  employer_minor bigint not null check (employer_minor >= 0),
  net_off_minor bigint not null,
  employee_off_minor bigint not null,
  employer_off_minor bigint not null,
  read_by uuid not null,
  read_at timestamptz(3) not null,
  taken_by uuid references money.payable, -- with whose pay the difference is settled
  borne_minor bigint not null default 0, -- what of the difference a pot bears, so that no pay does
  unique (member, month),
  check (gross_minor = net_minor + employee_minor),
  check (borne_minor between 0 and greatest(net_off_minor + employee_off_minor + employer_off_minor, 0))
);
create index on money.payroll_figure (taken_by);
alter table money.pay add foreign key (member, decided_month) references money.payroll_figure (member, month);

create function money.keep_pay() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{posted_at}'::text[] is distinct from to_jsonb(old) - '{posted_at}'::text[] or old.posted_at is not null then
    raise exception 'pay is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create function money.keep_figure() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{taken_by,borne_minor}'::text[] is distinct from to_jsonb(old) - '{taken_by,borne_minor}'::text[]
    or new.borne_minor < old.borne_minor or old.taken_by is not null then
    raise exception 'what the office said is not rewritten' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_pay before update on money.pay for each row execute function money.keep_pay();
create trigger keep_figure before update on money.payroll_figure for each row execute function money.keep_figure();
create trigger refuse_change before delete on money.pay for each row execute function platform.refuse_change();
create trigger refuse_change before delete on money.payroll_figure for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.pay for each statement execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.payroll_figure for each statement execute function platform.refuse_change();

grant select, insert, update on money.pay, money.payroll_figure to partcommune_app;
`;
