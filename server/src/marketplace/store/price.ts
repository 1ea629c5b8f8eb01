// How a job asks for its price, in SQL.
import { sql, type RawBuilder } from "kysely";
import { priceKindOf, type Offer, type PriceAsked, type PriceKind } from "@partcommune/shared/marketplace/rules/price";
import { exponentOf, type Money } from "@partcommune/shared/platform/money";
import type { Exchange } from "../../money/index.ts";

export const priceColumns = ["job.price_kind", "job.price_minor", "job.least_minor", "job.most_minor"] as const;

export type PriceRow = {
  readonly price_kind: string;
  readonly price_minor: bigint | null;
  readonly least_minor: bigint | null;
  readonly most_minor: bigint | null;
};

type PriceTold = PriceAsked & { priceKind: PriceKind };

/** A row of a job as its price is told. */
export function priceFrom({
  price_kind,
  price_minor,
  least_minor,
  most_minor,
  currency,
}: PriceRow & { readonly currency: string }): PriceTold {
  const named = <Name extends string>(name: Name, minor: bigint | null) =>
    (minor === null ? {} : { [name]: { minor, currency } }) as { readonly [Each in Name]?: Money };
  return {
    priceKind: price_kind as PriceKind,
    ...named("price", price_minor),
    ...named("least", least_minor),
    ...named("most", most_minor),
  };
}

/** How a job asks for its price, in columns. */
export const priceRow = (asked: PriceAsked): PriceRow => ({
  price_kind: priceKindOf(asked),
  price_minor: asked.price?.minor ?? null,
  least_minor: asked.least?.minor ?? null,
  most_minor: asked.most?.minor ?? null,
});

/** A price in the coop's own money, so that jobs in several can be compared; nothing where no rate is known today. */
export function priceAtHome({ currency: home, rates }: Exchange): RawBuilder<bigint | null> {
  if (rates.length === 0) return sql`price_minor`;
  const cases = rates.map(({ currency, home: up, foreign: down }) => {
    const [units, parts] = [10n ** BigInt(exponentOf(home)), 10n ** BigInt(exponentOf(currency))];
    return sql`when ${currency} then round(price_minor::numeric * ${up * units}::numeric / ${down * parts}::numeric)::bigint`;
  });
  return sql`(case job.currency when ${home} then price_minor ${sql.join(cases, sql` `)} end)`;
}

export type OfferRow = {
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly rate_minor: bigint | null;
  readonly days: number | null;
};

/** A row of a bid as what it offers. */
export const offerFrom = ({ amount_minor: minor, currency, rate_minor: rate, days }: OfferRow): Offer => ({
  amount: { minor, currency },
  ...(rate === null ? {} : { rate: { minor: rate, currency } }),
  ...(days === null ? {} : { days }),
});
