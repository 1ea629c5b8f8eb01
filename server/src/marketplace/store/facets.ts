// How many jobs there are of each kind, in one statement over one set of hits: a count leaves its own filter out and keeps all others.
import { sql, type RawBuilder } from "kysely";
import type { z } from "zod";
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import type { Facets } from "@partcommune/shared/marketplace/api/search";
import type { JobLanguage } from "@partcommune/shared/marketplace/rules/job";
import type { PriceKind } from "@partcommune/shared/marketplace/rules/price";
import { closingDays, priceSteps, type FilterName } from "@partcommune/shared/marketplace/rules/search";
import { dayMs, later } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";
import { priceAtHome } from "./price.ts";
import { coopOf, found, narrowing, type Asked } from "./found-jobs.ts";

type Told = z.output<typeof Facets>;
const mostValues = 12;

type Band = { readonly min?: string; readonly max?: string };

/** Bands of prices between the steps, open below and above. A price on a step is in both, as it is when asked for. */
const bands: readonly Band[] = [...priceSteps, undefined].map((max, at) => {
  const min = priceSteps[at - 1];
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
});

/** A number with a bit for each filter: a hit carries the bits of those it misses. */
function bitsOf(asked: Asked) {
  const active = narrowing(asked);
  const bit = (...names: readonly string[]): number => active.reduce((sum, [name], at) => sum + (names.includes(name) ? 2 ** at : 0), 0);
  const missed =
    active.length === 0
      ? sql`0`
      : sql.join(
          active.map(([, holds], at) => sql`case when ${holds} then 0 else ${sql.lit(2 ** at)} end`),
          sql` + `,
        );
  /** Hits that miss nothing but these filters. */
  const but = (...names: readonly string[]): RawBuilder<boolean> => sql`missed & ${sql.lit(1023 - bit(...names))} = 0`;
  return { names: active.map(([name]) => name), missed, but };
}

type Line = {
  readonly facet: string;
  readonly value: string | null;
  readonly label: string | null;
  readonly kind: string | null;
  readonly count: bigint;
};

export async function facetsOf({ db }: View, asked: Asked, labels: JobLanguage): Promise<Told> {
  const { names, missed, but } = bitsOf(asked);
  const inBand = ({ min, max }: Band): RawBuilder<boolean> =>
    sql`${min === undefined ? sql`true` : sql`price_minor >= ${bylawMinor(min, asked.currency)}`} and ${max === undefined ? sql`price_minor is not null` : sql`price_minor <= ${bylawMinor(max, asked.currency)}`}`;
  const singles: readonly (readonly [facet: string, value: string, where: RawBuilder<boolean>])[] = [
    ["total", "", but()],
    ...bands.map((band, at) => ["price", String(at), sql<boolean>`${but("min", "max")} and ${inBand(band)}`] as const),
    ...closingDays.map(
      (days) => ["closing", days, sql<boolean>`${but("closing")} and bids_until <= ${later(asked.at, Number(days) * dayMs)}`] as const,
    ),
    ...names.map((name) => ["without", name, but(name)] as const),
  ];
  const counts = sql.join(singles.map(([, , where]) => sql`count(*) filter (where ${where})`));
  const grouped = (facet: string, column: RawBuilder<unknown>) =>
    sql`(select ${facet}::text, ${column}::text, null::uuid, count(*), 0 from hit where ${but(facet)} group by 2 order by 4 desc, 2 limit ${mostValues})`;
  const { rows } = await sql<Line>`
    with hit as materialized (
      select trade, language, coalesce(country, 'remote') as place, price_kind, ${priceAtHome(asked)} as price_minor, bids_until, skills, ${coopOf} as coop, ${missed} as missed from marketplace.job where ${found(asked)}
    ),
    counted (facet, value, skill, count, at) as (
      select given.facet, given.value, null::uuid, amount, given.at
      from unnest(${singles.map(([facet]) => facet)}::text[], ${singles.map(([, value]) => value)}::text[], (select array[${counts}] from hit)) with ordinality as given (facet, value, amount, at)
      union all ${grouped("trade", sql`trade`)} union all ${grouped("place", sql`place`)} union all ${grouped("language", sql`language`)} union all ${grouped("priced", sql`price_kind`)} union all ${grouped("coop", sql`coop`)}
      union all (select 'skill', null, skill, count(*), 0 from hit, unnest(skills) as skill where ${but()} group by skill order by 4 desc, 3 limit ${mostValues})
    )
    select facet, coalesce(value, skill::text) as value, coalesce(marketplace.called(skill, ${labels}), host_card.name, (select name from platform.coop)) as label, skill.kind, count
    from counted left join marketplace.skill on skill.id = counted.skill
    left join federation.host_card on facet = 'coop' and host_card.id::text = value where count > 0 or facet in ('total', 'without')
    order by at, count desc, value`.execute(db);
  return toldFrom(rows);
}

function toldFrom(rows: readonly Line[]): Told {
  const of = (facet: string) => rows.flatMap((row) => (row.facet === facet ? [{ ...row, value: row.value ?? "" }] : []));
  return {
    total: of("total")[0]?.count ?? 0n,
    skills: of("skill").map(({ value, label, kind, count }) => ({
      id: value,
      label: label ?? "",
      kind: kind === "occupation" ? "occupation" : "skill",
      count,
    })),
    trades: of("trade").map(({ value, count }) => ({ trade: value, count })),
    places: of("place").map(({ value, count }) => ({ place: value, count })),
    languages: of("language").map(({ value, count }) => ({ language: value as JobLanguage, count })),
    priceKinds: of("priced").map(({ value, count }) => ({ kind: value as PriceKind, count })),
    prices: of("price").map(({ value, count }) => ({ ...bands[Number(value)], count })),
    coops: of("coop").map(({ value, label, count }) => ({ coop: value, name: label ?? "", count })),
    closing: of("closing").map(({ value, count }) => ({ days: value as (typeof closingDays)[number], count })),
    without: of("without").map(({ value, count }) => ({ filter: value as FilterName, count })),
  };
}
