// Who can be drawn to a panel, in SQL: members of the roll whom the question does not concern.
import { sql, type RawBuilder } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";
import type { Case } from "./panels.ts";

/** Whom it concerns: authors, who contests, who stands or whose seat it is, and the two who said no. */
const concerned = ({ vote, proposal }: Case): RawBuilder<unknown> => sql`
  select card.person from governance.proposal as text join membership.member_card as card on card.id = text.author
    where text.vote = ${vote}::uuid or text.id = ${proposal}::uuid
  union select person from governance.contest where vote = ${vote}::uuid
  union select candidacy.person from governance.vote_option as option join governance.candidacy on candidacy.id = option.candidacy where option.vote = ${vote}::uuid
  union select person from governance.candidacy where proposal = ${proposal}::uuid
  union select seat.person from governance.proposal as text join governance.seat on seat.id::text = text.payload ->> 'seat'
    where text.vote = ${vote}::uuid or text.id = ${proposal}::uuid
  union select person from governance.judgement where proposal = ${proposal}::uuid`;

/** Who is near to it: those who carried the text, and the board. */
const near = ({ vote, proposal }: Case): RawBuilder<unknown> => sql`
  select card.person from governance.sponsorship join governance.proposal as text on text.id = sponsorship.proposal
    join membership.member_card as card on card.id = sponsorship.member where text.vote = ${vote}::uuid or text.id = ${proposal}::uuid
  union select person from membership.role_grant where role = 'board' and ended_at is null`;

const restMonths = 12;

/** Who had their turn: whoever sat on a panel in the last twelve months. */
const rests = (now: Instant): RawBuilder<unknown> => sql`
  select seat.person from governance.panel_seat as seat join governance.panel on panel.id = seat.panel
    where seat.state = 'accepted' and panel.called_at > ${now}::timestamptz - make_interval(months => ${restMonths})`;

/** From whom is drawn, where enough of them are left: who is free of it and had no turn lately; who is free of it; and those near to it too. */
export type Circle = "rested" | "free" | "all";

/**
 * The people who can be drawn, in the order of their ids: associates of the roll, or those who would stand on one now where there is none
 * or only other colleges are asked.
 */
export async function drawable(
  { db, now }: Pick<View, "db" | "now">,
  of: Case,
  associateBy: Instant,
  circle: Circle,
): Promise<readonly Id[]> {
  const { rows } = await sql<{ person: Id }>`
    select person from membership.member_card where stage = 'associate' and associate_at <= ${associateBy}::timestamptz and person is not null
      and (exists (select from governance.roll_entry as entry where entry.vote = ${of.vote}::uuid and entry.person = member_card.person)
        or not exists (select from governance.roll_entry where vote = ${of.vote}::uuid and college = 'members'))
      and person not in (select person from (${concerned(of)}) as concerned where person is not null)
      and (${circle === "all"} or person not in (select person from (${near(of)}) as near where person is not null))
      and (${circle !== "rested"} or person not in (select person from (${rests(now)}) as resting where person is not null))
    order by person`.execute(db);
  return rows.map(({ person }) => person);
}
