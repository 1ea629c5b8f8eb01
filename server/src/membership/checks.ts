// What must never be true of people. A sound house answers none.
import { sql } from "kysely";
import { calendarCode, dayOf } from "@partcommune/shared/platform/calendar";
import { keptOfYear } from "../platform/calendar/store.ts";
import { sqlCheck, type Check } from "../platform/checks.ts";
import { found, type Examination, type Finding, type Patient } from "../platform/doctor/examination.ts";
import { calendarsInUse } from "./store/branches.ts";

export const checks: readonly Check[] = [
  sqlCheck(
    "members-in-one-branch",
    "A member is in no branch, or in two on one day.",
    () => sql`
      select member.id, count(place.member) as last
      from membership.member left join membership.branch_member place on place.member = member.id and place.to_on is null
      where member.stage not in ('applicant', 'refused', 'left') and member.elsewhere is null group by member.id having count(place.member) <> 1
      union all
      select member, 2 from (select member, to_on, lead(from_on) over (partition by member order by from_on) as next from membership.branch_member) move
      where next is not null and to_on is distinct from next`,
  ),
  sqlCheck(
    "branches-hang-together",
    "A branch is open under a closed one, or a member is in a closed one.",
    () => sql`
      select branch.id from membership.branch join membership.branch parent on parent.id = branch.parent
      where branch.closed_on is null and parent.closed_on is not null
      union all
      select branch.id from membership.branch join membership.branch_member place on place.branch = branch.id
      where branch.closed_on is not null and place.to_on is null`,
  ),
];

/** The days of the next year are decreed and known by October, and promises reach into January. */
const nextYearFrom = "-10-01";

/** What the doctor asks of calendars: by those of the branches, members are promised a day. */
export const calendars: readonly Examination[] = [
  {
    matter: "days of rest",
    look: async ({ db, now }) => {
      const today = dayOf(now, "UTC");
      const year = Number(today.slice(0, 4));
      const years = today.slice(4) < nextYearFrom ? [year] : [year, year + 1];
      return (await Promise.all(years.map((each) => missingIn(db, each)))).flat();
    },
  },
];

/** The calendars of open branches, each after its country's, of which no day of a year is kept. */
async function missingIn(db: Patient["db"], year: number): Promise<readonly Finding[]> {
  const needed = (await calendarsInUse({ db })).flatMap((name) => [{ ...name, region: "" }, name]);
  const kept = await keptOfYear(
    { db },
    needed.map(({ country }) => country),
    year,
  );
  const has = new Set(kept.map(calendarCode));
  const missing = new Map(needed.flatMap((name) => (has.has(calendarCode(name)) ? [] : [[calendarCode(name), name.country] as const])));
  return Array.from(missing, ([code, country]) =>
    found(
      `No days of rest of ${code} are kept for ${year}: npm run coop -- pack calendar ${year} --country ${country}, read the list, then --write.`,
    ),
  );
}
