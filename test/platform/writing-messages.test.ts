// A thread hangs on a thing: its two sides write there, hear each other live, correct themselves for a quarter of an hour, and nobody else knows of it.
import { setTimeout as pause } from "node:timers/promises";
import { test, type Test } from "tap";
import { acceptBid, declineEngagement, placeBid, postJob } from "@partcommune/shared/marketplace/api";
import { editMessage, listMessages, markRead, removeMessage, writeMessage } from "@partcommune/shared/platform/api/messages";
import type { Subject } from "@partcommune/shared/platform/subject";
import { objectionToEdit, objectionToRemoval } from "@partcommune/shared/platform/rules/messages";
import { instant } from "@partcommune/shared/platform/time";
import { htmlOf } from "@partcommune/server/platform/text";
import { openCoop, origin, type Caller, type TestCoop } from "../support/coop.ts";
import { engaged, type Engaged } from "../support/engagements.ts";
import { nobodysId } from "../support/example.ts";
import { posterJob } from "../support/jobs.ts";
import { lineOf, listening } from "../support/line.ts";
import { payloads } from "../support/payloads.ts";
import { clientOwner, founder, signedUp, trialMember, withRole } from "../support/people.ts";

type Stand = Engaged & { readonly coop: TestCoop; readonly board: Caller; readonly on: Subject };

async function stage(t: Test): Promise<Stand> {
  const coop = await openCoop(t, { world: { pause: async (ms) => void (await pause(ms / 10)) } });
  const board = await founder(coop);
  const stand = await engaged(coop, board);
  return { coop, board, ...stand, on: { subjectKind: "engagement", subject: stand.engagement } };
}

const read = async (by: Caller, on: Subject) => (await by.call(listMessages, on)).body;
const minute = 60_000;

test("a message is left alone for the first reason that holds", (t) => {
  const at = instant("2026-12-01T09:00:00Z");
  const rows = [
    // who    | removed | shown | now                    | to change         | to remove
    ["author", false, 1n, "2026-12-01T09:14:59.999Z", "-", "-"],
    ["other", true, 2n, "2026-12-01T09:15:00Z", "not-your-message", "not-your-message"],
    ["author", true, 2n, "2026-12-01T09:15:00Z", "message-removed", "message-removed"],
    ["author", false, 2n, "2026-12-01T09:15:00Z", "edit-too-late", "-"],
    ["author", false, 2n, "2026-12-01T09:14:00Z", "message-changed", "-"],
  ] as const;
  for (const [who, removed, shown, now, change, remove] of rows) {
    const message = { author: "author", at, removed, version: 1n };
    t.equal(objectionToEdit(message, who, shown, instant(now))?.type ?? "-", change, `${who} at ${now}`);
    t.equal(objectionToRemoval(message, who)?.type ?? "-", remove, `${who} at ${now}`);
  }
  t.end();
});

test("both sides write and read one thread, newest first, page by page, and see how far the other has read", async (t) => {
  const { coop, buyer, worker, on } = await stage(t);
  t.match(await read(worker, on), { items: [], mayWrite: true, readBy: [] }, "nobody has written yet");
  const ids: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    const { status, body } = await (at % 2 === 0 ? buyer : worker).call(writeMessage, { ...on, text: `**No** ${at}` });
    t.equal(status, 201);
    ids.unshift(body.id);
  }
  const first = (await worker.call(listMessages, { ...on, limit: 3 })).body;
  const { next = "" } = first;
  const rest = (await worker.call(listMessages, { ...on, limit: 3, after: next })).body;
  t.same(
    [...first.items, ...rest.items].map(({ id }) => id),
    ids,
  );
  t.notOk(rest.next);
  t.match(first.items[0], { author: { name: "Carla", me: false }, html: "<p><strong>No</strong> 4</p>" });
  t.notOk(first.items[0] && "text" in first.items[0], "what the other wrote is theirs to change");
  t.match(first.items[1], { author: { name: "Marc", me: true }, text: "**No** 3" });
  t.equal((await worker.call(markRead, { message: ids[1] ?? "" })).status, 200);
  t.equal((await worker.call(markRead, { message: ids[3] ?? "" })).status, 200);
  t.same((await read(buyer, on)).readBy, [{ name: "Marc", upTo: ids[1] }], "a mark never goes back");
  t.same((await read(worker, on)).readBy, []);
  const facts = await coop.db.selectFrom("platform.fact").select(["subject", "about"]).where("type", "=", "message.read").execute();
  t.same(facts, [{ subject: ids[1], about: [`engagement:${on.subject}`] }], "an open page hears of a mark that moved, and of no other");
});

test("the same intent twice is one message", async (t) => {
  const { buyer, on } = await stage(t);
  const [first, again] = [
    await buyer.call(writeMessage, { ...on, text: "Once." }, "the-key"),
    await buyer.call(writeMessage, { ...on, text: "Once." }, "the-key"),
  ];
  t.equal(first.text, again.text);
  t.equal((await read(buyer, on)).items.length, 1);
});

test("a message is corrected as it was shown for a quarter of an hour, and taken back at any time, leaving a stone", async (t) => {
  const { coop, buyer, worker, on } = await stage(t);
  const { id: message } = (await buyer.call(writeMessage, { ...on, text: "Tuseday." })).body;
  t.equal((await worker.call(editMessage, { message, text: "Mine.", version: 1 })).problem, "not-your-message");
  t.equal((await worker.call(removeMessage, { message })).problem, "not-your-message");
  t.equal((await buyer.call(editMessage, { message, text: "Tuesday.", version: 1 })).status, 200);
  t.equal((await buyer.call(editMessage, { message, text: "Friday.", version: 1 })).problem, "message-changed");
  t.match((await read(worker, on)).items, [{ html: "<p>Tuesday.</p>", editedAt: coop.now() }]);
  coop.wait(15 * minute);
  t.equal((await buyer.call(editMessage, { message, text: "Friday.", version: 2 })).problem, "edit-too-late");
  t.notOk((await read(buyer, on)).items[0]?.changeUntil, "nothing offers what would be refused");
  t.equal((await buyer.call(removeMessage, { message })).status, 200);
  t.equal((await buyer.call(removeMessage, { message })).problem, "message-removed");
  const [stone] = (await read(worker, on)).items;
  t.match(stone, { id: message, author: { name: "Carla" }, removedAt: coop.now() });
  t.notOk(stone && ("html" in stone || "text" in stone), "what it said is gone");
  const left = await coop.db.selectFrom("platform.message").selectAll().execute();
  const facts = await coop.db.selectFrom("platform.fact").selectAll().where("type", "like", "message.%").execute();
  t.notMatch(
    JSON.stringify([left, facts], (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    /Tues|Tuse/,
  );
  t.same(facts.map(({ type }) => type).toSorted(), ["message.edited", "message.removed", "message.written"]);
});

test("of two corrections at once one is taken", async (t) => {
  const { buyer, on } = await stage(t);
  const { id: message } = (await buyer.call(writeMessage, { ...on, text: "A" })).body;
  const tries = await Promise.all(["B", "C", "D", "E"].map(async (text) => buyer.call(editMessage, { message, text, version: 1 })));
  t.equal(tries.filter(({ status }) => status === 200).length, 1);
  t.same([...new Set(tries.flatMap(({ problem }) => problem ?? []))], ["message-changed"]);
});

test("nobody but the two sides finds a thread or a message in it, and no answer tells whether there is one", async (t) => {
  const { coop, board, buyer, on } = await stage(t);
  const { id: message } = (await buyer.call(writeMessage, { ...on, text: "Between us." })).body;
  const strangers = {
    "another client": (await clientOwner(coop, "Otto")).caller,
    "another member": await trialMember(coop, board, "Mia"),
    "somebody signed up": await signedUp(coop, "Stan"),
    "an adviser": await withRole(coop, board, "Ada", "adviser"),
    "the board": board,
  };
  const none = { message: nobodysId(), on: { subjectKind: "engagement", subject: nobodysId() } } as const;
  const knocks = (by: Caller, at: { message: string; on: Subject }) => [
    by.call(listMessages, at.on),
    by.call(writeMessage, { ...at.on, text: "Hello?" }),
    by.call(editMessage, { message: at.message, text: "Hello?", version: 1 }),
    by.call(removeMessage, { message: at.message }),
    by.call(markRead, { message: at.message }),
  ];
  const plain = (text: string): unknown => ({ ...(JSON.parse(text) as object), instance: "" });
  for (const [name, by] of Object.entries(strangers)) {
    const [theirs, nothing] = [await Promise.all(knocks(by, { message, on })), await Promise.all(knocks(by, none))];
    t.same(
      theirs.map(({ problem }) => problem),
      Array.from({ length: 5 }, () => "not-found"),
      name,
    );
    t.same(
      theirs.map(({ text }) => plain(text)),
      nothing.map(({ text }) => plain(text)),
      `${name} cannot tell it from nothing`,
    );
  }
  for (const answer of await Promise.all(knocks(coop.someone(), { message, on }))) t.equal(answer.problem, "sign-in-first");
  t.equal((await read(buyer, on)).items.length, 1);
});

test("a job carries no thread, and a quote that lapsed is over", async (t) => {
  const { client, buyer, worker } = await stage(t);
  const { id: job } = (await buyer.call(postJob, posterJob(client))).body;
  const asked = await buyer.raw({ method: "GET", url: `/api/v1/messages?subjectKind=job&subject=${job}` });
  t.equal(asked.statusCode, 422, "no such kind of thread");
  const amount = { amount: "2000.00", currency: "EUR" };
  const { id: bid } = (await worker.call(placeBid, { job, amount, pitch: "Ten years of posters." })).body;
  const { engagement: subject } = (await buyer.call(acceptBid, { bid, version: 1, amount })).body;
  const on = { subjectKind: "engagement", subject } as const;
  t.equal((await worker.call(writeMessage, { ...on, text: "Before I sign: by when?" })).status, 201);
  await worker.call(declineEngagement, { engagement: subject });
  t.equal((await buyer.call(writeMessage, { ...on, text: "A pity." })).problem, "thread-closed");
  t.match(await read(buyer, on), { mayWrite: false, items: [{ author: { name: "Marc" } }] });
});

test("what is written shows in the other's browser at once, as a hint without content", async (t) => {
  const { coop, buyer, worker, on } = await stage(t);
  const address = await listening(coop);
  const line = await lineOf(t, address, worker, origin);
  const foreign = await lineOf(t, address, await signedUp(coop, "Steve"), origin);
  for (const each of [line, foreign]) each.watch(`engagement:${on.subject}`);
  await pause(200);
  await buyer.call(writeMessage, { ...on, text: "A secret." });
  t.ok(await line.hears(`engagement:${on.subject}`, 3_000));
  await pause(100);
  t.same(foreign.heard, []);
  t.notMatch(JSON.stringify(line.heard), /secret/);
});

test("Markdown becomes a few safe elements", (t) => {
  const rows: readonly (readonly [string, string])[] = [
    ["**a** _b_ `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>"],
    ["one\ntwo", "<p>one<br />\ntwo</p>"],
    ["# no title", "<p># no title</p>"],
    ["- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"],
    ["![x](https://spy.example/pixel)", '<p>!<a href="https://spy.example/pixel" rel="nofollow noopener noreferrer">x</a></p>'],
    [
      "https://people.example/a",
      '<p><a href="https://people.example/a" rel="nofollow noopener noreferrer">https://people.example/a</a></p>',
    ],
    ["[x](javascript:hit())", "<p>[x](javascript:hit())</p>"],
    ["[x](//evil.example)", "<p>[x](//evil.example)</p>"],
    ["[x](/en/jobs)", "<p>[x](/en/jobs)</p>"],
    ["<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"],
  ];
  for (const [text, html] of rows) t.equal(htmlOf(text), html, text);
  t.end();
});

test("no text brings an element or an attribute that was not allowed", (t) => {
  const allowed =
    /^<(\/?(p|strong|em|s|code|pre|blockquote|ul|ol|li)|br \/|ol start="\d+"|\/a|a href="(https?:\/\/|mailto:)[^"<>]*" rel="nofollow noopener noreferrer")>$/;
  for (const text of payloads) {
    const tags = htmlOf(text).match(/<[^>]*>?/g) ?? [];
    t.same(
      tags.filter((tag) => !allowed.test(tag)),
      [],
      `the ${payloads.indexOf(text)}th text`,
    );
  }
  t.end();
});
