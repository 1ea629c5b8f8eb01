// The clock of each guaranteed payment to a member, by the calendar its last day was reckoned by.
import type { readProtection } from "@partcommune/shared/mutual/api/protection";
import {
  calendarCode,
  calendarOf,
  dayAfter,
  dayOf,
  isWeekend,
  workingDaysBetween,
  type Calendar,
} from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { isBefore, type Day } from "@partcommune/shared/platform/time";
import type { OwedToMember } from "../../money/index.ts";
import { daysOf, regionNamed, type NamedDay } from "../../platform/calendar/store.ts";
import type { View, WorkKnown } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";

export type Clock = NonNullable<AnswerOf<typeof readProtection>["items"][number]["payments"][number]["clock"]>;

type Works = ReadonlyMap<Id, WorkKnown>;

/** Tells the clock of each of these payments; of what is not guaranteed there is none. */
export async function clocks(
  view: View,
  payments: readonly OwedToMember[],
  works: Works,
): Promise<(payment: OwedToMember) => Clock | undefined> {
  const { zone } = await bookOf(view.db);
  const kept = await keptFor(view, payments);
  return (payment) => {
    const approvedAt = works.get(payment.engagement)?.approvedAt.get(payment.milestone);
    const approvedOn = approvedAt === undefined ? payment.issuedOn : dayOf(approvedAt, zone);
    return clock(payment, approvedOn, kept, dayOf(view.now, zone));
  };
}

/** From the day of approval, which is day 0, to the last day. */
function clock({ guarantee, paidOn }: OwedToMember, approvedOn: Day, kept: Kept, today: Day): Clock | undefined {
  if (guarantee === undefined) return undefined;
  const { dueOn, calendar: name, reckonedAt } = guarantee;
  const { called, days } = kept.get(calendarCode(name)) ?? { days: [] };
  const known = days.filter(({ enteredAt }) => enteredAt === null || isBefore(enteredAt, reckonedAt));
  const calendar = calendarOf(known);
  const until = [paidOn ?? today, dueOn].toSorted()[0] ?? dueOn;
  const between = unlikeTheWeek(known, calendar).filter(({ on }) => on > approvedOn && on <= dueOn);
  return {
    approvedOn,
    dueOn,
    workingDays: workingDaysBetween(approvedOn, dueOn, calendar),
    counted: workingDaysBetween(approvedOn, until, calendar),
    country: name.country,
    ...(called === undefined ? {} : { region: called }),
    closed: between.filter(({ on }) => !isWeekend(on)),
    worked: between.filter(({ on }) => isWeekend(on)),
  };
}

/** The days that are not as the week alone would have them, each by its name; where a region has one of its own, by that. */
const unlikeTheWeek = (days: readonly NamedDay[], calendar: Calendar): readonly { readonly on: Day; readonly name: string }[] =>
  Array.from(new Map(days.map(({ day, name }) => [day, name])), ([on, name]) => ({ on, name })).filter(
    ({ on }) => calendar.get(on) === isWeekend(on),
  );

type Kept = ReadonlyMap<string, { readonly called: string | undefined; readonly days: readonly NamedDay[] }>;

/** The calendars these payments were reckoned by, for the time that their clocks run. */
async function keptFor(view: View, payments: readonly OwedToMember[]): Promise<Kept> {
  const guarantees = payments.flatMap(({ guarantee }) => guarantee ?? []);
  const last = maxDay(guarantees.map(({ dueOn }) => dueOn));
  const first = payments.map(({ issuedOn }) => issuedOn).toSorted()[0];
  const kept = new Map<string, { readonly called: string | undefined; readonly days: readonly NamedDay[] }>();
  if (first === undefined || last === undefined) return kept;
  for (const name of new Map(guarantees.map(({ calendar }) => [calendarCode(calendar), calendar])).values()) {
    // Approval by silence may be booked some days after the instant it is dated by.
    const days = await daysOf(view, name, dayAfter(first, -31), last);
    kept.set(calendarCode(name), { called: await regionNamed(view, name), days });
  }
  return kept;
}

const maxDay = (days: readonly Day[]): Day | undefined => days.toSorted().at(-1);
