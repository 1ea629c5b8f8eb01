// The coop and its database are killed by turns while people work: nothing acknowledged is lost, nothing is done twice, and the book agrees with itself. `npm run drill` is the long form.
import { test } from "tap";
import { drill, type Kill } from "../drill/drill.ts";

test("five kills lose and double nothing", { timeout: 110_000 }, async (t) => {
  const kills: readonly Kill[] = [
    { server: "key-kept", after: 0 }, // the founding itself
    { database: "immediate stop" },
    { server: "committed", after: 5 },
    { server: "number-taken", after: 0 },
    { database: "kill -9 of every process" },
  ];
  const callers = { posters: 2, bidders: 3, bookers: 4 };
  const found = await drill({ name: "test", durable: true, callers, kills, between: 30 }, (line) => t.comment(line));
  t.same(found.lost, [], "every acknowledged act is there");
  t.same(found.doubled, [], "and there once");
  t.same(found.wrong, [], "repeats are answered alike, every fact has its errand, checks and seals hold");
  t.same(found.unexpected, [], "no answer was a fault of ours");
  t.ok(found.retried > 0, `${found.retried} acts were repeated because a kill left them open`);
  t.ok(found.done >= 5 * 30, `${found.done} acts were acknowledged`);
});
