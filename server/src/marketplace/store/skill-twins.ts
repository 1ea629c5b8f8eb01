// Skills of an imported list that are one of our own, in SQL: proposed by equal names, linked once a person has said so.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope } from "../../platform/scope.ts";
import { namesOf } from "./skills.ts";

/** A skill of a list and one of ours, by their addresses, with the names that both have, each with its language. */
export type Twin = { readonly theirs: string; readonly ours: string; readonly names: readonly string[] };

/** Pairs that share a name in a language, and of which nobody has said that they are the same. */
export async function proposedTwins(db: Database | Tx): Promise<readonly Twin[]> {
  const { rows } = await sql<Twin>`
    select theirs.iri as theirs, ours.iri as ours, array_agg(distinct label.label || ' (' || label.language || ')') as names
    from marketplace.skill as ours
    join marketplace.skill_label as label on label.skill = ours.id
    join marketplace.skill_label as other on other.plain = label.plain and other.language = label.language
    join marketplace.skill as theirs on theirs.id = other.skill
    where ours.source = 'partcommune' and theirs.source = 'esco' and theirs.same_as is null and theirs.gone_at is null
    group by theirs.iri, ours.iri
    order by ours.iri, count(*) desc, theirs.iri`.execute(db);
  return rows;
}

/** The ids of a pair, if the first is of a list and bears no link yet, and the second is ours. */
export async function twinIds({ tx }: Scope, { theirs, ours }: Pick<Twin, "theirs" | "ours">): Promise<readonly [Id, Id] | undefined> {
  const { rows } = await sql<{ theirs: Id; ours: Id }>`
    select theirs.id as theirs, ours.id as ours from marketplace.skill as theirs, marketplace.skill as ours
    where theirs.iri = ${theirs} and theirs.source = 'esco' and theirs.same_as is null and ours.iri = ${ours} and ours.source = 'partcommune'`.execute(
    tx,
  );
  return rows[0] && [rows[0].theirs, rows[0].ours];
}

/** From now on the first is the second. True for exactly one caller. */
export async function linkTwin({ tx }: Scope, theirs: Id, ours: Id): Promise<boolean> {
  const row = await tx
    .updateTable("marketplace.skill")
    .set({ same_as: ours })
    .where("id", "=", theirs)
    .where("same_as", "is", null)
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Brings jobs, members and saved searches that name one of these to what it is, so that each is found by either. */
export async function meanTwins({ tx }: Scope, theirs: readonly Id[], ours: readonly Id[]): Promise<void> {
  const both = sql`${[...theirs, ...ours]}::uuid[]`;
  await sql`set local statement_timeout = '10min'`.execute(tx); // every job may name one
  await sql`
    update marketplace.job set skills = marketplace.chiefs(skills), skill_names = ${namesOf(sql<string[]>`marketplace.chiefs(skills)`)}
    where skills && ${both}`.execute(tx);
  await sql`
    insert into marketplace.member_skill (member, skill)
    select member, same_as from marketplace.member_skill join marketplace.skill on skill.id = member_skill.skill where skill.id = any(${theirs}::uuid[])
    on conflict do nothing`.execute(tx);
  await tx
    .deleteFrom("marketplace.member_skill")
    .where(sql<boolean>`skill = any(${theirs}::uuid[])`)
    .execute();
  await sql`update marketplace.saved_search set skills = marketplace.chiefs(skills) where skills && ${theirs}::uuid[]`.execute(tx);
}
