// The words of open jobs and of the skills they name, in SQL: what help with spelling looks into.
import { sql } from "kysely";
import type { Scope } from "../../platform/scope.ts";

const leastLetters = 4;

/** Brings the words of jobs that everybody sees to what is used now; only what differs is written. One statement: a table made for it each hour would cost more than all it holds. */
export async function refreshWords({ tx }: Scope): Promise<void> {
  await sql`
    with fresh as materialized (
      select marketplace.plain(word) as plain, min(word) as word, count(*) as uses
      from (
        select title || ' ' || trade as words from marketplace.job where state = 'open' and visibility = 'public'
        union all select names from marketplace.job, jsonb_each_text(skill_names) as named (language, names) where state = 'open' and visibility = 'public'
      ) as source, regexp_split_to_table(lower(words), ${"[\\s!-/:-@[-`{-~«»“”„‘’…–—·]+"}) as word
      where length(word) >= ${leastLetters} group by 1
    ), gone as (
      delete from marketplace.word where plain not in (select plain from fresh)
    )
    insert into marketplace.word (plain, word, uses) select plain, word, uses from fresh
    on conflict (plain) do update set word = excluded.word, uses = excluded.uses
    where (word.word, word.uses) is distinct from (excluded.word, excluded.uses)`.execute(tx);
}
