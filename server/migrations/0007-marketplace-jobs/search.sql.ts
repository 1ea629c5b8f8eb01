// How words are found: one text configuration for each language of jobs, and the immutable functions that generated columns and indexes use.
import { sql, type Kysely } from "kysely";

const stemmers = { fr: "french", nl: "dutch", en: "english", de: "german", es: "spanish", it: "italian" } as const;
const languages = Object.keys(stemmers) as readonly (keyof typeof stemmers)[];

/** The schema of an extension that an owner without superuser may create (both are trusted): ours, unless it stands elsewhere already. */
async function extension(db: Kysely<never>, name: "unaccent" | "pg_trgm"): Promise<string> {
  await sql.raw(`create extension if not exists ${name} schema marketplace`).execute(db);
  const { rows } = await sql<{ schema: string }>`
    select quote_ident(nspname) as schema from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = ${name}`.execute(
    db,
  );
  return rows[0]?.schema ?? "marketplace";
}

const each = (say: (language: keyof typeof stemmers) => string, between: string): string => languages.map(say).join(between);

/** Makes configurations and functions; answers where trigrams are found. */
export async function searchWords(db: Kysely<never>): Promise<string> {
  const [unaccent, trigrams] = [await extension(db, "unaccent"), await extension(db, "pg_trgm")];
  await sql
    .raw(
      `${each(
        (language) => `
    create text search configuration marketplace.pc_${language} (copy = pg_catalog.${stemmers[language]});
    alter text search configuration marketplace.pc_${language}
      alter mapping for hword, hword_part, word with ${unaccent}.unaccent, pg_catalog.${stemmers[language]}_stem;`,
        "",
      )}

    -- Without accents and capitals: what people type.
    create function marketplace.plain(words text) returns text language sql immutable strict parallel safe
      as $$ select lower(${unaccent}.unaccent('${unaccent}.unaccent'::regdictionary, words)) $$;

    -- The parser takes "graphiste/illustrateur" for the name of a file.
    create function marketplace.apart(words text) returns text language sql immutable strict parallel safe
      as $$ select translate(words, '/|', '  ') $$;

    -- A language is kept as text and becomes a configuration here: a column of regconfig would stop pg_upgrade.
    create function marketplace.words_in(language text, words text) returns tsvector language sql immutable strict parallel safe
      as $$ select case language ${each((language) => `when '${language}' then to_tsvector('marketplace.pc_${language}', marketplace.apart(words))`, " ")}
        else to_tsvector('simple', marketplace.apart(words)) end $$;

    -- A: the title. B: trade, and the skills' names in every language. D: the text.
    create function marketplace.job_words(language text, title text, trade text, names jsonb, words text) returns tsvector language sql immutable strict parallel safe
      as $$ select setweight(marketplace.words_in(language, title), 'A') || setweight(marketplace.words_in(language, trade), 'B')
        || ${each((language) => `setweight(marketplace.words_in('${language}', coalesce(names ->> '${language}', '')), 'B')`, " || ")}
        || setweight(marketplace.words_in(language, words), 'D') $$;

    -- The same words in each language of jobs, joined with OR; where languages agree, once.
    create function marketplace.asked_in_any(words text) returns tsquery language sql immutable strict parallel safe
      as $$ select coalesce(string_agg(distinct '(' || asked::text || ')', ' | ')::tsquery, ''::tsquery)
        from unnest(array[${each((language) => `websearch_to_tsquery('marketplace.pc_${language}', marketplace.apart(words))`, ", ")}]) as asked where numnode(asked) > 0 $$;

    -- What is left out with "-" is left out in every language: one that did not understand the word must not let it in again.
    create function marketplace.asked(words text) returns tsquery language sql immutable strict parallel safe
      as $$ select (select coalesce(string_agg(part, ' & ')::tsquery, ''::tsquery) from (
          select '(' || wanted::text || ')' from marketplace.asked_in_any(regexp_replace(words, '(^|\\s)-("[^"]*"?|\\S+)', ' ', 'g')) as wanted where numnode(wanted) > 0
          union all
          select '!(' || unwanted::text || ')' from regexp_matches(words, '(?:^|\\s)-("[^"]*"?|\\S+)', 'g') as found, marketplace.asked_in_any(found[1]) as unwanted where numnode(unwanted) > 0
        ) as parts (part)) $$;`,
    )
    .execute(db);
  return trigrams;
}
