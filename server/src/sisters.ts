// npm run sisters: three coops on one machine, each a process and a database of its own, that know each other over HTTP alone. With --story they are told.
import { join } from "node:path";
import { stopOnSignal } from "./main.ts";
import { buildWebIfStale } from "./platform/assets.ts";
import { configFaults } from "./platform/config.ts";
import { Halt } from "./platform/halt.ts";
import { ownFolder, secretAt } from "./platform/own.ts";
import { whenNpmEnds } from "./platform/parents.ts";
import { isFree, startPostgres } from "./platform/postgres.ts";
import { openSisters } from "./sisters/open.ts";
import { casts, originOf, places, type Place } from "./sisters/places.ts";
import { tellStory } from "./sisters/story/run.ts";

const folder = join(ownFolder, "sisters");

/** Enough of everything to look around in, and made in a minute. */
const size = { members: 30, clients: 8, jobsAMonth: 1.5 };

const say = (line: string): void => console.log(`  ${line}`);

/** Whoever finds a port taken has npm start open, or these coops already. */
async function mayOpen(): Promise<void> {
  for (const { port } of places)
    if (!(await isFree(port)))
      throw new Halt(`Somebody listens at port ${port} already: npm start with its demo, or these coops. End them first.`);
}

const lineOf = (place: Place): string => {
  const { name, country, letterhead, founder } = casts[place.coop].founding;
  return `  ${`${name}, ${letterhead.town} (${country})`.padEnd(34)}${originOf(place).padEnd(34)}board: ${founder.name}`;
};

function sayOpen(): void {
  console.log("");
  say("Three coops on this machine. Each is a process and a database of its own; they know each other over HTTP alone.\n");
  for (const place of places) say(lineOf(place));
  console.log("");
  say("Walk in as anyone: a client, a member, a treasurer, the board. Each coop follows the boards of the two others:");
  say("their jobs stand under /jobs, and /sisters says what is known of them.");
  say("Ctrl-C ends all three. Started again today they go on; tomorrow, or without .data/sisters, they begin anew.\n");
}

type Given = { readonly adminUrl: string; readonly secretOf: (place: Place) => string; readonly tell: (line: string) => void };
/** What runs, and when it is over: a story by itself, coops at work when one of them breaks. Answers the exit code. */
type Run = { readonly over: Promise<number>; readonly close: () => Promise<void> };

function atWork(given: Given): Run {
  const { ready, broken, close } = openSisters({ ...given, places, size, pages: buildWebIfStale() });
  const over = ready.then(async () => {
    sayOpen();
    await broken;
    say("One of the coops ended; so the others end too.");
    return 1;
  });
  return { over, close };
}

function inStory(given: Given): Run {
  const { done, close } = tellStory({ ...given, places: places.map((place) => ({ ...place, database: `story_${place.coop}` })) });
  const over = done.then((well) => {
    say(well ? "The story is told, and every sum is right." : "The story ends here.");
    return well ? 0 : 1;
  });
  return { over, close };
}

async function start(run: (given: Given) => Run): Promise<number> {
  await mayOpen();
  const { url: adminUrl, reused, stop } = await startPostgres(join(folder, "postgres"));
  const { over, close } = run({ adminUrl, secretOf: ({ coop }) => secretAt(join(folder, `${coop}.key`)), tell: say });
  const ended = Promise.withResolvers<never>();
  let ending = false;
  const end = stopOnSignal(async () => {
    ending = true;
    await close();
    await stop();
  });
  if (process.env["npm_lifecycle_event"] !== undefined) whenNpmEnds(end);
  try {
    return await over;
  } finally {
    // What breaks while a signal ends everything is its end, and the signal's to finish.
    if (ending) await ended.promise;
    await close();
    if (!reused) await stop();
  }
}

const [wish, ...more] = process.argv.slice(2);
if (more.length > 0 || (wish !== undefined && wish !== "--story")) {
  console.error("  npm run sisters, or npm run sisters -- --story");
  process.exit(2);
}
await start(wish === undefined ? atWork : inStory).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Halt ? `  ${error.message}` : configFaults(error));
    process.exit(1);
  },
);
