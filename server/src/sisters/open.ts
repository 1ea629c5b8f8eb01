// Opens the sisters: databases that keep each other out, today's demos in them, a process for each, and boards that follow each other.
import { dayOf } from "@partcommune/shared/platform/calendar";
import { demoMadeAt } from "../demo/keep.ts";
import type { Size } from "../demo/story.ts";
import { databaseApart, dropApart } from "../platform/apart.ts";
import { realClock } from "../platform/world.ts";
import { originOf, type Place } from "./places.ts";
import { startSister, type Sister, type Standing } from "./process.ts";

export type Opening = {
  /** The server's address for who may make databases and logins. */
  readonly adminUrl: string;
  readonly places: readonly Place[];
  readonly secretOf: (place: Place) => string;
  readonly size: Size;
  /** Comes before the doors open: the pages that are shown. */
  readonly pages: Promise<unknown>;
  readonly tell: (line: string) => void;
};

export type Opened = {
  /** Comes when all doors are open and the boards follow each other. */
  readonly ready: Promise<void>;
  /** Comes when one of them ended that nobody let go. */
  readonly broken: Promise<void>;
  readonly close: () => Promise<void>;
};

/** Starts them, and has them open their doors. Whoever waits in vain for that closes what was started. */
export function openSisters(opening: Opening): Opened {
  const sisters = opening.places.map(() => startSister());
  return {
    ready: madeReady(sisters, opening),
    broken: Promise.race(sisters.map(({ gone }) => gone)),
    close: async () => void (await Promise.all(sisters.map(({ letGo }) => letGo()))),
  };
}

async function madeReady(sisters: readonly Sister[], opening: Opening): Promise<void> {
  const { places, secretOf, size, pages, tell } = opening;
  const urls = await standingDatabases(opening);
  const standing = places.map((place, at): Standing => ({ ...place, databaseUrl: urls[at] ?? "", secret: secretOf(place) }));
  const each = (work: (sister: Sister, of: Standing) => Promise<unknown>): Promise<unknown> =>
    Promise.all(sisters.map((sister, at) => work(sister, standing[at] as Standing)));
  await each((sister, of) => sister.ask({ do: "make", size, ...of }));
  await pages;
  await each((sister, of) => sister.ask({ do: "open", ...of }));
  tell("Their doors are open, and their boards look for each other.");
  await each((sister, of) => sister.ask({ do: "follow", others: places.map(originOf).filter((origin) => origin !== originOf(of)) }));
}

/** The login's address of each database. Demos of another day, or not told to their end, are cleared away all together: who knows the others would know what is no more. */
async function standingDatabases({ adminUrl, places, tell }: Opening): Promise<readonly string[]> {
  const now = realClock();
  const urls = await inTurn(places, ({ database }) => databaseApart(adminUrl, database));
  const made = await Promise.all(urls.map(demoMadeAt));
  if (made.every((at) => at !== undefined && dayOf(at, "UTC") === dayOf(now, "UTC"))) return urls;
  tell("Three demos are being made, each with eighteen months behind it. It takes about a minute.");
  return inTurn(places, async ({ database }) => {
    await dropApart(adminUrl, database);
    return databaseApart(adminUrl, database);
  });
}

/** One after the other: what a server keeps of its roles is not changed by two at once. */
async function inTurn<Each, Result>(all: readonly Each[], work: (each: Each) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const each of all) results.push(await work(each));
  return results;
}
