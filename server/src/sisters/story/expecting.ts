// What every step of the story needs: a job and its days, who it is for, and a word about what did not come out.
import type { postJob } from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { dayMs, instant, later, type Instant } from "@partcommune/shared/platform/time";
import type { Person } from "./person.ts";

/** Ends the story unless what it promises holds. */
export function unless(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

export const euros = (amount: string) => ({ amount, currency: "EUR" });

/** The organisation that somebody buys for. */
export const clientOf = async ({ asks }: Person): Promise<string> => (await asks(readMe, {})).person?.buysFor[0]?.client ?? "";

type Days = Pick<AskedOf<typeof postJob>, "bidsUntil" | "startOn" | "endOn">;

/** Until when one bids, and from when to when one works, in days from now. */
export function daysFrom(now: Instant, [bids, start, end]: readonly [number, number, number]): Days {
  const day = (days: number): string => later(now, days * dayMs).slice(0, 10);
  return { bidsUntil: day(bids), startOn: day(start), endOn: day(end) };
}

export const jobFor = (client: string, title: string, price: string, days: Days): AskedOf<typeof postJob> => ({
  client,
  title,
  text: "Three sizes, ready for the printer.",
  language: "en",
  trade: "graphic design",
  price: euros(price),
  ...days,
});

/** The morning of the next such day of a month. */
export function nextMorning(now: Instant, dayOfMonth: number): Instant {
  let at = instant(`${now.slice(0, 10)}T09:00:00Z`);
  do at = later(at, dayMs);
  while (Number(at.slice(8, 10)) !== dayOfMonth);
  return at;
}
