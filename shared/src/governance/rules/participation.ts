// The law of telling who takes part: by groups in which nobody can be seen, not even by subtracting them from the whole.
import { dayOf, monthsAfter, startOfDay } from "../../platform/calendar.ts";
import type { Instant } from "../../platform/time.ts";

/** What voters are grouped by: how long they have been associates, their branch, their trade. */
export const splits = ["membership", "branch", "trade"] as const;
export type Split = (typeof splits)[number];

/** Fewer people than this are never a group of their own. */
export const fewestShown = 20;
/** Over how many of the newest counts the turnout is told. */
export const lastCounts = 5;

/** Bands of membership, the shortest first, with the years they begin at. */
export const bands = [
  { band: "new", years: 0 },
  { band: "settled", years: 1 },
  { band: "old", years: 3 },
  { band: "oldest", years: 10 },
] as const;

/** Until when one had to be an associate to belong to each band, the longest membership first. */
export const bandsAt = (opened: Instant, zone: string): readonly { readonly band: string; readonly until: Instant }[] =>
  bands.map(({ band, years }) => ({ band, until: startOfDay(monthsAfter(dayOf(opened, zone), -12 * years), zone) })).toReversed();

/** A group in one vote. */
export type Turnout = { readonly part: string; readonly roll: number; readonly came: number };
/** A group over several votes; `people`: how many it was where it was fewest. */
export type Group = Turnout & { readonly people: number };

/** Groups over several votes. */
export function groupsOf(turnouts: readonly Turnout[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { part, roll, came } of turnouts) {
    const { people, ...sum } = groups.get(part) ?? { people: roll, roll: 0, came: 0 };
    groups.set(part, { part, people: Math.min(people, roll), roll: sum.roll + roll, came: sum.came + came });
  }
  return [...groups.values()].toSorted((one, other) => other.people - one.people || (one.part < other.part ? -1 : 1));
}

const peopleIn = (groups: readonly Group[]): number => groups.reduce((sum, { people }) => sum + people, 0);

/** Whoever subtracts what is shown from the whole would have one group, or too few people. */
const givesAway = (rest: readonly Group[]): boolean => rest.length === 1 || (rest.length > 0 && peopleIn(rest) < fewestShown);

/** The groups that are told, the largest first. With those that are too small as many of the next larger ones are kept back as it takes to hide them. */
export function groupsTold(groups: readonly Group[]): readonly Group[] {
  let told = groups.filter(({ people }) => people >= fewestShown);
  while (told.length > 0 && givesAway(groups.slice(told.length))) told = told.slice(0, -1);
  return told;
}
