// The sides of a panel, in SQL: whoever wrote the proposal, and those who contest the vote, as one.
import { sql } from "kysely";
import type { Party } from "@partcommune/shared/governance/rules/panel";
import type { Id } from "@partcommune/shared/platform/id";
import type { View } from "../../platform/scope.ts";
import type { Case } from "./panels.ts";

type Side = { readonly person: Id; readonly party: Party };

/** Everybody who is a party, the authors first. */
export async function partiesOf({ db }: Pick<View, "db">, { vote, proposal }: Case): Promise<readonly Side[]> {
  const { rows } = await sql<Side>`
    select person, 'author' as party from governance.proposal as text join membership.member_card as card on card.id = text.author
      where (text.vote = ${vote}::uuid or text.id = ${proposal}::uuid) and person is not null
    union select person, 'contesters' from governance.contest where vote = ${vote}::uuid
    order by party, person`.execute(db);
  return rows;
}

/** Which side a person is on. An author who contests stands with their text. */
export const partyOn = async (view: Pick<View, "db">, of: Case, person: Id): Promise<Party | undefined> =>
  (await partiesOf(view, of)).find((side) => side.person === person)?.party;
