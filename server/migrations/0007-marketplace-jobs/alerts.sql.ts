// Words for help with spelling, saved searches, and the jobs found for them.

/** The tables; `trigrams` is the schema of pg_trgm. They stand on jobs. */
export const alertTables = (trigrams: string): string => `
  -- Words of open jobs and of the skills they name, refreshed by the clock.
  create table marketplace.word (
    plain text primary key,
    word text not null,
    uses bigint not null
  );
  create index on marketplace.word using gin (plain ${trigrams}.gin_trgm_ops);

  -- These words with those that nobody uses changed for the likest that somebody does; null when there is nothing better.
  create function marketplace.spelled(words text) returns text language sql stable parallel safe as $$
    select case when bool_or(better is not null) then string_agg(coalesce(better, typed), ' ' order by at) end
    from regexp_split_to_table(words, '\\s+') with ordinality as each_word (typed, at)
    left join lateral (
      select word as better from marketplace.word
      where length(typed) between 4 and 40 and plain operator(${trigrams}.%) marketplace.plain(typed)
        and not exists (select from marketplace.word as same where same.plain = marketplace.plain(typed))
      order by ${trigrams}.similarity(plain, marketplace.plain(typed)) desc, uses desc, plain limit 1
    ) as likest on true $$;

  create table marketplace.saved_search (
    id uuid primary key,
    person uuid not null,
    name text not null,
    query text not null, -- of the page's own address
    rhythm text not null check (rhythm in ('atOnce', 'daily', 'weekly')),
    state text not null check (state in ('on', 'paused', 'ended')),
    -- The query again, taken apart for the moment a job opens.
    asked tsquery,
    skills uuid[],
    trade text,
    place text,
    language text,
    price_kind text,
    min_minor bigint,
    max_minor bigint,
    closing_days integer,
    saved_at timestamptz(3) not null,
    ended_at timestamptz(3),
    end_digest bytea not null unique, -- of the token in its letters; the token itself is nowhere in the database
    version bigint not null default 1
  );
  create index on marketplace.saved_search (person);

  -- Without foreign keys: one statement writes it from these very tables, of which nothing is ever deleted, and a job may be found a thousand times at once.
  create table marketplace.search_find (
    search uuid not null,
    job uuid not null,
    found_at timestamptz(3) not null,
    tell_at timestamptz(3) not null,
    told_at timestamptz(3),
    primary key (search, job)
  );
  create index on marketplace.search_find (tell_at) where told_at is null;

  grant select, insert, update on marketplace.saved_search, marketplace.search_find to partcommune_app;
  grant select, insert, update, delete on marketplace.word to partcommune_app;
`;
