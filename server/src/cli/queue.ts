// What waits in the queue, what was given up, and giving it another chance.
import { deadErrands, retryDead, waitingErrands } from "../platform/queue/operate.ts";
import { onDatabase, reading } from "./database.ts";
import { somethingFound } from "./ends.ts";

const mostShown = 100;

/** How many errands wait in each queue, and since when. */
export async function queueList(): Promise<void> {
  const rows = await reading("app", waitingErrands);
  for (const { queue, state, errands, oldest } of rows) console.log(`${queue}  ${state}  ${errands}, the oldest of ${oldest}`);
  if (rows.length === 0) console.log("Nothing waits.");
}

/** What was given up, each with what went wrong the last time. */
export async function queueDead(): Promise<void> {
  const rows = await reading("app", (db) => deadErrands(db, mostShown));
  for (const { queue, type, fact, at, because } of rows)
    console.log(`${at}  ${queue}  ${type ?? "a fact"} ${fact}: ${because ?? "no reason was given"}`);
  if (rows.length === 0) return console.log("Nothing was given up.");
  process.exitCode = somethingFound;
}

/** Another twelve tries for all of it. */
export async function queueRetry(): Promise<void> {
  const returned = await onDatabase((_, ownerUrl) => retryDead(ownerUrl));
  console.log(returned === 0 ? "Nothing was given up." : `${returned} errands wait again in the queues they came from.`);
}
