// Members who are businesses of their own: what stands at the head of their invoices, their word that the coop writes these, and the invoices.
export const billing = /* sql */ `
-- Names the series of a member's invoices, and says nothing of who they are.
create table money.biller (
  member uuid primary key,
  no integer not null unique check (no > 0)
);
create trigger refuse_change before update or delete on money.biller for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.biller for each statement execute function platform.refuse_change();

-- Every version of what a member said of their business; the newest counts.
create table money.billing (
  id uuid primary key,
  member uuid not null references money.biller,
  version integer not null check (version > 0),
  person uuid not null,
  name text not null,
  street text not null,
  postcode text not null,
  town text not null,
  country char(2) not null,
  scheme text not null check (scheme in ('registered', 'exempt')),
  tax_number text not null, -- of VAT where they are registered, else the one they are taxed by
  agreed boolean not null, -- false: they took it back
  agreement text not null, -- which text
  language text not null,
  agreement_hash bytea not null check (octet_length(agreement_hash) = 32),
  agreed_at timestamptz(3) not null,
  said_at timestamptz(3) not null check (said_at >= agreed_at),
  unique (member, version),
  unique (id, member)
);
create trigger refuse_change before update or delete on money.billing for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.billing for each statement execute function platform.refuse_change();

grant select, insert on money.biller, money.billing to partcommune_app;
`;

export const selfBilled = /* sql */ `
-- An invoice that the coop wrote in a member's name, with the entry that paid it: one for what was ordered of a payable, which stands though the bank sends the payment back, one for each part of it that repaid an advance, and one in the place of each of them that was called wrong and written anew.
create table money.self_billed (
  id uuid primary key,
  number text not null unique,
  member uuid not null references money.biller,
  payable uuid not null references money.payable,
  item uuid unique references money.payout_item,
  draw uuid unique references money.draw,
  replaces uuid unique references money.self_billed,
  billing uuid not null references money.billing,
  issued_on date not null,
  currency char(3) not null,
  net_minor bigint not null check (net_minor > 0),
  vat_minor bigint not null check (vat_minor >= 0),
  gross_minor bigint not null,
  frozen text not null, -- canonical JSON (RFC 8785)
  hash bytea not null check (octet_length(hash) = 32 and hash = sha256(convert_to(frozen, 'UTF8'))),
  issued_at timestamptz(3) not null,
  check (num_nonnulls(item, draw, replaces) = 1),
  check (gross_minor = net_minor + vat_minor)
);
create unique index one_paper_that_orders on money.self_billed (payable) where item is not null;
create index on money.self_billed (payable);
create index on money.self_billed (member, issued_at, id);
create trigger refuse_change before update or delete on money.self_billed for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.self_billed for each statement execute function platform.refuse_change();

-- What a member said is wrong with one; once, within the days of the agreement.
create table money.self_billed_objection (
  paper uuid primary key references money.self_billed,
  because text not null check (length(because) between 1 and 400),
  at timestamptz(3) not null
);
create trigger refuse_change before update or delete on money.self_billed_objection for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.self_billed_objection for each statement execute function platform.refuse_change();

-- What a treasurer answered: that it stands, and why; or that it is written anew.
create table money.self_billed_answer (
  paper uuid primary key references money.self_billed_objection,
  anew boolean not null,
  because text check (length(because) between 1 and 400),
  person uuid not null,
  at timestamptz(3) not null,
  check (anew = (because is null))
);
create trigger refuse_change before update or delete on money.self_billed_answer for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.self_billed_answer for each statement execute function platform.refuse_change();

-- What takes one back, whole, in the member's name and series.
create table money.self_billed_credit (
  id uuid primary key,
  number text not null unique,
  member uuid not null references money.biller,
  paper uuid not null unique references money.self_billed_answer,
  issued_on date not null,
  frozen text not null, -- canonical JSON (RFC 8785)
  hash bytea not null check (octet_length(hash) = 32 and hash = sha256(convert_to(frozen, 'UTF8'))),
  issued_at timestamptz(3) not null
);
create trigger refuse_change before update or delete on money.self_billed_credit for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on money.self_billed_credit for each statement execute function platform.refuse_change();

grant select, insert on money.self_billed, money.self_billed_objection, money.self_billed_answer, money.self_billed_credit to partcommune_app;
`;
