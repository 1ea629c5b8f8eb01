// References: what both sides of a finished engagement say of each other.
import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table marketplace.reference (
      id uuid primary key,
      engagement uuid not null references marketplace.engagement,
      by_side text not null check (by_side in ('client', 'member')),
      state text not null check (state in ('invited', 'written', 'published', 'answered', 'lapsed', 'withheld')),
      write_by timestamptz(3) not null,
      written_by uuid,
      written_at timestamptz(3),
      text text,
      again boolean,
      published_at timestamptz(3),
      answer text,
      answered_by uuid,
      answered_at timestamptz(3),
      withheld_by uuid,
      withheld_at timestamptz(3),
      withheld_because text,
      unique (engagement, by_side), -- each side writes once
      check (num_nulls(written_by, written_at, text, again) in (0, 4)),
      check (num_nulls(answer, answered_by, answered_at) in (0, 3)),
      check (num_nulls(withheld_by, withheld_at, withheld_because) in (0, 3)),
      check ((state in ('invited', 'lapsed')) = (text is null)),
      check ((state in ('published', 'answered', 'withheld')) = (published_at is not null)),
      check ((state = 'withheld') = (withheld_at is not null))
    );
    create index on marketplace.reference (write_by) where state in ('invited', 'written');

    grant select, insert, update on marketplace.reference to partcommune_app;
  `.execute(db);
}
