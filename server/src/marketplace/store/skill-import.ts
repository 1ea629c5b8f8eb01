// Lists of skills in SQL: rows wait in tables of this transaction, are compared as a whole, and only what differs is written.
import { sql } from "kysely";
import { batchesOf } from "../../platform/batches.ts";
import type { Scope } from "../../platform/scope.ts";
import type { Imported } from "../actions/import-skills.ts";
import type { Concept, Link } from "../actions/read-esco.ts";

const batch = 5_000;

/** Lays the rows of a list beside ours. New concepts get their ids here. */
export async function stage(
  { tx, id }: Scope,
  concepts: readonly Concept[],
  links: readonly Link[],
  told: (line: string) => void,
): Promise<void> {
  // A list in twenty languages takes longer than an act of a person may.
  await sql`
    set local statement_timeout = '10min';
    create temporary table given_skill (id uuid, iri text, kind text) on commit drop;
    create temporary table given_label (iri text, language text, kind text, label text) on commit drop;
    create temporary table given_link (iri text, kind text, other text) on commit drop`.execute(tx);
  for (const part of batchesOf(concepts, batch)) {
    const [ids, iris, kinds] = [part.map(() => id()), part.map(({ iri }) => iri), part.map(({ kind }) => kind)];
    await sql`insert into given_skill select * from unnest(${ids}::uuid[], ${iris}::text[], ${kinds}::text[])`.execute(tx);
  }
  const labels = concepts.flatMap(({ iri, labels: of }) => Array.from(of.values(), (label) => ({ iri, ...label })));
  for (const [at, part] of batchesOf(labels, batch).entries()) {
    const [iris, languages] = [part.map(({ iri }) => iri), part.map(({ language }) => language)];
    const [kinds, texts] = [part.map(({ kind }) => kind), part.map(({ label }) => label)];
    await sql`insert into given_label select * from unnest(${iris}::text[], ${languages}::text[], ${kinds}::text[], ${texts}::text[])`.execute(
      tx,
    );
    told(`names: ${at * batch + part.length} of ${labels.length}`);
  }
  for (const part of batchesOf(links, batch)) {
    const [iris, kinds, others] = [part.map(({ iri }) => iri), part.map(({ kind }) => kind), part.map(({ other }) => other)];
    await sql`insert into given_link select * from unnest(${iris}::text[], ${kinds}::text[], ${others}::text[])`.execute(tx);
  }
  await sql`analyze given_skill, given_label, given_link`.execute(tx);
}

const known = sql`known as (select iri from given_skill union select iri from marketplace.skill where source = 'esco')`;

/** Lays beside the given rows what of them is new, and what of ours is gone. Languages and kinds that the list does not hold are left alone. */
async function compare({ tx }: Scope): Promise<void> {
  await sql`
    create temporary table our_label on commit drop as
      select skill.iri, language, label.kind, label from marketplace.skill_label as label join marketplace.skill on skill.id = label.skill
      where source = 'esco' and language in (select distinct language from given_label) and iri in (select iri from given_skill);
    create temporary table more_label on commit drop as table given_label except table our_label;
    create temporary table fewer_label on commit drop as table our_label except table given_label`.execute(tx);
  // Relations to what neither we nor the list know lead nowhere.
  await sql`
    create temporary table more_link on commit drop as with ${known}
      select distinct given_link.* from given_link where iri in (select iri from known) and other in (select iri from known)
      except
      select one.iri, link.kind, other.iri from marketplace.skill_link as link
      join marketplace.skill as one on one.id = link.skill join marketplace.skill as other on other.id = link.other where one.source = 'esco'`.execute(
    tx,
  );
}

/** Counts what a merge would do. */
export async function difference(scope: Scope): Promise<Imported> {
  await compare(scope);
  const { rows } = await sql<Record<keyof Imported, bigint>>`
    with relabelled as (select iri from more_label union select iri from fewer_label)
    select
      (select count(*) from given_skill where iri not in (select iri from marketplace.skill)) as added,
      (select count(*) from marketplace.skill where source = 'esco' and iri in (select iri from given_skill)
        and (iri in (select iri from relabelled) or gone_at is not null)) as changed,
      (select count(*) from marketplace.skill where source = 'esco' and gone_at is null
        and kind in (select kind from given_skill) and iri not in (select iri from given_skill)) as gone,
      (select count(*) from given_label) as labels,
      (select count(*) from more_link) as links`.execute(scope.tx);
  const [row] = rows;
  if (!row) throw new Error("a count without a row");
  return Object.fromEntries(Object.entries(row).map(([name, count]) => [name, Number(count)])) as Imported;
}

/** Writes what differs. What is gone keeps its row, since jobs may name it. */
export async function merge({ tx, now }: Scope): Promise<void> {
  await sql`
    insert into marketplace.skill (id, iri, kind, source) select id, iri, kind, 'esco' from given_skill on conflict (iri) do nothing`.execute(
    tx,
  );
  await sql`
    update marketplace.skill set gone_at = case when given.iri is null then ${now}::timestamptz end
    from marketplace.skill as mine left join given_skill as given on given.iri = mine.iri
    where skill.id = mine.id and mine.source = 'esco' and mine.kind in (select kind from given_skill) and (given.iri is null) <> (mine.gone_at is not null)`.execute(
    tx,
  );
  await sql`
    delete from marketplace.skill_label as label using fewer_label as gone, marketplace.skill
    where skill.iri = gone.iri and label.skill = skill.id and label.language = gone.language and label.kind = gone.kind and label.label = gone.label`.execute(
    tx,
  );
  await sql`
    insert into marketplace.skill_label (skill, language, kind, label)
    select skill.id, language, more.kind, label from more_label as more join marketplace.skill using (iri)`.execute(tx);
  await sql`
    insert into marketplace.skill_link (skill, kind, other)
    select one.id, more.kind, other.id from more_link as more join marketplace.skill as one on one.iri = more.iri join marketplace.skill as other on other.iri = more.other
    on conflict do nothing`.execute(tx);
}
