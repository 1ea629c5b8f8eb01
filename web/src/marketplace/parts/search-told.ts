// What the pages of a search are told, by its short names, and how a search stands in an address.
import type { searchJobs } from "@partcommune/shared/marketplace/api";
import { filterNames, type FilterName, type Filters, type Order } from "@partcommune/shared/marketplace/rules/search";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";

type Told = ToldOf<typeof searchJobs>;
export type Found = Told["items"][number];
export type Weights = NonNullable<Told["weights"]>;
export type Counts = NonNullable<Told["facets"]>;

export type Search = { readonly filters: Filters; readonly order: Order | undefined };

/** The part of an address after the question mark, with nothing in it that says nothing. */
export const addressOf = ({ filters, order }: Search): Readonly<Record<string, string>> =>
  Object.fromEntries([...filterNames.map((name) => [name, filters[name]]), ["order", order]].filter(([, value]) => value !== undefined));

/** The same search with some filters set anew; undefined takes one away. */
export const changed = ({ filters, order }: Search, change: Filters): Search => ({ order, filters: { ...filters, ...change } });

export const activeOf = ({ filters }: Search): readonly FilterName[] => filterNames.filter((name) => filters[name] !== undefined);
