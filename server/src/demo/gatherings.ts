// Where the demo's members meet: an evening that was, a lunch that is coming and full, and a workshop with room.
import { answerGathering, callGathering } from "@partcommune/shared/community/api";
import { dayAfter, dayOf, startOfDay } from "@partcommune/shared/platform/calendar";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { Instant } from "@partcommune/shared/platform/time";
import { onDay, type Agenda } from "./agenda.ts";
import type { Member } from "./people.ts";

type Told = { readonly agenda: Agenda; readonly members: readonly Member[] };
type Words = Pick<AskedOf<typeof callGathering>, "title" | "text" | "capacity" | "link" | "access">;

const zone = "Europe/Brussels";

const evening: Words = { title: "Soirée des nouveaux membres", text: "On se présente, on mange, on raconte sa première mission." };
const lunch: Words = {
  title: "Midi des traductrices et des traducteurs",
  text: "Apportez ce que vous lisez. Cette fois : **les contrats qu’on n’aurait pas dû signer**.",
  access: "Pas de marche à l’entrée.",
  capacity: 4,
};
const workshop: Words = {
  title: "Atelier : fixer son prix",
  text: "Deux heures avec une conseillère, à partir de vos propres devis.",
  link: "https://rencontres.example/prix",
  capacity: 30,
};

/** Gatherings around today, with those who said that they come. */
export function noteGatherings(told: Told, until: Instant): void {
  noteGathering(told, until, { calledBefore: 40, inDays: -12, words: evening, caller: 0, come: 5 });
  noteGathering(told, until, { calledBefore: 11, inDays: 6, words: lunch, caller: 1, come: 6 });
  noteGathering(told, until, { calledBefore: 5, inDays: 19, words: workshop, caller: 2, come: 3 });
}

type Planned = {
  readonly calledBefore: number;
  readonly inDays: number;
  readonly words: Words;
  readonly caller: number;
  readonly come: number;
};

function noteGathering({ agenda, members }: Told, until: Instant, { calledBefore, inDays, words, caller, come }: Planned): void {
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
      language: "fr",
      place: "Rue du Canal 7, Bruxelles",
    });
    gathering = told?.id ?? "";
  });
  for (let number = 0; number < come; number += 1)
    agenda.note(onDay(calledAt, 0, 1 + number), async () => {
      await members[number]?.does(answerGathering, { gathering, said: number % 5 === 4 ? "maybe" : "going" });
    });
}
