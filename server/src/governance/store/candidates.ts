// Who stands in elections, in SQL: people of a college, by what the register says of them now.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";
import { belonging } from "./roll.ts";

/** Lets a person stand, or say it in other words. */
export async function saveCandidacy({ tx, now, id }: Scope, proposal: Id, person: Id, text: string): Promise<void> {
  await tx
    .insertInto("governance.candidacy")
    .values({ id: id(), proposal, person, text, at: now })
    .onConflict((conflict) => conflict.columns(["proposal", "person"]).doUpdateSet({ text }))
    .execute();
}

export async function dropCandidacy({ tx }: Scope, proposal: Id, person: Id): Promise<boolean> {
  const dropped = await tx
    .deleteFrom("governance.candidacy")
    .where("proposal", "=", proposal)
    .where("person", "=", person)
    .executeTakeFirst();
  return dropped.numDeletedRows === 1n;
}

export type Candidate = { readonly id: Id; readonly person: Id; readonly name: string; readonly text: string };

/** Who stands in an election, by name. */
export async function candidatesOf({ db, people }: Pick<View, "db" | "people">, proposal: Id): Promise<readonly Candidate[]> {
  const rows = await db
    .selectFrom("governance.candidacy")
    .select(["id", "person", "text"])
    .where("proposal", "=", proposal)
    .orderBy("id")
    .execute();
  const names = await people(rows.map(({ person }) => person));
  return rows.map((row) => ({ ...row, name: names.get(row.person)?.name ?? "" }));
}

/** Those of them who can be elected: whoever belongs to the college that elects. */
export async function electable(view: Pick<View, "db" | "people">, proposal: Id): Promise<readonly Candidate[]> {
  const { rows } = await sql<{ id: Id }>`
    select candidacy.id from governance.candidacy join governance.proposal as text on text.id = candidacy.proposal
    where text.id = ${proposal}::uuid and ${belonging(sql`candidacy.person`, sql`text.payload ->> 'college'`)}`.execute(view.db);
  return (await candidatesOf(view, proposal)).filter(({ id }) => rows.some((row) => row.id === id));
}

/** Whose candidacy this is. */
export async function personOf({ tx }: Scope, candidacy: Id): Promise<Id> {
  return (await tx.selectFrom("governance.candidacy").select("person").where("id", "=", candidacy).executeTakeFirstOrThrow()).person;
}
