// What jobs are searched by, as it stands in the address of the page, in a saved search and in a question to the server.
import { jobLanguages } from "./job.ts";
import { priceKinds } from "./price.ts";

export const orders = ["best", "newest", "closing"] as const;
export type Order = (typeof orders)[number];

/** Everything that narrows a search; the order and the page are not among it. */
export const filterNames = ["q", "skills", "trade", "place", "language", "priced", "min", "max", "closing", "coop"] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = { readonly [Name in FilterName]?: string | undefined };

export const longestQuestion = 200;
export const mostSkills = 10;
/** Within so many days bids end. */
export const closingDays = ["2", "7", "30"] as const;
/** Where the offered bands of prices begin and end, in units of the coop's currency. */
export const priceSteps = ["500", "1000", "2500", "5000", "10000"] as const;
export const amountPattern = /^(0|[1-9]\d{0,8})(\.\d{1,3})?$/;
export const placePattern = /^(remote|[A-Z]{2})$/;

const id = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
/** Where jobs were posted: here, or at another coop by its id. */
export const ours = "ours";
export const coopPattern = new RegExp(`^(${ours}|${id})$`);
/** Ids with commas between them. */
export const skillsPattern = new RegExp(`^${id}(,${id}){0,${mostSkills - 1}}$`);

const takes: Readonly<Record<FilterName, (value: string) => boolean>> = {
  q: (value) => value.length <= longestQuestion,
  skills: (value) => skillsPattern.test(value),
  trade: (value) => value.length <= 80,
  place: (value) => placePattern.test(value),
  language: (value) => jobLanguages.some((language) => language === value),
  priced: (value) => priceKinds.some((kind) => kind === value),
  min: (value) => amountPattern.test(value),
  max: (value) => amountPattern.test(value),
  closing: (value) => closingDays.some((days) => days === value),
  coop: (value) => coopPattern.test(value),
};

// What a person could not have typed into one line: the server refuses it.
const isOneLine = (text: string): boolean => !/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/u.test(text) && text.isWellFormed();

/** The filters of an address. What is empty or cannot be meant is left out: whoever mistyped an address still finds jobs. */
export function filtersFrom(address: Readonly<Record<string, unknown>>): Filters {
  const named = filterNames.flatMap((name) => {
    const value = address[name];
    const text = typeof value === "string" ? value.trim() : "";
    return text !== "" && isOneLine(text) && takes[name](text) ? [[name, text] as const] : [];
  });
  return Object.fromEntries(named);
}

/** The order of an address, if it names one. */
export const orderFrom = (address: Readonly<Record<string, unknown>>): Order | undefined =>
  orders.find((order) => order === address["order"]);

/** Filters as the part of an address after the question mark, always in one order. */
export const queryOf = (filters: Filters): string =>
  filterNames.flatMap((name) => (filters[name] === undefined ? [] : [`${name}=${encodeURIComponent(filters[name])}`])).join("&");
