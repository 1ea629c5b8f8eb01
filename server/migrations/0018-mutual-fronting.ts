// The guarantee pays: who stands in the queue, and what everybody is told while somebody does.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    -- Whoever decides who is paid ahead holds this one row: of two at once, the second sees what the first has set aside.
    create table mutual.front_desk (
      one boolean primary key default true check (one)
    );
    insert into mutual.front_desk values (true);

    -- What should have been paid ahead and could not yet.
    create table mutual.queued (
      payable uuid primary key references money.payable,
      due_on date not null,
      reason text not null check (reason in ('pot', 'cash')),
      queued_at timestamptz(3) not null,
      ended_at timestamptz(3)
    );
    create index on mutual.queued (due_on) where ended_at is null;

    -- One for each cause, for as long as anybody waits because of it.
    create table mutual.alert (
      id uuid primary key,
      cause text not null check (cause in ('pot', 'cash')),
      opened_at timestamptz(3) not null,
      ended_at timestamptz(3)
    );
    create unique index one_alert_a_cause on mutual.alert (cause) where ended_at is null;

    grant select, update on mutual.front_desk to partcommune_app; -- to lock the row
    grant select, insert, update on mutual.queued, mutual.alert to partcommune_app;
  `.execute(db);
}
