// What must never be true of people. A sound house answers none.
import { sql } from "kysely";
import { sqlCheck, type Check } from "../platform/checks.ts";

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
