// When mail of a notice may leave: after the quiet hours, or at eight in the morning, on the person's own clock. Only the server loads this room.
import { isQuiet, type Quiet, type Rhythm } from "./rules/notices.ts";
import { instant, type Instant } from "./time.ts";

const digestHour = 8;

/** When a notice of this rhythm leaves; undefined for never. */
export function mailAt(now: Instant, rhythm: Rhythm, zone: string, quiet: Quiet | undefined): Instant | undefined {
  if (rhythm === "never") return undefined;
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
  if (rhythm === "atOnce") return quiet && isQuiet(quiet, timeOf(here)) ? instantOf(next(here, quiet.to)) : now;
  const morning = next(here, `0${digestHour}:00`);
  return instantOf(rhythm === "daily" ? morning : morning.add({ days: (8 - morning.dayOfWeek) % 7 }));
}

const timeOf = (at: Temporal.ZonedDateTime): string => at.toPlainTime().toString({ smallestUnit: "minute" });

/** The first time it is this time of day after an instant. */
function next(after: Temporal.ZonedDateTime, time: string): Temporal.ZonedDateTime {
  const today = after.withPlainTime(Temporal.PlainTime.from(time));
  return Temporal.ZonedDateTime.compare(today, after) > 0 ? today : after.add({ days: 1 }).withPlainTime(Temporal.PlainTime.from(time));
}

const instantOf = (at: Temporal.ZonedDateTime): Instant => instant(at.toInstant().toString());
