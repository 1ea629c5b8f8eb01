// An Idempotency-Key names one intent of one person: what does not fit is refused, and what fits is done once however often and at once it comes.
import { sql } from "kysely";
import { test } from "tap";
import { z } from "zod";
import { listener } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import { postJob } from "@partcommune/shared/marketplace/api";
import { applyAsMember, askToSignUp, foundClient } from "@partcommune/shared/membership/api";
import { openCoop, origin, type Caller, type TestCoop } from "../support/coop.ts";
import { everythingIn } from "../support/digest.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder, organisation, signedUp } from "../support/people.ts";

const knock = (caller: Caller, headers: Record<string, string>, body: unknown = { name: "A", email: "a@example.org", language: "en" }) =>
  caller.raw({
    method: "POST",
    url: "/api/v1/sign-ups",
    headers: { "content-type": "application/json", origin, ...headers },
    payload: JSON.stringify(body),
  });

const countOf = async ({ db }: TestCoop, table: string): Promise<bigint | undefined> =>
  (await sql<{ count: bigint }>`select count(*) from ${sql.table(table)}`.execute(db)).rows[0]?.count;

test("a key is 1 to 255 visible characters, and a write without one is not begun", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const before = await everythingIn(coop.db);
  const bad: readonly Record<string, string>[] = [
    {},
    { "idempotency-key": "" },
    { "idempotency-key": " " },
    { "idempotency-key": "two words" },
    { "idempotency-key": "clé" },
    { "idempotency-key": "x".repeat(256) },
    { "idempotency-key": "x".repeat(10_240) },
  ];
  for (const headers of bad) {
    const answer = await knock(coop.someone(), headers);
    t.match([answer.statusCode, answer.json()], [400, { title: "key-missing" }], JSON.stringify(headers).slice(0, 60));
  }
  t.same(await everythingIn(coop.db), before);
  for (const key of ["x", "x".repeat(255), "!~"])
    t.equal((await knock(coop.someone(), { "idempotency-key": key })).statusCode, 202, key.slice(0, 9));
});

test("a key that is used for another act, body or thing is refused, and the first answer stays", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  const first = await caller.call(postJob, posterJob(client), "mine");
  t.equal(first.status, 201, first.text);
  const others = [
    await caller.call(postJob, { ...posterJob(client), title: "Another poster" }, "mine"),
    await caller.call(foundClient, { ...organisation, name: "Another SA" }, "mine"),
    await caller.call(applyAsMember, { status: "invoiced", trade: "translation" }, "mine"),
  ];
  for (const { status, problem } of others) t.same([status, problem], [422, "idempotency-mismatch"]);
  // The same intent, its fields in another order: the same bytes come back.
  const turned = Object.fromEntries(Object.entries(posterJob(client)).toReversed()) as ReturnType<typeof posterJob>;
  for (const input of [posterJob(client), turned]) {
    const again = await caller.call(postJob, input, "mine");
    t.same([again.status, again.text, again.headers["idempotent-replayed"]], [201, first.text, "true"]);
  }
  t.equal(await countOf(coop, "marketplace.job"), 1n);
});

test("a key is one person's: another's use of it is another act and tells nothing of the first", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const [anna, berta] = [await signedUp(coop, "Anna"), await signedUp(coop, "Berta")];
  const mine = await anna.call(foundClient, { ...organisation, name: "Anna SA" }, "shared");
  const theirs = await berta.call(foundClient, { ...organisation, name: "Berta SA" }, "shared");
  t.same([mine.status, theirs.status, theirs.headers["idempotent-replayed"]], [201, 201, undefined]);
  t.not(mine.body.id, theirs.body.id);
  const stranger = await coop.someone().call(foundClient, { ...organisation, name: "Anna SA" }, "shared");
  t.same([stranger.status, stranger.problem], [401, "sign-in-first"], "who is nobody gets nobody's answer");
});

test("fifty repeats at once are one act: one is done, the others are told so or get the same bytes", async (t) => {
  const coop = await openCoop(t, { settings: { poolSize: 30 } });
  await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  const answers = await Promise.all(Array.from({ length: 50 }, () => caller.call(postJob, posterJob(client), "rush")));
  const done = answers.filter(({ status }) => status === 201);
  t.ok(done.length >= 1);
  t.equal(new Set(done.map(({ text }) => text)).size, 1, "byte for byte");
  t.equal(done.filter(({ headers }) => headers["idempotent-replayed"] === undefined).length, 1);
  t.ok(answers.every(({ status, problem }) => status === 201 || problem === "same-key-in-flight"));
  t.equal(await countOf(coop, "marketplace.job"), 1n);
});

test("a refused act leaves its key free", async (t) => {
  const coop = await openCoop(t);
  t.same([(await knock(coop.someone(), { "idempotency-key": "early" })).statusCode], [409], "there is no coop yet");
  await founder(coop);
  const input = { name: "A", email: "a@example.org", language: "en" } as const;
  t.equal((await coop.someone().call(askToSignUp, input, "early")).status, 202);
});

test("an act tells as much as it did: nine thousand facts are written with it, in their order", async (t) => {
  const coop = await openCoop(t);
  const kinds = Array.from({ length: 9_000 }, (_, at) => `kind ${at} "quoted" \\ É`);
  const verb = { name: "test.tell", input: z.strictObject({}), answer: Nothing, status: 200 };
  await coop.perform(
    listener,
    verb,
    async ({ emit, id }) => {
      for (const kind of kinds) emit({ type: "letter.written", subject: id(), body: { kind }, about: ["a", "b c"] });
      return {};
    },
    {},
    { key: "many", cause: "test" },
  );
  const facts = await coop.db.selectFrom("platform.fact").select(["body", "about"]).where("cause", "=", "test").orderBy("seq").execute();
  t.same(
    facts.map(({ body }) => (body as { readonly kind: string }).kind),
    kinds,
  );
  t.same(facts[0]?.about, ["a", "b c"]);
});
