// Trades and skills by identifier, with their names in any language, and the coop's own list of them.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql, type Kysely } from "kysely";
import { uuidv7 } from "@partcommune/shared/platform/id";

/** The tables; `trigrams` is the schema of pg_trgm. */
export const skillTables = (trigrams: string): string => `
  create table marketplace.skill (
    id uuid primary key,
    iri text not null unique,
    kind text not null check (kind in ('occupation', 'skill')),
    source text not null check (source in ('partcommune', 'esco')),
    gone_at timestamptz(3), -- no longer in its source; jobs that name it keep it
    same_as uuid references marketplace.skill -- one of our own list that it is; whoever means it means that one
  );
  create index on marketplace.skill (same_as) where same_as is not null;

  create table marketplace.skill_label (
    skill uuid not null references marketplace.skill,
    language text not null,
    kind text not null check (kind in ('preferred', 'alternative')),
    label text not null,
    plain text not null generated always as (marketplace.plain(label)) stored,
    primary key (skill, language, kind, label)
  );
  create unique index one_preferred on marketplace.skill_label (skill, language) where kind = 'preferred';
  create index on marketplace.skill_label using gin (plain ${trigrams}.gin_trgm_ops);

  create table marketplace.skill_link (
    skill uuid not null references marketplace.skill,
    kind text not null check (kind in ('broader', 'related')),
    other uuid not null references marketplace.skill,
    primary key (skill, kind, other)
  );
  create index on marketplace.skill_link (other);

  create table marketplace.member_skill (
    member uuid not null,
    skill uuid not null references marketplace.skill,
    primary key (member, skill)
  );

  -- What a skill is called in a language, else in English, else in any.
  create function marketplace.called(skill uuid, language text) returns text language sql stable parallel safe
    as $$ select label from marketplace.skill_label where skill_label.skill = $1 and kind = 'preferred'
      order by skill_label.language = $2 desc, skill_label.language = 'en' desc, skill_label.language limit 1 $$;

  -- Each skill by the one it is the same as, each once, in the order given.
  create function marketplace.chiefs(skills uuid[]) returns uuid[] language sql stable strict parallel safe
    as $$ select coalesce(array_agg(chief order by first), '{}') from (
      select coalesce(same_as, given.id) as chief, min(at) as first from unnest(skills) with ordinality as given (id, at) left join marketplace.skill using (id) group by 1
    ) as each_once $$;

  grant select, insert, update, delete on marketplace.skill, marketplace.skill_label, marketplace.skill_link, marketplace.member_skill to partcommune_app;
`;

const began = Date.parse("2026-01-01T00:00:00Z");

/** The same id in every coop, so that a skill means the same wherever a job is read. */
const idOf = (iri: string): string => uuidv7(began, createHash("sha256").update(iri).digest());
const iriOf = (slug: string): string => `urn:partcommune:skill:${slug}`;

type Line = { readonly slug: string; readonly broader: string; readonly names: readonly (readonly [language: string, cell: string])[] };

async function builtIn(): Promise<readonly Line[]> {
  const text = await readFile(join(import.meta.dirname, "skills.tsv"), "utf8");
  const [head = "", ...lines] = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const languages = head.split("\t").slice(2);
  return lines.map((line) => {
    const [slug = "", broader = "", ...cells] = line.split("\t");
    return { slug, broader, names: languages.map((language, at) => [language, cells[at] ?? ""] as const) };
  });
}

/** Writes the coop's own list. */
export async function saveBuiltIn(db: Kysely<never>): Promise<void> {
  const lines = await builtIn();
  const skills = lines.map(({ slug, broader }) => ({ id: idOf(iriOf(slug)), iri: iriOf(slug), kind: broader ? "skill" : "occupation" }));
  const labels = lines.flatMap(({ slug, names }) =>
    names.flatMap(([language, cell]) =>
      cell.split("|").map((label, at) => ({ skill: idOf(iriOf(slug)), language, kind: at === 0 ? "preferred" : "alternative", label })),
    ),
  );
  const links = lines.flatMap(({ slug, broader }) => (broader ? [{ skill: idOf(iriOf(slug)), other: idOf(iriOf(broader)) }] : []));
  await sql`insert into marketplace.skill (id, iri, kind, source)
    select id, iri, kind, 'partcommune' from jsonb_to_recordset(${JSON.stringify(skills)}::jsonb) as given (id uuid, iri text, kind text)`.execute(
    db,
  );
  await sql`insert into marketplace.skill_label (skill, language, kind, label)
    select skill, language, kind, label from jsonb_to_recordset(${JSON.stringify(labels)}::jsonb) as given (skill uuid, language text, kind text, label text)`.execute(
    db,
  );
  await sql`insert into marketplace.skill_link (skill, kind, other)
    select skill, 'broader', other from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as given (skill uuid, other uuid)`.execute(db);
}
