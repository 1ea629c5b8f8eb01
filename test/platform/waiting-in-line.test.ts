// When the database is busy, locked or torn between two acts: who can be helped is tried again, who cannot is told to come back, and nothing is left behind.
import { sql, type Kysely } from "kysely";
import { setTimeout as pause } from "node:timers/promises";
import { test, type Test } from "tap";
import { z } from "zod";
import { operator } from "@partcommune/shared/platform/actor";
import { Nothing, readCoop } from "@partcommune/shared/platform/api";
import { askToSignUp } from "@partcommune/shared/membership/api";
import type { Scope } from "@partcommune/server/platform/scope";
import { refused } from "../support/book.ts";
import { openCoop, type TestCoop } from "../support/coop.ts";
import { ownerOf } from "../support/owner.ts";
import { founder } from "../support/people.ts";

const verb = { name: "test.act", input: z.strictObject({}), answer: Nothing, status: 200 };

/** Does something in an act of its own, and counts how often it was begun. */
function acting({ perform }: TestCoop, key: string, work: (scope: Scope, time: number) => Promise<unknown>) {
  const told = { times: 0 };
  const done = perform(operator, verb, async (scope) => (await work(scope, (told.times += 1)), {}), {}, { key, cause: "test" });
  return { done, told };
}

const torn = (state: string) => sql`do $$ begin raise exception using errcode = ${sql.raw(`'${state}'`)}, message = 'torn'; end $$`;

test("a torn act is tried five times and no more, and one that goes through in the end is done once", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  for (const state of ["40001", "40P01"]) {
    const twice = acting(coop, `twice ${state}`, async ({ tx }, time) => (time > 2 ? undefined : torn(state).execute(tx)));
    t.match([await twice.done, twice.told], [{ status: 200, repeated: false }, { times: 3 }], state);
    const never = acting(coop, `never ${state}`, async ({ tx }) => torn(state).execute(tx));
    await t.rejects(never.done, refused("try-again"), state);
    t.equal(never.told.times, 5, state);
  }
});

test("two acts that lock each other's rows are both done", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const [one, other] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const held = new Map([
    [1, one],
    [2, other],
  ]);
  const locked = async ({ tx }: Scope, first: number, second: number): Promise<void> => {
    await sql`select pg_advisory_xact_lock(${first})`.execute(tx);
    held.get(first)?.resolve(undefined);
    await held.get(second)?.promise; // neither goes on before the other stands in the way
    await sql`select pg_advisory_xact_lock(${second})`.execute(tx);
  };
  const acts = [acting(coop, "one", (scope) => locked(scope, 1, 2)), acting(coop, "other", (scope) => locked(scope, 2, 1))];
  for (const { done } of acts) t.match(await done, { status: 200, repeated: false });
  t.ok(
    acts.some(({ told }) => told.times > 1),
    "the database ended one of the two, and it was tried again",
  );
});

test("a statement that runs too long and an act that sleeps in its transaction are ended, once, and leave nothing", async (t) => {
  const coop = await openCoop(t, { settings: { poolSize: 2 } });
  await founder(coop);
  const slow = acting(coop, "slow", async ({ tx }) => {
    await sql`set local statement_timeout = 100`.execute(tx);
    await sql`select pg_sleep(5)`.execute(tx);
  });
  await t.rejects(slow.done, refused("try-again"));
  const asleep = acting(coop, "asleep", async ({ tx }) => {
    await sql`set local idle_in_transaction_session_timeout = 100`.execute(tx);
    await pause(400);
    await sql`select 1`.execute(tx);
  });
  await t.rejects(asleep.done, refused("try-again"));
  t.same([slow.told.times, asleep.told.times], [1, 1]);
  await allWell(t, coop);
});

/** Many at once are answered by few connections, so none has leaked; and nobody is still in a transaction. */
async function allWell(t: Test, coop: TestCoop): Promise<void> {
  const answers = await Promise.all(Array.from({ length: 30 }, () => coop.someone().call(readCoop, {})));
  t.ok(
    answers.every(({ status }) => status === 200),
    "thirty at once are answered",
  );
  const owner: Kysely<never> = await ownerOf(t, coop);
  const { rows } =
    await sql`select query from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`.execute(owner);
  t.same(rows, [], "no transaction is left open");
}

const asked = { name: "Stranger", email: "stranger@people.example", language: "en" } as const;

test("who waits for a lock or a connection for too long is told to come back, and then is served", { timeout: 60_000 }, async (t) => {
  await Promise.all([lockedOut(t), noneFree(t)]);
});

/** Somebody holds a table that a write needs: five seconds. */
async function lockedOut(t: Test): Promise<void> {
  const coop = await openCoop(t, { seed: "locked" });
  await founder(coop);
  const owner = await ownerOf(t, coop);
  await owner.transaction().execute(async (tx) => {
    await sql`lock table membership.code in exclusive mode`.execute(tx);
    const answer = await coop.someone().call(askToSignUp, asked, "locked");
    t.same([answer.status, answer.problem, answer.headers["retry-after"]], [503, "try-again", "1"], "locked out");
    t.equal((await coop.someone().call(readCoop, {})).status, 200, "reads go on");
  });
  t.equal((await coop.someone().call(askToSignUp, asked, "locked")).status, 202, "with the same key");
}

/** All connections are busy: ten seconds. */
async function noneFree(t: Test): Promise<void> {
  const coop = await openCoop(t, { seed: "none free", settings: { poolSize: 2 } });
  await founder(coop);
  let free = (): void => undefined;
  const gate = new Promise<void>((open) => (free = open));
  const holders = ["one", "two"].map((key) => acting(coop, key, () => gate));
  const question = { input: z.strictObject({}), path: "/api/v1/anything" } as const;
  const askers = [1, 2].map(() => coop.ask(operator, question, async ({ db }) => db.connection().execute(() => gate), {}));
  const [read, write] = await Promise.all([coop.someone().call(readCoop, {}), coop.someone().call(askToSignUp, asked, "busy")]);
  for (const answer of [read, write])
    t.same([answer.status, answer.problem, answer.headers["retry-after"]], [503, "try-again", "1"], "no connection is free");
  free();
  for (const { done } of holders) t.match(await done, { status: 200 });
  await Promise.all(askers);
  t.equal((await coop.someone().call(askToSignUp, asked, "busy")).status, 202, "with the same key");
  await allWell(t, coop);
}
