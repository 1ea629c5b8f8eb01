// One lane of a test run: tells the files it is asked for, one after another in one process, so that what they all load is loaded once and stays warm.
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { t } from "tap";
import { told } from "./support/lane.ts";
import { closeBrowser } from "./support/browser.ts";

const root = join(import.meta.dirname, "..");

/** The tests of a file that have not ended. */
const open = new Set<unknown>();
t.on("subtestAdd", (each) => void open.add(each)).on("subtestEnd", (each) => void open.delete(each));

/** Tells a file to its end; one that cannot be loaded has failed. */
async function tell(file: string): Promise<void> {
  // Counted from now on, so that each file has all of it.
  t.setTimeout(Number(process.env["TAP_TIMEOUT"]) * 1_000);
  await import(join(root, file)).catch((error: Error) => t.test("cannot be loaded", () => Promise.reject(error)));
  while (open.size > 0) await once(t, "subtestEnd");
  // Beside what TAP says, which keeps its last comment back until another line follows.
  while (process.stdout.writableNeedDrain) await once(process.stdout, "drain");
  process.stdout.write(`${told}${file}\n`);
}

for await (const file of createInterface({ input: process.stdin })) await tell(file);
await closeBrowser();
