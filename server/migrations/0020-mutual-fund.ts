// What the fund is watched by: warnings with the board's answers, and the stress runs that are made each month.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    -- Up to which entry, and on which day, the figures were last looked at: one row. What a year of work hangs on is reckoned once a day.
    create table mutual.watched (
      one boolean primary key default true check (one),
      entry_id bigint not null,
      day date not null
    );

    -- The pots that have held all that must stay in them, since when that was first seen.
    create table mutual.filled (
      pot text primary key,
      at timestamptz(3) not null
    );
    create trigger refuse_change before update or delete on mutual.filled for each row execute function platform.refuse_change();
    create trigger refuse_truncate before truncate on mutual.filled for each statement execute function platform.refuse_change();

    create table mutual.warning (
      id uuid primary key,
      cause text not null check (cause in ('coverage', 'floor', 'client', 'sister', 'branch', 'activity', 'activityCountry')),
      pot text check ((pot is null) = (cause <> 'floor')), -- the one below its floor
      ppm bigint not null, -- what was found when it began
      limit_ppm bigint not null, -- what members had voted then
      began_at timestamptz(3) not null,
      ended_at timestamptz(3),
      kind text check (kind in ('accepted', 'plan')),
      answer text,
      answered_by uuid,
      answered_at timestamptz(3),
      check ((kind is null) = (answer is null) and (kind is null) = (answered_by is null) and (kind is null) = (answered_at is null))
    );
    create unique index one_warning on mutual.warning (cause, pot) nulls not distinct where ended_at is null;
    create index on mutual.warning (began_at);

    -- A warning ends once and is answered once; what it said stays.
    create function mutual.keep_warning() returns trigger language plpgsql as $$
    begin
      if to_jsonb(new) - '{ended_at,kind,answer,answered_by,answered_at}'::text[] is distinct from to_jsonb(old) - '{ended_at,kind,answer,answered_by,answered_at}'::text[]
        or (old.ended_at is not null and new.ended_at is distinct from old.ended_at)
        or (old.answer is not null and (new.answer, new.kind, new.answered_by) is distinct from (old.answer, old.kind, old.answered_by)) then
        raise exception 'a warning is not rewritten' using errcode = 'PC001';
      end if;
      return new;
    end $$;
    create trigger keep_warning before update on mutual.warning for each row execute function mutual.keep_warning();
    create trigger refuse_change before delete on mutual.warning for each row execute function platform.refuse_change();
    create trigger refuse_truncate before truncate on mutual.warning for each statement execute function platform.refuse_change();

    create table mutual.stress_run (
      month date not null check (extract(day from month) = 1),
      preset text not null check (preset in ('client', 'barred', 'late', 'all')),
      fields jsonb not null, -- everything the run was made of, as it is typed
      currency char(3) not null,
      lowest_minor bigint not null,
      lowest_month smallint not null,
      empty_in smallint,
      shortfall_minor bigint not null,
      ran_at timestamptz(3) not null,
      primary key (month, preset)
    );
    create trigger refuse_change before update or delete on mutual.stress_run for each row execute function platform.refuse_change();
    create trigger refuse_truncate before truncate on mutual.stress_run for each statement execute function platform.refuse_change();

    grant select, insert, update on mutual.watched, mutual.warning to partcommune_app;
    grant select, insert on mutual.stress_run, mutual.filled to partcommune_app;
  `.execute(db);
}
