// How many names a proposal needs: a part of the associates, and twice as many where members said no to the same not long ago.
import { daysLater } from "../../platform/calendar.ts";
import type { Instant } from "../../platform/time.ts";
import type { Bylaws } from "../../platform/bylaw.ts";
import { peopleNeeded } from "./majority.ts";

export type Carrying = {
  readonly threshold: Bylaws["proposal.sponsors"];
  readonly repeatDays: number;
  readonly associates: number;
  readonly zone: string;
  readonly now: Instant;
};

/** `repeatsUntil`: a text about the same was rejected, and until then it takes twice the names; never more than there are associates. */
export function namesNeeded(
  { threshold, repeatDays, associates, zone, now }: Carrying,
  rejectedAt: Instant | null,
): { readonly names: number; readonly repeatsUntil?: Instant } {
  const names = peopleNeeded(threshold, associates);
  const repeatsUntil = rejectedAt === null ? now : daysLater(rejectedAt, repeatDays, zone);
  return repeatsUntil > now ? { names: Math.min(names * 2, Math.max(associates, 1)), repeatsUntil } : { names };
}
