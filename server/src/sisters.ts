// npm run sisters: three coops on one machine, each a process and a database of its own, that know each other over HTTP alone.
import { join } from "node:path";
import { stopOnSignal } from "./main.ts";
import { buildWebIfStale } from "./platform/assets.ts";
import { configFaults } from "./platform/config.ts";
import { Halt } from "./platform/halt.ts";
import { ownFolder, secretAt } from "./platform/own.ts";
import { whenNpmEnds } from "./platform/parents.ts";
import { isFree, startPostgres } from "./platform/postgres.ts";
import { openSisters, type Opened } from "./sisters/open.ts";
import { casts, originOf, places, type Place } from "./sisters/places.ts";

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

async function start(): Promise<void> {
  await mayOpen();
  const pages = buildWebIfStale();
  const { url: adminUrl, reused, stop } = await startPostgres(join(folder, "postgres"));
  let opened: Opened | undefined;
  const closed = async (): Promise<void> => {
    await opened?.close();
    await stop();
  };
  let ended = false;
  const end = stopOnSignal(() => {
    ended = true;
    return closed();
  });
  if (process.env["npm_lifecycle_event"] !== undefined) whenNpmEnds(end);
  try {
    const secretOf = ({ coop }: Place): string => secretAt(join(folder, `${coop}.key`));
    opened = openSisters({ adminUrl, places, secretOf, size, pages, tell: say });
    await opened.ready;
    sayOpen();
    await opened.broken;
    throw new Halt("One of the coops ended; so the others end too.");
  } catch (error) {
    // What breaks while all is being ended is its end.
    if (ended) return;
    await (reused ? opened?.close() : closed());
    throw error;
  }
}

await start().catch((error: unknown) => {
  console.error(error instanceof Halt ? `  ${error.message}` : configFaults(error));
  process.exit(1);
});
