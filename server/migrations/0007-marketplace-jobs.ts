// Jobs and bids: what clients post, what members offer, and how the two find each other.
import { sql, type Kysely } from "kysely";
import { alertTables } from "./0007-marketplace-jobs/alerts.sql.ts";
import { changeTables } from "./0007-marketplace-jobs/changes.sql.ts";
import { draftTable } from "./0007-marketplace-jobs/drafts.sql.ts";
import { choosingTables } from "./0007-marketplace-jobs/choosing.sql.ts";
import { searchWords } from "./0007-marketplace-jobs/search.sql.ts";
import { saveBuiltIn, skillTables } from "./0007-marketplace-jobs/skills.sql.ts";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`create schema marketplace; grant usage on schema marketplace to partcommune_app`.execute(db);
  const trigrams = await searchWords(db);
  await sql.raw(skillTables(trigrams)).execute(db);
  await saveBuiltIn(db);
  await sql`
    create table marketplace.job (
      id uuid primary key,
      client uuid not null,
      posted_by uuid, -- null: posted elsewhere, at another coop
      elsewhere uuid, -- the coop at which it was posted; null: here
      title text not null,
      text text not null,
      language text not null check (language in ('fr', 'nl', 'en', 'de', 'es', 'it')),
      trade text not null,
      town text,
      country char(2),
      start_on date not null,
      end_on date not null check (end_on >= start_on),
      price_kind text not null check (price_kind in ('fixed', 'open', 'hourly')),
      price_minor bigint check (price_minor > 0),
      least_minor bigint check (least_minor > 0), -- bounds of an open price
      most_minor bigint check (most_minor >= least_minor),
      currency char(3) not null,
      service text, -- what the law of the coop's country taxes otherwise than other work
      bids_until timestamptz(3) not null,
      state text not null check (state in ('open', 'closed', 'awarded', 'withdrawn', 'lapsed')),
      visibility text not null check (visibility in ('public', 'members', 'invited')),
      bidding text not null check (bidding in ('open', 'sealed')),
      blind boolean not null,
      lot bytea not null check (length(lot) = 16), -- drawn when it was posted: the order in which its bids stand
      shortlisted_at timestamptz(3),
      shortlisted_by uuid,
      posted_at timestamptz(3) not null,
      opened_at timestamptz(3) not null, -- the last time: from then on 90 days count
      reopen_until timestamptz(3),
      lapses_at timestamptz(3),
      version bigint not null default 1,
      skills uuid[] not null default '{}' check (cardinality(skills) <= 10),
      skill_names jsonb not null default '{}', -- language to names, for the words; people are shown skill_label
      words tsvector not null generated always as (marketplace.job_words(language, title, trade, skill_names, text)) stored,
      check ((price_kind = 'fixed') = (price_minor is not null)),
      check (price_kind = 'open' or num_nonnulls(least_minor, most_minor) = 0),
      check ((town is null) = (country is null)),
      check ((posted_by is null) = (elsewhere is not null)),
      check ((shortlisted_at is null) = (shortlisted_by is null)),
      check (blind or shortlisted_at is null),
      check (not blind or visibility <> 'invited'),
      check (case when state = 'closed' then num_nulls(reopen_until, lapses_at) = 0 else num_nonnulls(reopen_until, lapses_at) = 0 end)
    );
    create index on marketplace.job (bids_until, id) where state = 'open';
    create index on marketplace.job (lapses_at, id) where state = 'closed';
    create index on marketplace.job (posted_at desc, id) where state = 'open';
    create index on marketplace.job using gin (words) where state = 'open';
    create index on marketplace.job using gin (skills) where state = 'open';
    create index on marketplace.job (client);

    -- How the price is parted; no rows: one milestone, the whole.
    create table marketplace.job_milestone (
      job uuid not null references marketplace.job,
      number smallint not null check (number > 0),
      title text not null,
      amount_minor bigint not null check (amount_minor > 0),
      due_on date,
      parallel boolean not null,
      primary key (job, number)
    );

    create table marketplace.bid (
      id uuid primary key,
      job uuid not null references marketplace.job,
      member uuid not null,
      amount_minor bigint not null check (amount_minor > 0),
      currency char(3) not null,
      rate_minor bigint check (rate_minor between 1 and amount_minor), -- for an hour; the amount is then the most it can come to
      days smallint check (days > 0), -- of work; null: every weekday of the job
      pitch text not null,
      state text not null check (state in ('assembling', 'placed', 'toConfirm', 'withdrawn', 'rejected', 'accepted', 'lapsed')),
      placed_at timestamptz(3) not null,
      rejected_because text check (rejected_because is null or state = 'rejected'), -- in its client's words
      confirm_until timestamptz(3), -- the job changed: until then the bidder answers
      version bigint not null default 1,
      check ((state = 'toConfirm') = (confirm_until is not null))
    );
    create index on marketplace.bid (job, member);
    create unique index one_live_bid on marketplace.bid (job, member) where state in ('assembling', 'placed', 'toConfirm', 'accepted');
    create index on marketplace.bid (confirm_until, id) where state = 'toConfirm';

    -- Who does which part of it, the lead first. A bid of one person is of one part.
    create table marketplace.bid_part (
      bid uuid not null references marketplace.bid,
      number smallint not null check (number between 1 and 12),
      member uuid not null,
      share_ppm integer check (share_ppm between 1 and 1000000), -- null: the share was named as an amount
      amount_minor bigint not null check (amount_minor > 0), -- what the share comes to
      signed_at timestamptz(3),
      signed_version bigint, -- of the bid
      primary key (bid, number),
      unique (bid, member),
      check ((signed_at is null) = (signed_version is null))
    );
    create index on marketplace.bid_part (member, bid);

    grant select, insert, update on marketplace.job, marketplace.bid, marketplace.bid_part to partcommune_app;
    grant select, insert, delete on marketplace.job_milestone to partcommune_app;
  `.execute(db);
  await sql.raw(draftTable).execute(db);
  await sql.raw(changeTables).execute(db);
  await sql.raw(alertTables(trigrams)).execute(db);
  await sql.raw(choosingTables).execute(db);
}
