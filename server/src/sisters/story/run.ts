// Tells the story: three coops founded today in databases of their own, one step after the other, until the sums are right or a step fails.
import { databaseApart, dropApart } from "../../platform/apart.ts";
import { realClock } from "../../platform/world.ts";
import { startSister, type Sister } from "../process.ts";
import type { Place } from "../places.ts";
import { openHouse, together, type Houses } from "./house.ts";
import { tale } from "./tale.ts";

export type Telling = {
  readonly adminUrl: string;
  readonly places: readonly Place[];
  readonly secretOf: (place: Place) => string;
  readonly tell: (line: string) => void;
};

export type Told = {
  /** Whether every step came out as it should. */
  readonly done: Promise<boolean>;
  readonly close: () => Promise<void>;
};

export function tellStory(telling: Telling): Told {
  const sisters = telling.places.map(() => startSister());
  const close = async (): Promise<void> => {
    await Promise.all(sisters.map(({ letGo }) => letGo()));
    for (const { database } of telling.places) await dropApart(telling.adminUrl, database);
  };
  return { done: told(sisters, telling), close };
}

async function told(sisters: readonly Sister[], { adminUrl, places, secretOf, tell }: Telling): Promise<boolean> {
  const begins = realClock();
  const urls: string[] = [];
  for (const { database } of places) {
    await dropApart(adminUrl, database);
    urls.push(await databaseApart(adminUrl, database));
  }
  tell("Three coops are founded, each a process and a database of its own. Their clocks run together, from today on.");
  const opening = places.map((place, at) =>
    openHouse(place, { databaseUrl: urls[at] ?? "", secret: secretOf(place) }, begins, sisters[at] as Sister),
  );
  const houses = together(await Promise.all(opening), begins);
  for (const { name, origin, associates } of houses.all) tell(`   ${name}: ${associates.length} associates, ${origin}`);
  return steps(houses, tell);
}

async function steps(houses: Houses, tell: (line: string) => void): Promise<boolean> {
  for (const [at, { title, does }] of tale.entries()) {
    tell(`${at + 1}. ${title}`);
    try {
      await houses.comeBack();
      for (const line of await does(houses)) tell(`   ${line}`);
    } catch (error) {
      tell(`   This step failed: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }
  return true;
}
