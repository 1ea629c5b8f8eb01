// The bylaw register: versions that are added and never changed, and the one function that adds the first.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create schema governance;

    create table governance.bylaw_version (
      id bigint generated always as identity primary key,
      key text not null,
      version bigint not null check (version > 0),
      value jsonb not null,
      valid_from timestamptz(3) not null,
      cause text not null, -- 'founding', or the vote that enacted it
      unique (key, version),
      unique (key, valid_from) -- validity is half open: two versions cannot begin at once
    );

    create trigger refuse_change before update or delete on governance.bylaw_version for each row execute function platform.refuse_change();
    create trigger refuse_truncate before truncate on governance.bylaw_version for each statement execute function platform.refuse_change();

    -- The only way in until votes enact: version 1 of every bylaw, once, while nothing was ever decided.
    -- It runs as its owner, since the server itself may not write this table.
    create function governance.found(bylaws jsonb, at timestamptz) returns void language plpgsql security definer set search_path = governance, pg_temp as $$
    begin
      lock table governance.bylaw_version in exclusive mode;
      if exists (select from governance.bylaw_version) then
        raise exception 'the bylaws stand already' using errcode = 'PC020';
      end if;
      insert into governance.bylaw_version (key, version, value, valid_from, cause)
      select key, 1, value, at, 'founding' from jsonb_each(bylaws);
    end $$;
    revoke execute on function governance.found from public;

    -- What founders planned to open the fund with: one row, or none.
    create table governance.opening_plan (
      one boolean primary key default true check (one),
      plan jsonb not null,
      planned_at timestamptz(3) not null
    );
    create trigger refuse_change before update or delete on governance.opening_plan for each row execute function platform.refuse_change();
    create trigger refuse_truncate before truncate on governance.opening_plan for each statement execute function platform.refuse_change();

    grant usage on schema governance to partcommune_app;
    grant select on governance.bylaw_version to partcommune_app;
    grant select, insert on governance.opening_plan to partcommune_app;
    grant execute on function governance.found to partcommune_app;
  `.execute(db);
}
