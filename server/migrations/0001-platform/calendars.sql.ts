// Calendars: the days that differ from an ordinary week, of countries, of their regions and of the banks.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql, type Kysely } from "kysely";

export const calendars = /* sql */ `
create table platform.calendar (
  country char(2) not null, -- EU for what is common to all
  region text not null, -- as ISO 3166-2 names it, without the country; empty: the whole country
  name text not null, -- what the region is called there
  primary key (country, region)
);

-- Days on which one rests though the week says work, or works though the week or the country says rest.
create table platform.calendar_day (
  country char(2) not null,
  region text not null,
  day date not null,
  rests boolean not null,
  name text not null,
  source text not null,
  entered_at timestamptz(3), -- null: it came with the tables
  primary key (country, region, day),
  foreign key (country, region) references platform.calendar
);

-- What a promise was reckoned by stays.
create trigger refuse_change before update or delete on platform.calendar_day for each row execute function platform.refuse_change();
create trigger refuse_truncate before truncate on platform.calendar_day for each statement execute function platform.refuse_change();

grant select, insert on platform.calendar, platform.calendar_day to partcommune_app;
`;

/** Writes the frozen rows; their file says where they come from. */
export async function seedCalendars(db: Kysely<never>): Promise<void> {
  const rows = await frozenRows();
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (country text, region text, day date, name text, source text, rests boolean)`;
  await sql`insert into platform.calendar (country, region, name) select country, region, name from ${given} where day is null`.execute(db);
  await sql`insert into platform.calendar_day (country, region, day, rests, name, source)
    select country, region, day, rests, name, source from ${given} where day is not null`.execute(db);
}

async function frozenRows(): Promise<readonly Readonly<Record<string, string | boolean | null | undefined>>[]> {
  const text = await readFile(join(import.meta.dirname, "calendars.tsv"), "utf8");
  const rows = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return rows.map((line) => {
    const [country, region, day, name, source, worked] = line.split("\t");
    const usual = region === "TARGET" ? "European Central Bank" : "date-holidays 3.37.0 (CC-BY-3.0)";
    return { country, region, day: day === "" ? null : day, name, source: source ?? usual, rests: worked === undefined };
  });
}
