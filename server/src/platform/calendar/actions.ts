// The verb of calendars: the operator enters days ahead; those that are kept stay.
import { z } from "zod";
import { CountryCode, RegionCode } from "@partcommune/shared/platform/api/calendar";
import { DayText, Line } from "@partcommune/shared/platform/api";
import { calendarOf, dayOf, type Calendar } from "@partcommune/shared/platform/calendar";
import { objectionToDay, objectionToMoved } from "@partcommune/shared/platform/rules/calendar";
import { Rehearsed } from "../imports/bring.ts";
import { refuseIf } from "../refused.ts";
import { viewOf, type Action, type Scope } from "../scope.ts";
import { bookOf } from "../store.ts";
import { daysOf, saveDays } from "./store.ts";

const NewDay = z.strictObject({
  country: CountryCode,
  region: z.union([RegionCode, z.literal(["", "TARGET"])]),
  called: z.string().max(120),
  day: DayText,
  rests: z.boolean(),
  name: Line(120),
  source: Line(200),
});

const Entered = z.object({ written: z.int() });

export const enteringDays = {
  name: "pack calendar",
  input: z.strictObject({
    known: z.array(NewDay).meta({ description: "as a list of public holidays has them" }),
    moved: z.array(NewDay).meta({ description: "by hand, beside them: a decree moves a working day" }),
    dry: z.boolean().meta({ description: "say what would be entered, and enter nothing" }),
  }),
  answer: Entered,
  status: 200,
};

type Entering = z.output<typeof enteringDays.input>;
type Entry = Entering["moved"][number];

const isSame = (one: Entry, other: Entry): boolean => one.country === other.country && one.region === other.region && one.day === other.day;

/** Enters days of calendars that are still to come. Of one that is kept already nothing changes, so that a second time is harmless. */
export const enterDays: Action<Entering, z.output<typeof Entered>> = async (scope, { known, moved, dry }) => {
  const today = dayOf(scope.now, (await bookOf(scope.tx)).zone);
  for (const { day } of [...known, ...moved]) refuseIf(objectionToDay(day, today));
  for (const each of moved) refuseIf(objectionToMoved(each, await withoutIt(scope, each, known)));
  const all = [...known.filter((each) => !moved.some((other) => isSame(each, other))), ...moved];
  const written = await saveDays(scope, all);
  if (dry) throw new Rehearsed({ written });
  const countries = [...new Set(all.map(({ country }) => country))];
  if (written > 0)
    scope.emit({ type: "calendar.entered", subject: scope.id(), body: { countries, days: written }, about: ["desk:branches"] });
  return { written };
};

/** What a day would be if nobody had moved it. */
async function withoutIt(scope: Scope, { country, region, day }: Entry, known: readonly Entry[]): Promise<Calendar> {
  const kept = await daysOf(viewOf(scope), { country, region }, day, day);
  const listed = known.filter((each) => each.country === country && each.day === day && ["", region].includes(each.region));
  return calendarOf([...kept.filter((each) => each.region !== region), ...listed]);
}
