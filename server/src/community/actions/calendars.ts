// The secret link of a person's calendar, and the files calendars read.
import ical, { ICalEventStatus } from "ical-generator";
import { tzlib_get_ical_block } from "timezones-ical-library";
import type * as api from "@partcommune/shared/community/api";
import { clockAt, instantShown } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Instant } from "@partcommune/shared/platform/time";
import { personActing } from "../../platform/acting.ts";
import type { File } from "../../platform/doors.ts";
import type { Action } from "../../platform/scope.ts";
import { renewCalendar, type Dated, type Dates } from "../store/calendars.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Makes the link of one's calendar, or another one. */
export const renewCalendarLink: Act<typeof api.renewCalendarLink> = async (scope) => {
  const person = personActing(scope.actor);
  const link = await renewCalendar(scope, person);
  scope.emit({ type: "calendar.renewed", subject: person, body: {}, about: [`person:${person}`] });
  return { link };
};

/** Prints gatherings as a file that calendars read (RFC 5545), each by the clocks of its own zone. */
export async function printCalendar({ coop, origin, dates }: Dates): Promise<File> {
  const calendar = ical({
    name: coop,
    prodId: { company: "Partcommune", product: "gatherings" },
    // Without a zone of its own the calendar writes its stamps in UTC, as the RFC asks.
    timezone: { name: null, generator: (zone) => tzlib_get_ical_block(zone)[0] ?? null },
  });
  for (const date of dates) calendar.createEvent(eventOf(date, origin));
  return { name: "gatherings.ics", bytes: Buffer.from(calendar.toString()) };
}

function eventOf(date: Dated, origin: string) {
  const { id, title, text, place, link, version, changedAt } = date;
  const zone = zoneFor(date);
  const at = (when: Instant, in_: string) => Temporal.Instant.from(when).toZonedDateTimeISO(in_);
  return {
    id: `${id}@${new URL(origin).hostname}`,
    start: at(date.from, zone),
    end: at(date.until, zone),
    ...(zone === "UTC" ? {} : { timezone: zone }),
    stamp: at(changedAt, "UTC"),
    sequence: Number(version) - 1,
    summary: title,
    description: link === null ? text : `${link}\n\n${text}`,
    ...(place === null ? {} : { location: place }),
    url: `${origin}/${date.language}/gatherings/${id}`,
    status: statusOf(date),
  };
}

/** Calendars read an hour that the clocks show twice as the first of the two: what begins or ends in the second is told in UTC. */
function zoneFor({ from, until, zone }: Dated): string {
  const isFirst = (at: Instant): boolean => instantShown(clockAt(at, zone), zone) === minute(at);
  return isFirst(from) && isFirst(until) ? zone : "UTC";
}

const minute = (at: Instant): Instant => `${at.slice(0, 16)}:00.000Z` as Instant;

function statusOf({ cancelled, said }: Dated): ICalEventStatus {
  if (cancelled) return ICalEventStatus.CANCELLED;
  return said === "maybe" || said === "offered" ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;
}
