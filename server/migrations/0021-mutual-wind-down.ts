// The wind-down file is made and checked each month, so that it is there when it is needed.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table mutual.rehearsal (
      month date primary key check (extract(day from month) = 1),
      id uuid not null unique,
      files integer not null check (files > 0),
      faults text[] not null, -- empty: its sums are those of the book
      ended_at timestamptz(3) not null
    );
    create trigger refuse_change before update or delete on mutual.rehearsal for each row execute function platform.refuse_change();
    create trigger refuse_truncate before truncate on mutual.rehearsal for each statement execute function platform.refuse_change();

    grant select, insert on mutual.rehearsal to partcommune_app;
  `.execute(db);
}
