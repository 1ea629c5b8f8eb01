// When the letter about a found job leaves. Only the server asks: it reckons with zones.
import { atHour, dayAfter, dayOf, weekdayOf } from "../../platform/calendar.ts";
import type { Instant } from "../../platform/time.ts";
import type { Rhythm } from "./saved-search.ts";

const morning = 7;

/** The instant from which a job found now is told: now, the next morning at seven, or that of the next Monday, by the coop's clocks. */
export function tellAt(rhythm: Rhythm, now: Instant, zone: string): Instant {
  if (rhythm === "atOnce") return now;
  const today = dayOf(now, zone);
  for (let days = 0; ; days += 1) {
    const day = dayAfter(today, days);
    const at = atHour(day, morning, zone);
    if (at > now && (rhythm === "daily" || weekdayOf(day) === 1)) return at;
  }
}
