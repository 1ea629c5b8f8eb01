// Credit notes: proposed by one treasurer, confirmed by another, and then as frozen as the invoice they take back from.
export const credits = /* sql */ `
create table money.credit (
  id uuid primary key,
  invoice uuid not null references money.document,
  net_minor bigint not null check (net_minor > 0),
  currency char(3) not null,
  reason text not null,
  bearer text check (bearer in ('reserve', 'running')), -- the pot that bears what members were paid already; none: nobody may be
  state text not null check (state in ('proposed', 'confirmed', 'discarded')),
  proposed_by uuid not null,
  proposed_at timestamptz(3) not null,
  confirmed_by uuid,
  confirmed_at timestamptz(3),
  discarded_by uuid,
  constraint two_people check (confirmed_by <> proposed_by),
  check ((state = 'confirmed') = (confirmed_by is not null)),
  check ((confirmed_by is null) = (confirmed_at is null)),
  check ((state = 'discarded') = (discarded_by is not null))
);
create unique index one_proposed on money.credit (invoice) where state = 'proposed';
create index on money.credit (proposed_at, id);

-- Who agreed for a side; nobody takes it back.
create table money.credit_agreement (
  credit uuid not null references money.credit,
  side text not null check (side in ('client', 'member')),
  person uuid not null,
  member uuid check ((member is not null) = (side = 'member')), -- each of those who did the work speaks for themselves
  at timestamptz(3) not null,
  primary key (credit, side, person)
);
create unique index one_for_the_client on money.credit_agreement (credit) where side = 'client';
create unique index one_for_each on money.credit_agreement (credit, member) where side = 'member';

-- The paper, written once: whoever confirms, issues it in the same act.
create table money.credit_note (
  id uuid primary key references money.credit,
  number text not null unique,
  invoice uuid not null references money.document,
  issued_on date not null,
  currency char(3) not null,
  net_minor bigint not null check (net_minor > 0),
  vat_minor bigint not null check (vat_minor >= 0),
  gross_minor bigint not null,
  home_net_minor bigint not null check (home_net_minor >= 0), -- in the coop's own money, by the rate of the invoice
  home_vat_minor bigint not null check (home_vat_minor >= 0),
  budget_minor bigint not null check (budget_minor >= 0), -- what members give back of it, together
  borne_minor bigint not null check (borne_minor >= 0), -- what a pot bears of it, because they were paid
  frozen text not null, -- canonical JSON (RFC 8785)
  hash bytea not null check (octet_length(hash) = 32 and hash = sha256(convert_to(frozen, 'UTF8'))),
  issued_at timestamptz(3) not null,
  check (gross_minor = net_minor + vat_minor)
);
create index on money.credit_note (invoice);
create trigger refuse_change before update or delete on money.credit_note for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.credit_note for each statement execute function platform.refuse_change();

create function money.keep_credit() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[] is distinct from to_jsonb(old) - '{state,confirmed_by,confirmed_at,discarded_by}'::text[]
    or old.state <> 'proposed' then
    raise exception 'a credit is not rewritten' using errcode = 'PC001';
  end if;
  if new.state = 'confirmed' and (select count(*) from money.credit_agreement where credit = new.id) < (select 1 + cardinality(team) from money.document where id = new.invoice) then
    raise exception 'a credit needs the agreement of both sides' using errcode = 'PC001';
  end if;
  return new;
end $$;
create trigger keep_credit before update on money.credit for each row execute function money.keep_credit();
create trigger refuse_change before delete on money.credit for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.credit for each statement execute function platform.refuse_change();

grant select, insert, update on money.credit to partcommune_app;
grant select, insert on money.credit_note, money.credit_agreement to partcommune_app;
`;
