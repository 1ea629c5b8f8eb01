// Trades and skills in SQL: found by a part of a name, told in a language, kept by identifier.
import { sql, type RawBuilder } from "kysely";
import type { z } from "zod";
import type { listMySkills, listSkills } from "@partcommune/shared/marketplace/api";
import type { SkillCard } from "@partcommune/shared/marketplace/api/skills";
import { jobLanguages, type JobLanguage } from "@partcommune/shared/marketplace/rules/job";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";

type Card = z.output<typeof SkillCard>;

const mostFound = 20;

/** Skills of whose names one holds this text: those that begin with it first, then those named so in the asked language. */
export async function skillsCalled({ db }: View, { text, labels }: InputOf<typeof listSkills>): Promise<AnswerOf<typeof listSkills>> {
  const { rows } = await sql<Card>`
    with typed as materialized (select marketplace.plain(${text}) as plain),
    named as (
      select coalesce(same_as, skill.id) as skill, min(case when label.plain like like_start then 0 else 1 end) as begins, bool_or(label.language = ${labels}) as spoken, min(length(label.label)) as longest
      from typed, lateral (select replace(replace(replace(typed.plain, '\\', '\\\\'), '%', '\\%'), '_', '\\_') as escaped) as safe,
        lateral (select escaped || '%' as like_start, '%' || escaped || '%' as like_any) as pattern, marketplace.skill_label as label join marketplace.skill on skill.id = label.skill
      where label.plain like like_any group by 1
    )
    select skill.id, skill.kind, marketplace.called(skill.id, ${labels}) as label
    from named join marketplace.skill on skill.id = named.skill where gone_at is null
    order by begins, spoken desc, longest, skill.id limit ${mostFound}`.execute(db);
  return { items: rows };
}

/** These skills by name, in the order given. */
export async function cardsOf(db: Database | Tx, skills: readonly Id[], labels: JobLanguage): Promise<readonly Card[]> {
  if (skills.length === 0) return [];
  const { rows } = await sql<Card>`
    select skill.id, skill.kind, marketplace.called(skill.id, ${labels}) as label
    from unnest(${skills}::uuid[]) with ordinality as given (id, at) join marketplace.skill using (id) order by at`.execute(db);
  return rows;
}

/** The skills a member says they have. */
export async function skillsOf({ db, actor }: View, { labels }: InputOf<typeof listMySkills>): Promise<AnswerOf<typeof listMySkills>> {
  return { items: [...(await cardsOf(db, await memberSkills({ db, actor }), labels))] };
}

/** Ids of the skills of whoever asks; none for who is no member. */
export async function memberSkills({ db, actor }: Pick<View, "db" | "actor">): Promise<readonly Id[]> {
  if (actor.kind !== "person" || actor.member === undefined) return [];
  const rows = await db
    .selectFrom("marketplace.member_skill")
    .select("skill")
    .where("member", "=", actor.member)
    .orderBy("skill")
    .execute();
  return rows.map(({ skill }) => skill);
}

/** Those of these ids that are on the list. */
export async function knownSkills({ tx }: Scope, skills: readonly Id[]): Promise<readonly Id[]> {
  if (skills.length === 0) return [];
  const rows = await tx.selectFrom("marketplace.skill").select("id").where("id", "in", skills).where("gone_at", "is", null).execute();
  return rows.map(({ id }) => id);
}

/** The skill that each of these texts names: by its address, or by a name, first in the language the text is written in. What names none is absent. */
export async function skillsNamed({ tx }: Scope, names: readonly string[], language: JobLanguage): Promise<ReadonlyMap<string, Id>> {
  const { rows } = await sql<{ name: string; id: Id }>`
    select distinct on (given.name) given.name, coalesce(same_as, skill.id) as id
    from unnest(${names}::text[]) as given (name), lateral (
      select id, true as spoken, true as preferred from marketplace.skill where iri = given.name
      union all
      select skill, label.language = ${language}, kind = 'preferred' from marketplace.skill_label as label
      where label.plain = marketplace.plain(given.name)
    ) as meant join marketplace.skill on skill.id = meant.id where gone_at is null
    order by given.name, spoken desc, preferred desc, source = 'partcommune' desc, skill.id`.execute(tx);
  return new Map(rows.map(({ name, id }) => [name, id]));
}

/** Sets what a member says of themselves. */
export async function saveMemberSkills({ tx }: Scope, member: Id, skills: readonly Id[]): Promise<void> {
  await tx.deleteFrom("marketplace.member_skill").where("member", "=", member).execute();
  if (skills.length === 0) return;
  await tx
    .insertInto("marketplace.member_skill")
    .columns(["member", "skill"])
    .expression(sql`select ${member}::uuid, unnest(${chiefs(skills)})`)
    .execute();
}

/** These skills, each as the one of our own list that it is the same as. */
export const chiefs = (skills: readonly Id[]): RawBuilder<string[]> => sql`marketplace.chiefs(${skills}::uuid[])`;

/** The same for who asks. */
export async function chiefsOf({ db }: Pick<View, "db">, skills: readonly Id[]): Promise<readonly Id[]> {
  const { rows } = await sql<{ chiefs: readonly Id[] }>`select ${chiefs(skills)} as chiefs`.execute(db);
  return rows[0]?.chiefs ?? [];
}

/** Every name of the skills of a job, and of those that are the same, by language: what makes it found by a word of another language. */
export const namesOf = (skills: RawBuilder<string[]>): RawBuilder<string> => sql`(
  select coalesce(jsonb_object_agg(language, names), '{}') from (
    select language, string_agg(label, ', ' order by kind desc, label) as names from (
      select language, label, max(kind) as kind from marketplace.skill_label
      where skill in (select id from marketplace.skill where id = any(${skills}) or same_as = any(${skills})) and language = any(${jobLanguages})
      group by language, label
    ) as each_once group by language
  ) as named
)`;
