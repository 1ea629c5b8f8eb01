// What must never be found of gatherings.
import { sql } from "kysely";
import { sqlCheck, type Check } from "../platform/checks.ts";

export const checks: readonly Check[] = [
  sqlCheck(
    "places-unlike-the-answers",
    "A gathering counts other places as taken than its answers hold: somebody has no place, or one too many.",
    () => sql`
      select gathering.id, gathering.taken, coalesce(sum(answer.guests + 1), 0) as held from community.gathering
      left join community.answer on answer.gathering = gathering.id and answer.state in ('going', 'offered')
      group by gathering.id having gathering.taken <> coalesce(sum(answer.guests + 1), 0)`,
  ),
  sqlCheck(
    "offers-left-behind",
    "A freed place is kept for somebody whose day is over: the clock stands still.",
    (now) => sql`
      select gathering, person, offered_until from community.answer
      where state = 'offered' and offered_until < ${now}::timestamptz - interval '1 day'`,
  ),
];
