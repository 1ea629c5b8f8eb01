// When a closed job ends: until when it can be opened again, and when it lapses.
import { lapseDays, reopenDays } from "@partcommune/shared/marketplace/rules/posted";
import { daysLater } from "@partcommune/shared/platform/calendar";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Ending } from "../store/posted.ts";

/** The limits of a job that closed at an instant, by the clocks of its zone. */
export const endingFrom = (closedAt: Instant, zone: string): Ending => ({
  reopenUntil: daysLater(closedAt, reopenDays, zone),
  lapsesAt: daysLater(closedAt, lapseDays, zone),
});
