// People: who they are, how they prove it, what they may do, and for whom they buy.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create schema membership;

    create table membership.person (
      id uuid primary key,
      name text not null,
      email text not null unique check (email = lower(email)), -- a person is never two
      email_confirmed_at timestamptz(3),
      language text not null,
      created_at timestamptz(3) not null,
      forgotten_at timestamptz(3), -- then name and address are gone, and nobody comes in as them
      version bigint not null default 1
    );

    create table membership.session (
      id uuid primary key,
      person uuid not null references membership.person,
      token_hash bytea not null unique, -- the cookie itself is nowhere in the database
      opened_at timestamptz(3) not null,
      opened_by text not null check (opened_by in ('founding', 'code', 'passkey', 'password', 'demo')),
      proved_at timestamptz(3), -- when the person last proved by passkey that it is they; signing money asks for a fresh proof
      used_at timestamptz(3) not null, -- within some minutes: not every request is written down
      expires_at timestamptz(3) not null,
      ended_at timestamptz(3)
    );
    create index on membership.session (person) where ended_at is null;

    create table membership.code (
      id uuid primary key,
      email text not null,
      purpose text not null check (purpose in ('signUp', 'signIn')),
      digest bytea not null,
      name text, -- of a person who signs up
      language text not null,
      at timestamptz(3) not null,
      expires_at timestamptz(3) not null,
      used_at timestamptz(3)
    );
    create index on membership.code (email, at);

    create table membership.passkey (
      id uuid primary key,
      person uuid not null references membership.person,
      credential_id text not null unique,
      public_key bytea not null,
      counter bigint not null,
      transports text[] not null,
      added_at timestamptz(3) not null,
      used_at timestamptz(3)
    );
    create index on membership.passkey (person);

    create table membership.challenge (
      id uuid primary key,
      person uuid references membership.person,
      purpose text not null check (purpose in ('register', 'signIn', 'prove')),
      challenge text not null unique,
      expires_at timestamptz(3) not null,
      used_at timestamptz(3)
    );
    create index on membership.challenge (expires_at);

    -- Only where the coop chose to have passwords; argon2id with a key that is not in the database.
    create table membership.password (
      person uuid primary key references membership.person,
      salt bytea not null,
      hash bytea not null,
      set_at timestamptz(3) not null
    );

    -- Tries of an address, known here or not: a keyed digest, since an unknown address is nobody's business.
    create table membership.password_try (
      id uuid primary key,
      address bytea not null,
      at timestamptz(3) not null
    );
    create index on membership.password_try (address, at);
    create index on membership.password_try (at);

    create table membership.role_grant (
      id uuid primary key,
      person uuid not null references membership.person,
      role text not null check (role in ('operator', 'board', 'treasurer', 'adviser', 'accountant')),
      given_by uuid references membership.person,
      elected boolean not null default false, -- by the members: then no board gives or ends it
      at timestamptz(3) not null,
      ended_at timestamptz(3)
    );
    create unique index one_grant on membership.role_grant (person, role) where ended_at is null;

    create table membership.member (
      id uuid primary key,
      person uuid unique references membership.person, -- a person is never two members; null: a member of another coop
      stage text not null check (stage in ('applicant', 'refused', 'trial', 'member', 'associate', 'leaving', 'left')),
      status text not null check (status in ('employee', 'employed-entrepreneur', 'invoiced')),
      trade text not null,
      applied_at timestamptz(3) not null,
      words text, -- what the applicant shows the members of themselves; null: nothing
      refused_because text check ((refused_because is not null) = (stage = 'refused')),
      admitted_at timestamptz(3),
      associate_at timestamptz(3),
      leaving_at timestamptz(3), -- when they gave notice; whoever took it back has given none
      stage_before text check (stage_before in ('trial', 'member', 'associate')), -- where they are again if they stay
      left_at timestamptz(3),
      version bigint not null default 1,
      elsewhere text unique, -- the address of a sister's member, who is known by their name alone
      called text, -- what their coop calls them
      host uuid, -- the coop of which they are a member
      check (num_nonnulls(person, elsewhere) = 1),
      check (num_nulls(elsewhere, called, host) in (0, 3)),
      check ((stage = 'leaving') = (stage_before is not null)),
      check (stage <> 'leaving' or leaving_at is not null),
      check ((stage = 'left') = (left_at is not null)),
      check (elsewhere is null or stage = 'member') -- they count nowhere here: not in a roll, a branch or a figure
    );

    create index on membership.member (leaving_at, id) where stage = 'leaving';
    create index on membership.member (left_at, id) where stage = 'left';

    -- A coop is one tree of branches; the root is made at the founding.
    create table membership.branch (
      id uuid primary key,
      parent uuid references membership.branch,
      name text not null,
      country char(2) not null,
      region text not null default '', -- whose days of rest are its members', beside the country's; empty: the country's alone
      opened_on date not null,
      closed_on date check (closed_on >= opened_on),
      check (parent is not null or closed_on is null)
    );
    create unique index one_root on membership.branch ((parent is null)) where parent is null;
    create unique index one_open_branch_of_a_name on membership.branch (lower(name)) where closed_on is null;

    -- Which branch a member is in, day by day: at any day in one. to_on is the first day they are elsewhere.
    create table membership.branch_member (
      member uuid not null references membership.member,
      branch uuid not null references membership.branch,
      from_on date not null,
      to_on date check (to_on > from_on),
      primary key (member, from_on)
    );
    create unique index one_branch_to_come on membership.branch_member (member) where to_on is null;
    create index on membership.branch_member (branch);

    -- A member's own page. Others see it only while its member wants that.
    create table membership.profile (
      member uuid primary key references membership.member,
      handle text not null unique,
      shown boolean not null,
      headline text not null,
      about text not null,
      languages text[] not null,
      places text[] not null,
      changed_at timestamptz(3) not null
    );

    -- Which adviser follows which member. Notes of a handover are for the next adviser.
    create table membership.portfolio (
      id uuid primary key,
      member uuid not null references membership.member,
      adviser uuid not null references membership.person,
      note text,
      named_by uuid not null references membership.person,
      from_at timestamptz(3) not null,
      to_at timestamptz(3)
    );
    create unique index one_adviser on membership.portfolio (member) where to_at is null;
    create index on membership.portfolio (adviser) where to_at is null;

    create table membership.client (
      id uuid primary key,
      name text not null,
      country char(2) not null,
      vat_number text,
      street text not null,
      town text not null,
      postcode text not null,
      buyer_reference text, -- what it wants to find its invoices by
      blocked_reason text,
      elsewhere text unique, -- the address by which another coop names it; it is that coop's client, and known here by its name alone
      brought_by uuid references membership.member, -- the member whose client it is; null: it entered itself, or came by a list
      created_at timestamptz(3) not null,
      first_paid_at timestamptz(3) check ((first_paid_at is null) = (paid_at is null)), -- and for the first time: a say takes as long to come as a member's
      paid_at timestamptz(3), -- when it last paid an invoice to the end: who pays may have a say
      ended_at timestamptz(3), -- taken back; then nobody buys for it, and what it was called is gone
      version bigint not null default 1
    );

    create table membership.buyer (
      client uuid not null references membership.client,
      person uuid not null references membership.person,
      role text not null check (role in ('owner', 'poster', 'approver', 'payer')),
      at timestamptz(3) not null,
      primary key (client, person)
    );
    create index on membership.buyer (person);
    create index on membership.client (vat_number);

    -- What a rule refused or holds up, and what a person decided about it. It says what was decided; others carry it out.
    create table membership.review (
      id uuid primary key,
      asked_by uuid not null references membership.person,
      refusal text not null,
      instance uuid not null, -- the request it was told with, or the engagement that is held up
      facts jsonb not null, -- its figures as the asker was told them
      text text not null,
      at timestamptz(3) not null,
      answer_by timestamptz(3) not null,
      decided_by uuid references membership.person check (decided_by <> asked_by),
      decision text check (decision in ('stands', 'changes')),
      reason text,
      done_by text,
      decided_at timestamptz(3),
      check (num_nulls(decided_by, decision, reason, decided_at) in (0, 4)),
      check (decision is distinct from 'changes' or done_by is not null)
    );
    create unique index one_waiting_review on membership.review (asked_by, instance) where decided_at is null;
    create index on membership.review (at) where decided_at is null;

    -- How a member is employed, as the social office was told before they worked. Only its end is entered later, once.
    create table membership.employment (
      id uuid primary key,
      member uuid not null references membership.member,
      scheme text, -- how the country calls its declaration; null: its pack names none
      reference text not null, -- the office's number of it
      from_on date not null,
      until_on date check (until_on >= from_on),
      entered_by uuid references membership.person, -- null: it came by a list
      entered_at timestamptz(3) not null,
      ended_by uuid references membership.person,
      ended_at timestamptz(3),
      mistaken boolean not null default false, -- it counts for no day, and its reference is free again
      check (ended_at is not null or not mistaken)
    );
    create unique index one_employment_of_a_reference on membership.employment (reference) where not mistaken;
    create index on membership.employment (member);
    create function membership.ends_once() returns trigger language plpgsql as $$
    begin
      if old.ended_at is not null or new.ended_at is null
        or (new.id, new.member, new.scheme, new.reference, new.from_on, new.entered_by, new.entered_at)
          is distinct from (old.id, old.member, old.scheme, old.reference, old.from_on, old.entered_by, old.entered_at) then
        raise exception 'of an employment only the end is entered, once' using errcode = 'PC001';
      end if;
      return new;
    end $$;
    create trigger ends_once before update on membership.employment for each row execute function membership.ends_once();
    create trigger refuse_change before delete on membership.employment for each row execute function platform.refuse_change();
    create trigger refuse_truncate before truncate on membership.employment for each statement execute function platform.refuse_change();

    -- What lets a member work in another country: an A1 certificate, or the declaration of a posted worker there.
    create table membership.border_paper (
      id uuid primary key,
      member uuid not null references membership.member,
      kind text not null check (kind in ('a1', 'postedWorker')),
      country char(2) not null,
      reference text not null,
      from_on date not null,
      until_on date not null check (until_on >= from_on),
      entered_by uuid not null references membership.person,
      entered_at timestamptz(3) not null,
      unique (kind, country, reference, member)
    );
    create index on membership.border_paper (member);
    create trigger refuse_change before update or delete on membership.border_paper for each row execute function platform.refuse_change();
    create trigger refuse_truncate before truncate on membership.border_paper for each statement execute function platform.refuse_change();

    -- What higher domains may read of people.
    create view membership.member_card as
      select member.id, member.person, coalesce(person.name, member.called) as name, member.stage, member.status, member.trade, member.associate_at, member.leaving_at, member.left_at, member.host
      from membership.member left join membership.person on person.id = member.person;
    -- What applicants agreed to show.
    create view membership.presented_card as
      select member.id, person.name, member.words, member.stage from membership.member join membership.person on person.id = member.person where member.words is not null;
    create view membership.profile_card as
      select profile.member, profile.handle from membership.profile join membership.member on member.id = profile.member
      where profile.shown and member.stage in ('trial', 'member', 'associate');
    create view membership.branch_card as select id, parent, name, country, opened_on, closed_on from membership.branch;
    create view membership.branch_place as select member, branch, from_on, to_on from membership.branch_member;
    create view membership.client_card as
      select id, name, country, vat_number, street, town, postcode, blocked_reason from membership.client;
    create view membership.buyer_card as select client, person, role from membership.buyer;
    create view membership.person_card as select id, name from membership.person;
    create view membership.employment_card as select id, member, reference, from_on, until_on from membership.employment where not mistaken;

    grant usage on schema membership to partcommune_app;
    grant select, insert, update on all tables in schema membership to partcommune_app;
    grant delete on membership.branch_member, membership.buyer, membership.passkey, membership.challenge, membership.password, membership.password_try to partcommune_app;
  `.execute(db);
}
