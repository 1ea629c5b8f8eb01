// A neighbourhood of coops through virtual days, from a terminal: for whoever changes what coops tell each other.
import { queues } from "../app.ts";
import { migrate } from "../platform/migrate.ts";
import { foundNeighbourhood } from "../simulation/neighbourhood.ts";
import { simulate as simulated } from "../simulation/simulate.ts";
import { onOwnServer } from "./database.ts";
import { somethingFound } from "./ends.ts";

type Asked = { readonly coops: number; readonly seed: string; readonly hours: number };

/** So much happens in a coop on a day. */
const actsOfACoop = 12;

/** On the bundled server, in databases that are gone afterwards. */
export async function simulate({ coops, seed, hours }: Asked): Promise<void> {
  await onOwnServer(async (own) => {
    const names = Array.from({ length: coops }, (_, at) => `simulated_${at + 1}` as const);
    try {
      const databases: string[] = [];
      for (const name of names) {
        await own.drop(name);
        databases.push(await own.database(name));
      }
      for (const url of databases) await migrate(url, queues);
      await foundNeighbourhood(databases);
      const { did, jobs, shared, calls, wrong } = await simulated({ databases, seed, hours, actsPerDay: coops * actsOfACoop });
      console.log(`${coops} coops, ${hours} hours, seed ${seed}, ${jobs} jobs open in the end.`);
      console.log(`What people did: ${listed(did)}.`);
      console.log(`What coops share: ${listed(shared)}.`);
      console.log(`Calls: ${listed(calls)}.`);
      for (const line of wrong) console.log(`WRONG  ${line}`);
      console.log(wrong.length === 0 ? "All know the same." : `${wrong.length} differences.`);
      if (wrong.length > 0) process.exitCode = somethingFound;
    } finally {
      for (const name of names) await own.drop(name);
    }
  });
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
