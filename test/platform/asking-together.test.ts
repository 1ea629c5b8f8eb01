// Many who ask at once: alone nobody waits, a crowd makes few trips, and nobody fails for another.
import { setImmediate as aMoment } from "node:timers/promises";
import { test } from "tap";
import { openPassage } from "@partcommune/server/platform/passage";
import { inTurns, together } from "@partcommune/server/platform/together";

test("what comes in one turn goes together, and what comes meanwhile as the next, each answered in its place", async (t) => {
  const asked: (readonly number[])[] = [];
  const twice = together<number, number>(3, async (items) => {
    asked.push(items);
    await aMoment();
    return items.map((item) => item * 2);
  });
  const crowd = [1, 2, 3, 4, 5].map((item) => twice(item));
  const late = aMoment().then(() => twice(7));
  t.same(await Promise.all([...crowd, late]), [2, 4, 6, 8, 10, 14]);
  t.same(
    asked,
    [
      [1, 2, 3],
      [4, 5, 7],
    ],
    "never more than three",
  );
  t.equal(await twice(6), 12, "and afterwards it is asked for at once");
});

test("where a crowd fails, each is asked for alone", async (t) => {
  const asked: number[] = [];
  const odd = together<number, string>(10, async (items) => {
    asked.push(items.length);
    await aMoment();
    if (items.includes(3)) throw new Error("no three");
    return items.map(String);
  });
  const answers = await Promise.allSettled([1, 2, 3, 4].map((item) => odd(item)));
  t.same(
    answers.map((answer) => (answer.status === "fulfilled" ? answer.value : "failed")),
    ["1", "2", "failed", "4"],
  );
  t.same(asked, [4, 1, 1, 1, 1]);
});

test("so many act at once; a turn passes on, also from one that failed", async (t) => {
  const inTurn = inTurns(2);
  let [acting, most] = [0, 0];
  const act = (fails: boolean) =>
    inTurn(async () => {
      acting += 1;
      most = Math.max(most, acting);
      await aMoment();
      acting -= 1;
      if (fails) throw new Error("failed");
      return "done";
    });
  const answers = await Promise.allSettled([false, true, false, true, false].map(act));
  t.same(
    answers.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"],
  );
  t.same([most, acting], [2, 0]);
  t.equal(await act(false), "done", "all turns are free again");
});

test("who waits at a door goes first, though not for ever", async (t) => {
  const moments: (() => void)[] = [];
  const passage = openPassage({ pause: () => new Promise((over) => void moments.push(over)) });
  const told: string[] = [];
  const work = (name: string): Promise<void> => passage.free().then(() => void told.push(name));
  await work("nobody waits");
  const doors = ["first", "second"].map(() => Promise.withResolvers<void>());
  const answers = doors.map(({ promise }) => passage.pass(() => promise));
  const behind = work("behind both");
  doors[0]?.resolve();
  await answers[0];
  t.same(told, ["nobody waits"], "one is still being answered");
  doors[1]?.reject(new Error("no database"));
  await t.rejects(answers[1] ?? Promise.resolve());
  await behind;
  void passage.pass(() => new Promise<never>(() => undefined));
  const patient = work("behind one that hangs");
  moments.forEach((over) => over());
  await patient;
  t.same(told, ["nobody waits", "behind both", "behind one that hangs"]);
});
