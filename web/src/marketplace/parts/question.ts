// How the address of the search page becomes a question: for the loader and for the screen alike.
import type { searchJobs } from "@partcommune/shared/marketplace/api";
import { filtersFrom, orderFrom } from "@partcommune/shared/marketplace/rules/search";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { Language } from "@partcommune/shared/platform/page";
import type { Search } from "./search-told.ts";

type Address = Readonly<Record<string, unknown>>;

const onPage = 25;

export const searchIn = (address: Address): Search => ({ filters: filtersFrom(address), order: orderFrom(address) });

export function questionOf(address: Address, labels: Language): AskedOf<typeof searchJobs> {
  const { filters, order } = searchIn(address);
  const { after } = address;
  return { ...filters, ...(order ? { order } : {}), labels, limit: onPage, ...(typeof after === "string" ? { after } : {}) } as AskedOf<
    typeof searchJobs
  >;
}
