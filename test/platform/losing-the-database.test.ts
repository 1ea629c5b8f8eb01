// The database may go away at any moment: callers are told to try again, nothing is half done, and everything works once it is back.
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { test, type Test } from "tap";
import { z } from "zod";
import { readCoop } from "@partcommune/shared/platform/api";
import { operator } from "@partcommune/shared/platform/actor";
import { askToSignUp } from "@partcommune/shared/membership/api";
import { openClient } from "@partcommune/server/platform/database";
import { openHints, type Hint } from "@partcommune/server/platform/hints";
import { nothingReached, type Failpoint } from "@partcommune/server/platform/world";
import { openVirtual } from "@partcommune/server/platform/queue/virtual";
import { refused } from "../support/book.ts";
import { openCoop, type TestCoop } from "../support/coop.ts";
import { freshDatabase } from "../support/database.ts";
import { founder } from "../support/people.ts";
import { openWire, type Wire } from "../support/proxy.ts";

/** A coop whose wire to the database can be cut. */
async function wired(
  t: Test,
  reach: (wire: Wire, point: Failpoint) => void = () => undefined,
): Promise<{ readonly coop: TestCoop; readonly wire: Wire }> {
  const database = await freshDatabase();
  t.teardown(database.drop);
  const wire = await openWire(t, database.url);
  const coop = await openCoop(t, { world: { databaseUrl: wire.url, reach: (point) => reach(wire, point) } });
  return { coop, wire };
}

test("an act whose connection is cut is refused with try-again, and the same key does it afterwards", async (t) => {
  const { coop, wire } = await wired(t);
  await founder(coop);
  const verb = { name: "TEST", input: z.strictObject({}), answer: z.object({}), status: 200 };
  const act = (cut: boolean) =>
    coop.perform(
      operator,
      verb,
      async ({ tx, emit, id }) => {
        if (cut) await wire.cut();
        await sql`select 1`.execute(tx);
        emit({ type: "letter.written", subject: id(), body: { kind: "code" }, about: [] });
        return {};
      },
      {},
      { key: "cut", cause: "test" },
    );
  await t.rejects(act(true), refused("try-again"));
  await wire.mend();
  t.match(await act(false), { status: 200, repeated: false });
  t.match(await act(false), { status: 200, repeated: true });
});

test("an act whose commit is done and not heard of is done once: its repeat gets the answer", async (t) => {
  let armed = false;
  const { coop, wire } = await wired(t, (wire_, point) => void (armed && point === "key-kept" && wire_.deafen()));
  await founder(coop);
  const asked = { name: "Stranger", email: "stranger@people.example", language: "en" } as const;
  const letters = async () =>
    (await coop.db.selectFrom("platform.letter").select("id").where("to_address", "=", asked.email).execute()).length;
  armed = true;
  const lost = coop.someone().call(askToSignUp, asked, "unheard");
  await pause(500);
  armed = false;
  await wire.cut();
  t.same([(await lost).status, (await lost).problem], [503, "try-again"], "its outcome is not known");
  await wire.mend();
  t.equal(await letters(), 1, "it was done all the same");
  const again = await coop.someone().call(askToSignUp, asked, "unheard");
  t.same([again.status, again.headers["idempotent-replayed"], await letters()], [202, "true", 1]);
});

test("while the database is away reads and writes say try-again, and afterwards they work", async (t) => {
  const { coop, wire } = await wired(t);
  const caller = await founder(coop);
  const asked = { name: "Stranger", email: "stranger@people.example", language: "en" } as const;
  await wire.cut();
  for (const time of ["first", "second"]) {
    const [read, write] = [await caller.call(readCoop, {}), await caller.call(askToSignUp, asked, "away")];
    t.same([read.status, read.problem, read.headers["retry-after"]], [503, "try-again", "1"], time);
    t.same([write.status, write.problem, write.headers["retry-after"]], [503, "try-again", "1"], time);
  }
  await wire.mend();
  t.equal((await caller.call(readCoop, {})).status, 200);
  t.equal((await caller.call(askToSignUp, asked, "away")).status, 202);
});

test("hints are heard again after the connection that listens was lost", async (t) => {
  const database = await freshDatabase();
  t.teardown(database.drop);
  const wire = await openWire(t, database.url);
  const heard: Hint[] = [];
  const wait = async (ms: number): Promise<void> => void (await pause(ms));
  const hints = await openHints(
    () => openClient(wire.url, "app"),
    openVirtual(),
    { pause: wait, reach: nothingReached },
    () => undefined,
  );
  t.teardown(hints.close);
  hints.hear((hint) => heard.push(hint));
  const given = async (topic: string, within: number): Promise<boolean> => {
    hints.give([{ topic, type: "job.opened" }], []);
    for (let tries = 0; tries < within / 20 && !heard.some((hint) => hint.topic === topic); tries += 1) await pause(20);
    return heard.some((hint) => hint.topic === topic);
  };
  t.ok(await given("job:1", 5_000), "at first");
  await wire.cut();
  t.notOk(await given("job:2", 200), "while nobody listens");
  await wire.mend();
  for (let tries = 0; tries < 250 && !heard.some(({ topic }) => topic === "*"); tries += 1) await pause(20);
  t.ok(
    heard.some(({ topic }) => topic === "*"),
    "what was missed is not known, so everybody is told to look again",
  );
  t.ok(await given("job:3", 5_000), "and hints come as before");
});
