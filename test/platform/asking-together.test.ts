// Many who ask at once: alone nobody waits, a crowd makes few trips, and nobody fails for another.
import { setImmediate as aMoment } from "node:timers/promises";
import { test } from "tap";
import { inTurns, together } from "@partcommune/server/platform/together";

test("what comes while another is asked for goes together as the next, each answered in its place", async (t) => {
  const asked: (readonly number[])[] = [];
  const twice = together<number, number>(3, async (items) => {
    asked.push(items);
    await aMoment();
    return items.map((item) => item * 2);
  });
  t.same(await Promise.all([1, 2, 3, 4, 5].map((item) => twice(item))), [2, 4, 6, 8, 10]);
  t.same(asked, [[1], [2, 3, 4], [5]], "never more than three");
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
  t.same(asked, [1, 3, 1, 1, 1]);
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
