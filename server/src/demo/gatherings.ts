// Where the demo's members meet: an evening that was, a lunch that is coming and full, and a workshop with room.
import { answerGathering, callGathering } from "@partcommune/shared/community/api";
import { dayAfter, dayOf, startOfDay } from "@partcommune/shared/platform/calendar";
import type { Instant } from "@partcommune/shared/platform/time";
import { onDay, type Agenda } from "./agenda.ts";
import type { Member } from "./people.ts";
import type { Stage } from "./stage.ts";
import type { GatheringWords } from "./words.ts";

type Told = { readonly stage: Stage; readonly agenda: Agenda; readonly members: readonly Member[] };

/** Gatherings around today, with those who said that they come. */
export function noteGatherings(told: Told, until: Instant): void {
  const { evening, meal, workshop } = told.stage.cast.words.gatherings;
  noteGathering(told, until, { calledBefore: 40, inDays: -12, words: evening, caller: 0, come: 5 });
  noteGathering(told, until, { calledBefore: 11, inDays: 6, words: meal, caller: 1, come: 6 });
  noteGathering(told, until, { calledBefore: 5, inDays: 19, words: workshop, caller: 2, come: 3 });
}

type Planned = {
  readonly calledBefore: number;
  readonly inDays: number;
  readonly words: GatheringWords["evening"];
  readonly caller: number;
  readonly come: number;
};

function noteGathering({ stage, agenda, members }: Told, until: Instant, { calledBefore, inDays, words, caller, come }: Planned): void {
  const { language, founding, words: said } = stage.cast;
  const { zone } = founding;
  const today = dayOf(until, zone);
  const day = dayAfter(today, inDays);
  const calledAt = onDay(startOfDay(today, zone), -calledBefore, 9);
  let gathering = "";
  agenda.note(calledAt, async () => {
    const hours = { begins: `${day}T12:30`, ends: `${day}T14:30` };
    const told = await members[caller]?.does(callGathering, {
      ...words,
      ...hours,
      zone,
      language,
      place: said.gatherings.place,
    });
    gathering = told?.id ?? "";
  });
  for (let number = 0; number < come; number += 1)
    agenda.note(onDay(calledAt, 0, 1 + number), async () => {
      await members[number]?.does(answerGathering, { gathering, said: number % 5 === 4 ? "maybe" : "going" });
    });
}
