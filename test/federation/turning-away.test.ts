// A hostile server gets nowhere: whatever it sends or shows, it hears a number, we keep nothing, and nobody is called for it but itself.
import { randomBytes } from "node:crypto";
import { test, type Test } from "tap";
import { digestsOf } from "@partcommune/federation/sign/digest";
import { askNeighbour, followNeighbour, listNeighbours } from "@partcommune/shared/federation/api";
import { postJob, searchJobs } from "@partcommune/shared/marketplace/api";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import type { TestCoop } from "../support/coop.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder } from "../support/people.ts";
import { openSister, settled } from "../support/sisters.ts";
import {
  call,
  heldBy,
  openStranger,
  posted,
  shown,
  type Headers,
  type Json,
  type Laid,
  type Reply,
  type Stranger,
} from "../support/stranger.ts";

const AS = "https://www.w3.org/ns/activitystreams";
const PUBLIC = `${AS}#Public`;
const second = 1000;
const minute = 60_000;
const hour = 3_600_000;

/** What is sent, to which inbox, and by whom it says it is. */
type Sent = { to: string; by: string; body: Buffer; headers: Headers };
type Change = (sent: Sent) => Partial<Sent>;
type Case = {
  /** The activity, beside a follow of the board by an actor of its own. */
  readonly says?: Json;
  /** The inbox, when it is not the board's. */
  readonly to?: string;
  /** Bytes in place of the activity's. */
  readonly bytes?: (activity: Json) => Buffer;
  /** What was done to it after it was signed, or how it was signed. */
  readonly changes?: Change;
  /** What the stranger shows where the actor's document should be. */
  readonly shows?: Laid | ((actor: Json) => Laid);
  readonly status: number;
  /** How often the stranger was asked for anything; not at all where nothing is said. */
  readonly calls?: number;
};

const changed = (by: Sent, change: Partial<Sent>): Sent => ({ ...by, ...change });
const having = ({ headers }: Sent, ...more: Headers): Partial<Sent> => ({ headers: [...headers, ...more] });
const without = ({ headers }: Sent, name: string): Partial<Sent> => ({ headers: headers.filter(([each]) => each !== name) });
const written = ({ headers }: Sent, name: string, change: (value: string) => string): Partial<Sent> => ({
  headers: headers.map(([each, value]) => [each, each === name ? change(value) : value] as const),
});

test("whatever a stranger sends", async (t) => {
  const coop = await openSister(t, "atelier");
  const evil = await openStranger(t, coop, "evil");
  const honest = await openStranger(t, coop, "honest");
  const [board, own] = [`${coop.origin}/jobs`, `${coop.origin}/actor`];

  await t.test("before there is a coop", async (early) => {
    const activity = { id: `${evil.origin}/acts/0`, type: "Follow", actor: `${evil.origin}/users/0`, object: board };
    early.equal((await evil.send(`${board}/inbox`, activity)).status, 404);
    for (const path of ["/actor", "/jobs", "/jobs/followers", "/jobs/open", `/.well-known/webfinger?resource=${own}`])
      early.equal((await call("GET", coop.origin + path, [["accept", "application/activity+json"]])).status, 404, path);
  });
  const officer = await founder(coop);
  const { caller: client, client: organisation } = await clientOwner(coop, "Carla");
  const job = (await client.call(postJob, posterJob(organisation))).body.id;
  const kept = (await client.call(postJob, { ...posterJob(organisation), visibility: "members" })).body.id;
  await settled(coop);

  const cases = casesOf(coop, evil, honest, job);
  let count = 0;
  for (const [name, asked] of Object.entries(cases)) {
    count += 1;
    coop.wait(second);
    await t.test(name, (each) => turnedAway(each, coop, evil, asked, count));
  }
  t.same([honest.asked, honest.got], [[], []], "nobody else was called");

  await t.test("what is meant well is taken, once", (each) => takenOnce(each, coop, evil));
  await t.test("what is known is not asked for again", (each) => lookedOnce(each, coop, evil));
  await t.test("more than a server may say", (each) => waiting(each, coop, evil));
  await t.test("what is shown", (each) => shownToAnybody(each, coop, job, kept));
  await t.test("a board that lies", (each) => lying(each, coop, officer));
});

/** One case: sent, answered by its number and nothing else, and nothing is kept. */
async function turnedAway(t: Test, coop: TestCoop, evil: Stranger, asked: Case, count: number): Promise<void> {
  const path = `/users/${count}`;
  const by = `${evil.origin}${path}`;
  const activity = { id: `${evil.origin}/acts/${count}`, type: "Follow", actor: by, object: `${coop.origin}/jobs`, ...asked.says };
  const body = asked.bytes?.(activity) ?? Buffer.from(JSON.stringify(activity));
  const to = asked.to ?? `${coop.origin}/jobs/inbox`;
  const signed: Sent = { to, by, body, headers: evil.signed(to, by, body) };
  const { headers, body: bytes } = changed(signed, asked.changes?.(signed) ?? {});
  if (asked.shows) evil.shows.set(path, typeof asked.shows === "function" ? asked.shows(evil.actor(path)) : asked.shows);
  const [before, calls] = [await heldBy(coop), evil.asked.length];
  const reply = await posted(to, headers, bytes);
  t.equal(reply.status, asked.status, reply.body);
  t.ok(reply.ms < 2000, `answered after ${reply.ms} ms`);
  if (![413, 415, 431].includes(asked.status)) t.equal(reply.body, "", "the answer says nothing but its number");
  t.equal(evil.asked.length - calls, asked.calls ?? 0, evil.asked.slice(calls).join(" "));
  await coop.settle();
  // An actor may be remembered as its own server shows it: whoever looked would see the same.
  const { "federation.remote_actor": actors = "", ...after } = await heldBy(coop);
  const { "federation.remote_actor": actorsBefore = "", ...held } = before;
  t.same(after, held, "nothing is kept");
  if (!asked.calls) t.equal(actors, actorsBefore, "no actor either");
}

/** Everything that a stranger may try at the doors that stand open. */
function casesOf(coop: TestCoop, evil: Stranger, honest: Stranger, job: string): Readonly<Record<string, Case>> {
  const [board, own] = [`${coop.origin}/jobs`, `${coop.origin}/actor`];
  const now = (): number => millisecondsOf(coop.now());
  const dated =
    (ms: number): Change =>
    ({ to, by, body }) => ({ headers: evil.signed(to, by, body, now() + ms) });
  const covering =
    (names: string): Change =>
    (sent) =>
      written(sent, "signature", (value) => value.replace(/headers="[^"]*"/, `headers="${names}"`));
  const note = { type: "Note", content: "<p>x</p>" };
  const sentBy = (says: Json, status: number): Case => ({ says, status });
  return {
    "no signature": { changes: (sent) => without(sent, "signature"), status: 401 },
    "the date alone is signed": { changes: covering("date"), status: 401 },
    "the address alone is signed": { changes: covering("(request-target)"), status: 401 },
    "the digest is not signed": { changes: covering("(request-target) host date"), status: 401 },
    "the host is not signed": { changes: covering("(request-target) date digest"), status: 401 },
    "no digest": { changes: (sent) => without(sent, "digest"), status: 401 },
    "another body under the digest": { changes: ({ body }) => ({ body: Buffer.from(`${body.toString()} `) }), status: 401 },
    "another body and its digest under the signature": {
      changes: (sent) => {
        const body = Buffer.from(`${sent.body.toString()} `);
        return { body, ...written(sent, "digest", () => digestsOf(body).digest) };
      },
      status: 401,
      calls: 1,
    },
    "signed for another coop": {
      changes: ({ by, body }) => ({ headers: evil.signed(`${honest.origin}/jobs/inbox`, by, body) }),
      status: 401,
    },
    "signed for another coop, its name changed": {
      changes: ({ by, body }) => {
        const headers = evil.signed(`${honest.origin}/jobs/inbox`, by, body);
        return { headers: headers.map(([name, value]) => [name, name === "host" ? new URL(coop.origin).host : value] as const) };
      },
      status: 401,
      calls: 1,
    },
    "signed for the other inbox": {
      changes: ({ by, body }) => ({ headers: evil.signed(`${own}/inbox`, by, body) }),
      status: 401,
      calls: 1,
    },
    "thirteen hours old": { changes: dated(-13 * hour), status: 401 },
    "two hours ahead": { changes: dated(2 * hour), status: 401 },
    "six minutes old": { changes: dated(-6 * minute), status: 401 },
    "no date": { changes: (sent) => without(sent, "date"), status: 401 },
    "two dates": { changes: (sent) => having(sent, ["date", new Date(now()).toUTCString()]), status: 401 },
    "another date beside it": { changes: (sent) => having(sent, ["x-date", new Date(now()).toUTCString()]), status: 401 },
    expired: { changes: (sent) => written(sent, "signature", (value) => `${value},expires=${now() / second - 1}`), status: 401 },
    "made in the future": {
      changes: (sent) => written(sent, "signature", (value) => `${value},created=${now() / second + 900}`),
      status: 401,
    },
    "two signatures": {
      changes: (sent) => having(sent, ["signature", sent.headers.find(([name]) => name === "signature")?.[1] ?? ""]),
      status: 401,
    },
    "a signature in two places": { changes: (sent) => having(sent, ["authorization", 'Signature keyId="x"']), status: 401 },
    "a parameter twice": {
      changes: (sent) => written(sent, "signature", (value) => `${value},keyId="${evil.origin}/users/x#main"`),
      status: 401,
    },
    "a signature of nothing": {
      changes: (sent) => written(sent, "signature", (value) => value.replace(/,signature="[^"]*"/, ',signature=""')),
      status: 401,
    },
    "half a signature": { changes: (sent) => written(sent, "signature", (value) => value.slice(0, -30).concat('"')), status: 401 },
    "a signature of nine thousand signs": {
      changes: (sent) => written(sent, "signature", (value) => `${value},a="${"x".repeat(9_000)}"`),
      status: 401,
    },
    "a header of sixty-four thousand": { changes: (sent) => written(sent, "signature", () => "x".repeat(64_000)), status: 431 },
    "words for a signature": { changes: (sent) => having(sent, ["signature-input", 'sig1=("@method" 7;x);keyid=:AA==:']), status: 401 },
    "a key of another server": {
      changes: (sent) => written(sent, "signature", (value) => value.replaceAll(evil.origin, honest.origin)),
      status: 401,
    },
    "a key that the actor does not list": {
      changes: (sent) => written(sent, "signature", (value) => value.replace("#main", "#other")),
      status: 401,
      calls: 1,
    },
    "the key of somebody else there": {
      changes: ({ to, body }) => ({ headers: evil.signed(to, `${evil.origin}/users/somebody`, body) }),
      status: 401,
      calls: 1,
    },
    "an actor elsewhere, with a key of its own": sentBy({ actor: `${honest.origin}/users/anna`, id: `${honest.origin}/acts/1` }, 401),
    "our own coop": sentBy({ actor: own, id: `${coop.origin}/acts/1` }, 403),
    "an activity on another server": sentBy({ id: `${honest.origin}/acts/1` }, 403),
    "an activity on ours": sentBy({ id: `${coop.origin}/acts/1` }, 403),

    "a key that is none": {
      shows: (actor) => shown({ ...actor, publicKey: { ...(actor["publicKey"] as Json), publicKeyPem: "-----BEGIN" } }),
      status: 401,
      calls: 1,
    },
    "a document that is text": { shows: (actor) => shown(actor, "text/plain"), status: 401, calls: 1 },
    "a document that is a picture": { shows: (actor) => shown(actor, "image/png"), status: 401, calls: 1 },
    "a document that is JSON": { shows: (actor) => shown(actor, "application/json"), status: 401, calls: 1 },
    "a document that is JSON-LD of some kind": { shows: (actor) => shown(actor, "application/ld+json"), status: 401, calls: 1 },
    "a document that names an actor elsewhere": {
      shows: (actor) => shown({ ...actor, id: `${honest.origin}/users/anna` }),
      status: 401,
      calls: 1,
    },
    "a document that names another address there": {
      shows: (actor) => shown({ ...actor, id: `${evil.origin}/nobody` }),
      status: 401,
      calls: 2,
    },
    "a document without a name": { shows: (actor) => shown({ ...actor, id: undefined }), status: 401, calls: 1 },
    "a document with two names": { shows: (actor) => shown({ ...actor, id: [actor["id"]] }), status: 401, calls: 1 },
    "a key that is said to be another's": {
      shows: (actor) => shown({ ...actor, publicKey: { ...(actor["publicKey"] as Json), owner: `${honest.origin}/users/anna` } }),
      status: 401,
      calls: 1,
    },
    "an inbox on another server": { shows: (actor) => shown({ ...actor, inbox: `${honest.origin}/inbox` }), status: 401, calls: 1 },
    "an inbox with an endless name": {
      shows: (actor) => shown({ ...actor, inbox: `${evil.origin}/${"x".repeat(3_000)}` }),
      status: 401,
      calls: 1,
    },
    "a document of two mebibytes": { shows: (actor) => shown({ ...actor, summary: "x".repeat(2_097_152) }), status: 401, calls: 1 },
    "a document that leads to itself": { shows: ({ id }) => ({ status: 302, headers: { location: String(id) } }), status: 401, calls: 3 },
    "a document that leads inside": { shows: { status: 302, headers: { location: "http://169.254.169.254/" } }, status: 401, calls: 1 },
    "a document that leads to another private address": {
      shows: { status: 307, headers: { location: "//10.0.0.1/actor" } },
      status: 401,
      calls: 1,
    },
    "a document that leads to a file": { shows: { status: 308, headers: { location: "file:///etc/passwd" } }, status: 401, calls: 1 },
    "a document that leads to its own words": {
      shows: { status: 302, headers: { location: "data:application/activity+json,{}" } },
      status: 401,
      calls: 1,
    },
    "a document that is not there": { shows: { status: 500 }, status: 401, calls: 1 },
    ...Object.fromEntries(
      [
        "0.0.0.0",
        "[::]",
        "10.0.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "localhost.",
        "intranet",
      ].map((host) => {
        const changes: Change = ({ to, body }) => ({ headers: evil.signed(to, `http://${host}/users/1`, body) });
        return [`an actor at ${host}`, { says: { actor: `http://${host}/users/1`, id: `http://${host}/acts/1` }, changes, status: 401 }];
      }),
    ),
    ...Object.fromEntries(
      [
        "http://2130706433/a",
        "http://0x7f.1/a",
        "http://017700000001/a",
        "http://me@evil.example/a",
        "HTTP://EVIL.EXAMPLE/a",
        "data:x",
        "file:///etc/passwd",
        "/users/1",
        `http://evil.example/${"é".repeat(1_500)}`,
        `http://evil.example/${"x".repeat(2_100)}`,
      ].map((address) => [`an actor at ${address.slice(0, 40)}${address.length}`, { says: { actor: address, id: address }, status: 400 }]),
    ),

    "no JSON": { bytes: () => Buffer.from("{"), status: 400 },
    "a list": { bytes: (activity) => Buffer.from(JSON.stringify([activity])), status: 400 },
    "a word twice": {
      bytes: (activity) => Buffer.from(JSON.stringify(activity).replace("{", `{"actor":"${honest.origin}/users/anna",`)),
      status: 400,
    },
    "the word of a prototype": {
      bytes: (activity) => Buffer.from(JSON.stringify(activity).replace("{", '{"__proto__":{"x":1},')),
      status: 400,
    },
    "a hundred thousand deep": { bytes: () => Buffer.from(`{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`), status: 400 },
    "more words than anybody says": {
      bytes: () => Buffer.from(`{${Array.from({ length: 12_000 }, (_, at) => `"k${at}":1`).join(",")}}`),
      status: 400,
    },
    "no sign": { says: { summary: "\0" }, status: 400 },
    "half a sign": { bytes: (activity) => Buffer.from(JSON.stringify({ ...activity, summary: "?" }).replace("?", "\\ud800")), status: 400 },
    "bytes that are no text": {
      bytes: (activity) => Buffer.concat([Buffer.from(JSON.stringify(activity)), Buffer.from([0xff])]),
      status: 400,
    },
    "a mark before it": { bytes: (activity) => Buffer.from(`\ufeff${JSON.stringify(activity)}`), status: 400 },
    "no type": sentBy({ type: undefined }, 400),
    "two types": sentBy({ type: ["Follow", "Undo"] }, 400),
    "no actor": sentBy({ actor: undefined }, 400),
    "two actors": sentBy({ actor: [`${evil.origin}/users/1`, `${honest.origin}/users/1`] }, 400),
    "an actor that is brought along": sentBy({ actor: { id: `${evil.origin}/users/1` } }, 400),
    "no object": sentBy({ object: undefined }, 400),
    "two objects": sentBy({ object: [board, own] }, 400),
    "an activity with an endless name": { says: { id: `${evil.origin}/${randomBytes(4_000).toString("base64url")}` }, status: 400 },

    "a follow of the coop at the board": sentBy({ object: own }, 403),
    "a follow of a job": sentBy({ object: `${board}/${job}` }, 403),
    ...Object.fromEntries(
      ["Create", "Accept", "Reject", "Offer", "Announce", "Like", "Add", "Join", "Flag", "Block", "Invite", "Travel", "constructor"].map(
        (type) => [`${type} by a stranger`, sentBy({ type, object: { id: `${evil.origin}/notes/1`, ...note } }, 403)],
      ),
    ),
    ...Object.fromEntries(
      ["Follow", "Undo", "Update", "Delete", "Move", "Create", "Accept", "Offer"].map((type) => [
        `${type} at the inbox for all`,
        { says: { type, object: own }, to: `${coop.origin}/inbox`, status: 403 },
      ]),
    ),
    "an update of our coop": sentBy(
      { type: "Update", object: { id: own, type: "Application", attributedTo: `${evil.origin}/users/1` } },
      403,
    ),
    "an update of our job": sentBy({ type: "Update", object: { id: `${board}/${job}`, type: "Proposal" } }, 403),
    "an update of another's": sentBy({ type: "Update", object: { id: `${honest.origin}/notes/1`, ...note } }, 403),
    "an update of its own note": sentBy({ type: "Update", object: { id: `${evil.origin}/notes/1`, ...note } }, 403),
    "a delete of our job": sentBy({ type: "Delete", object: `${board}/${job}` }, 403),
    "a delete of somebody elsewhere": sentBy({ type: "Delete", object: `${honest.origin}/users/anna` }, 403),
    "an undo of our own act": sentBy({ type: "Undo", object: `${coop.origin}/acts/1` }, 403),
    "an undo of another's act": sentBy({ type: "Undo", object: `${honest.origin}/acts/1` }, 403),
    "a move of another's": sentBy({ type: "Move", object: `${honest.origin}/users/anna`, target: `${evil.origin}/users/1` }, 403),
    "a move to nowhere": {
      says: { type: "Move", object: `${evil.origin}/users/mover`, actor: `${evil.origin}/users/mover` },
      changes: ({ to, body }) => ({ headers: evil.signed(to, `${evil.origin}/users/mover`, body) }),
      status: 422,
      calls: 1,
    },
    "a delete of somebody nobody knew": {
      says: { type: "Delete", actor: `${evil.origin}/users/gone`, object: `${evil.origin}/users/gone` },
      status: 202,
    },
    "too much": { bytes: () => Buffer.alloc(262_145, " "), status: 413 },
    "plain JSON": { changes: (sent) => having(sent, ["content-type", "application/json"]), status: 415 },
    "JSON-LD of some kind": { changes: (sent) => having(sent, ["content-type", "application/ld+json"]), status: 415 },
    text: { changes: (sent) => having(sent, ["content-type", "text/plain"]), status: 415 },
    "a packed body": { changes: (sent) => having(sent, ["content-encoding", "gzip"]), status: 415 },
  };
}

const follow = (evil: Stranger, coop: TestCoop, by: string, id: string, more: Json = {}): Json => ({
  id: `${evil.origin}/acts/${id}`,
  type: "Follow",
  actor: `${evil.origin}/users/${by}`,
  object: `${coop.origin}/jobs`,
  ...more,
});

/** The same door takes what is as it should be, so that it is the faults above that are turned away. */
async function takenOnce(t: Test, coop: TestCoop, evil: Stranger): Promise<void> {
  const inbox = `${coop.origin}/jobs/inbox`;
  const tag = Array.from({ length: 200 }, (_, at) => ({ type: "Mention", href: `${evil.origin}/tags/${at}` }));
  const [calls, activity] = [evil.asked.length, follow(evil, coop, "anna", "follow", { tag, "@context": [AS, `${evil.origin}/context`] })];
  t.equal((await evil.send(inbox, activity)).status, 202);
  t.same(evil.asked.slice(calls), ["/users/anna"], "neither what it mentions nor its context is fetched");
  await settled(coop);
  t.match(evil.got, [{ type: "Accept", object: activity["id"] }]);
  const before = await heldBy(coop);
  t.equal((await evil.send(inbox, activity)).status, 202, "the same again is taken alike");
  t.equal((await evil.send(`${coop.origin}/actor/inbox`, activity)).status, 403);
  const undo = { type: "Undo", actor: `${evil.origin}/users/ben`, object: activity["id"], id: `${evil.origin}/acts/undo` };
  t.equal((await evil.send(inbox, undo)).status, 403, "nobody undoes the follow of another");
  await settled(coop);
  const after = await heldBy(coop);
  for (const table of ["inbox_event", "activity", "collection_item", "delivery", "host"])
    t.equal(after[`federation.${table}`], before[`federation.${table}`], table);
  const list = await call("GET", `${coop.origin}/jobs/followers?page=true`, [["accept", "application/activity+json"]]);
  t.notMatch(list.body, "users/anna", "who follows is nobody's matter");
}

/** A key that does not fit is looked up anew, but not for each who says so. */
async function lookedOnce(t: Test, coop: TestCoop, evil: Stranger): Promise<void> {
  const calls = evil.asked.length;
  for (let time = 0; time < 20; time += 1) {
    const body = Buffer.from(JSON.stringify(follow(evil, coop, "anna", `storm${time}`)));
    const headers = evil.signed(`${coop.origin}/jobs/inbox`, `${evil.origin}/users/anna`, body);
    const forged = headers.map(
      ([name, value]) => [name, name === "signature" ? value.replace(/signature="..../, 'signature="AAAA') : value] as const,
    );
    t.equal((await posted(`${coop.origin}/jobs/inbox`, forged, body)).status, 401);
  }
  t.ok(evil.asked.length - calls <= 1, `${evil.asked.length - calls} look-ups`);
}

/** A server may say so much; what others say in its name takes nothing from it. */
async function waiting(t: Test, coop: TestCoop, evil: Stranger): Promise<void> {
  const inbox = `${coop.origin}/jobs/inbox`;
  coop.wait(minute);
  const statuses: number[] = [];
  for (let time = 0; time < 30; time += 1) statuses.push((await evil.send(inbox, follow(evil, coop, "anna", "follow"))).status);
  t.same(new Set(statuses), new Set([202]));
  const reply = await evil.send(inbox, follow(evil, coop, "anna", "follow"));
  t.match([reply.status, reply.headers["retry-after"], reply.body], [429, "1", ""]);
  coop.wait(second);
  t.equal((await evil.send(inbox, follow(evil, coop, "anna", "follow"))).status, 202);
}

/** What other servers may read here, and what people then see at the same address. */
async function shownToAnybody(t: Test, coop: TestCoop, job: string, kept: string): Promise<void> {
  const asked = (path: string, accept = "application/activity+json"): Promise<Reply> =>
    call("GET", coop.origin + path, [["accept", accept]]);
  const statusOf = async (path: string): Promise<number> => (await asked(path)).status;
  const open = await asked(`/jobs/${job}`);
  t.match([open.status, open.headers["vary"], open.headers["content-type"]], [200, "Accept", /^application\/activity\+json/]);
  t.notMatch((await asked("/jobs/open")).body, kept, "what is for members is not listed");
  const acts = await coop.db.selectFrom("federation.activity").select(["id", "doc"]).execute();
  const pathOf = (id: string): string => id.slice(coop.origin.length);
  const [told] = acts.filter(({ id, doc }) => id.startsWith(coop.origin) && (doc as Json)["type"] === "Create");
  const [answered] = acts.filter(({ id, doc }) => id.startsWith(coop.origin) && (doc as Json)["type"] === "Accept");
  t.match(await asked(pathOf(told?.id ?? "")), { status: 200, body: PUBLIC });
  t.equal(await statusOf(pathOf(answered?.id ?? "")), 404, "an answer is for whom it answers");
  const nothing = [
    `/jobs/${kept}`,
    `/jobs/${kept}/note`,
    `/jobs/${randomBytes(8).toString("hex")}`,
    "/jobs/inbox",
    "/acts/1",
    "/acts/%00",
    "/acts/%F0%9F%92%A9",
  ];
  for (const path of nothing) t.equal(await statusOf(path), 404, path);
  for (const query of ["page=0", "page=%00", "page=99999999999999999999", "page=true&page=true", "page[]=1", "__proto__=1&page=x"])
    t.ok([200, 404].includes(await statusOf(`/jobs/followers?${query}`)), query);
  for (const query of ["after=x", "after=%00", "after=1&after=2"]) t.ok([200, 404].includes(await statusOf(`/jobs/open?${query}`)), query);

  const page = await asked(`/jobs/${job}`, "text/html");
  t.match([page.status, page.headers["location"]], [303, `/en/jobs/${job}`], "people are shown the page");
  t.match(String(page.headers["vary"]), /\bAccept\b/);
  for (const path of [`/jobs/${job}`, "/actor"])
    t.match(await call("HEAD", coop.origin + path, [["accept", "application/activity+json"]]), { status: 200, body: "" });
  for (const [method, path] of [
    ["OPTIONS", "/jobs/inbox"],
    ["PUT", "/jobs/inbox"],
    ["DELETE", `/jobs/${job}`],
    ["POST", "/actor"],
    ["POST", "/proxy"],
    ["POST", "/actor/outbox"],
  ] as const)
    t.equal((await call(method, coop.origin + path, [["content-length", "0"]])).status, 404, `${method} ${path}`);

  const { host } = new URL(coop.origin);
  for (const resource of [`acct:jobs@${host}`, `ACCT:JOBS@${host}`, `${coop.origin}/jobs`, `acct:${host}@${host}`])
    t.equal(await statusOf(`/.well-known/webfinger?resource=${encodeURIComponent(resource)}`), 200, resource);
  const unknown = [
    "",
    `jobs@${host}`,
    `acct:jobs@evil.example`,
    `acct:x@${host}`,
    `acct:jobs@${host}/..`,
    `acct:jobs@${host}#`,
    `acct:jobs@${host}?`,
    `acct:jobs@x@${host}`,
    `acct:jobs@evil:25/..`,
    `${coop.origin}/jobs/`,
    `${coop.origin}/jobs/${job}`,
    `${coop.origin}.evil.example/jobs`,
    "acct:jobs@127.0.0.1",
    "\0",
  ];
  for (const resource of unknown) t.equal(await statusOf(`/.well-known/webfinger?resource=${encodeURIComponent(resource)}`), 404, resource);
  const twice = `resource=acct:jobs@${host}`;
  t.equal(await statusOf(`/.well-known/webfinger?${twice}&${twice}`), 404, "asked twice");
}

/** A coop whose board we follow may show its own jobs, and nothing else: whatever it says of others is not believed. */
async function lying(t: Test, coop: TestCoop, officer: Awaited<ReturnType<typeof founder>>): Promise<void> {
  const [liar, other] = [
    await neighbour(coop, officer, await openStranger(t, coop, "liar")),
    await neighbour(coop, officer, await openStranger(t, coop, "other")),
  ];
  const inbox = `${coop.origin}/jobs/inbox`;
  const titles = async (): Promise<readonly string[]> =>
    (await coop.someone().call(searchJobs, { order: "newest" })).body.items.flatMap(({ title, elsewhere }) => (elsewhere ? [title] : []));
  let acts = 0;
  const tell = async (from: Stranger, type: string, object: unknown): Promise<number> => {
    acts += 1;
    const reply = await from.send(inbox, { id: `${from.origin}/acts/told${acts}`, type, actor: `${from.origin}/jobs`, to: PUBLIC, object });
    await settled(coop);
    return reply.status;
  };
  const noteOf = (from: Stranger, no: number, job = `${from.origin}/jobs/${no}`): Json => ({
    id: `${from.origin}/jobs/${no}/note`,
    type: "Note",
    attributedTo: `${from.origin}/jobs`,
    content: "<p>A job</p>",
    attachment: [{ type: "Link", href: job, name: "Proposal" }],
  });
  const show = (no: number, more: Json = {}): void => void liar.shows.set(`/jobs/${no}`, shown(proposal(liar, no, more)));

  other.shows.set("/jobs/1", shown(proposal(other, 1, { name: "An honest job" })));
  t.equal(await tell(other, "Create", noteOf(other, 1)), 202);
  show(1, { name: "A job of its own", "pc:version": 3 });
  t.equal(await tell(liar, "Create", noteOf(liar, 1)), 202);
  const honest = ["A job of its own", "An honest job"];
  t.same((await titles()).toSorted(), honest, "what a board shows of its own stands in the search");

  const asked = other.asked.length;
  t.equal(await tell(liar, "Create", noteOf(liar, 2, `${other.origin}/jobs/1`)), 202);
  t.equal(other.asked.length, asked, "what it says of another's is not even looked at");
  t.equal(await tell(liar, "Delete", `${other.origin}/jobs/1/note`), 403);
  t.equal(await tell(liar, "Delete", `${other.origin}/jobs/1`), 403);
  t.equal(await tell(liar, "Update", { ...noteOf(other, 1), attributedTo: `${liar.origin}/jobs` }), 403);
  t.equal(await tell(liar, "Accept", `${coop.origin}/acts/nothing`), 403, "an answer to what we never said");
  const follows = other.got.filter(({ type }) => type === "Follow").map(({ id }) => id);
  t.equal(await tell(liar, "Reject", follows[0]), 403, "an answer in another's place");

  const lies: Readonly<Record<string, Json>> = {
    "another address": { id: `${liar.origin}/jobs/99` },
    "another's address": { id: `${other.origin}/jobs/1` },
    "a client elsewhere": { attributedTo: `${other.origin}/clients/1` },
    "a page elsewhere": { url: `${other.origin}/jobs/1` },
    "not for everybody": { to: `${liar.origin}/actor/followers` },
    "bounds the wrong way round": {
      reciprocal: { resourceConformsTo: "https://www.wikidata.org/wiki/Q4916" },
      "pc:budgetMin": "9.00",
      "pc:budgetMax": "1.00",
    },
    "less than nothing": { reciprocal: money("-5.00") },
    "a figure that is a number": { reciprocal: money(5) },
    "no money that we know": { reciprocal: { resourceConformsTo: "https://example.com/gold" } },
    "a version beyond all": { "pc:version": 4_294_967_296 },
    "an end before the start": { "pc:endOn": "2026-01-01" },
    "a year beyond all": { endTime: "9999-12-31T23:59:59-14:00" },
    "a year before all": { published: "0000-01-01T00:00:00+14:00" },
    "a title that turns round": { name: "\u202egnihton" },
  };
  for (const [at, [name, more]] of Object.entries(lies).entries()) {
    show(10 + at, more);
    t.equal(await tell(liar, "Create", noteOf(liar, 10 + at)), 202, name);
  }
  liar.shows.set("/jobs/30", { status: 302, headers: { location: `${other.origin}/jobs/1` } });
  liar.shows.set("/jobs/31", { status: 302, headers: { location: "http://169.254.169.254/jobs/1" } });
  for (const no of [30, 31]) t.equal(await tell(liar, "Create", noteOf(liar, no)), 202);
  t.same((await titles()).toSorted(), honest, "nothing of it stands in the search");

  show(1, { name: "An older word", "pc:version": 2 });
  await tell(liar, "Update", { ...noteOf(liar, 1), content: "<p>older</p>" });
  t.same((await titles()).toSorted(), honest, "an older version changes nothing");
  liar.shows.set("/jobs/1", { status: 410 });
  t.equal(await tell(liar, "Delete", `${liar.origin}/jobs/1/note`), 202);
  t.same(await titles(), ["An honest job"]);
  show(1, { name: "Back from the dead", "pc:version": 9 });
  await tell(liar, "Create", noteOf(liar, 1));

  const item = (origin: string, no: number): Json => ({ id: `${origin}/jobs/${no}`, type: "Proposal", "pc:version": 9 });
  const list = (items: readonly Json[], next?: string): void =>
    void liar.shows.set(
      "/jobs/open",
      shown({ id: `${liar.origin}/jobs/open`, type: "OrderedCollectionPage", orderedItems: items, ...(next ? { next } : {}) }),
    );
  const read = async (): Promise<readonly string[]> => {
    const calls = liar.asked.length;
    coop.wait(2 * hour);
    await settled(coop);
    return liar.asked.slice(calls);
  };
  list(Array.from({ length: 10_000 }, (_, at) => item(liar.origin, 100 + at)));
  t.same(new Set(await read()), new Set(["/jobs/open"]), "a list that is too long to read is not read");
  list([item(liar.origin, 1), item(other.origin, 2), item("http://169.254.169.254", 1)], `${liar.origin}/jobs/open`);
  t.ok((await read()).length <= 52, "a list that never ends is left");
  list([item(liar.origin, 1)], `${other.origin}/jobs/open`);
  await read();
  t.same(await titles(), ["An honest job"], "what is gone stays gone, and nobody lists for another");
}

const money = (value: unknown): Json => ({
  resourceConformsTo: "https://www.wikidata.org/wiki/Q4916",
  resourceQuantity: { type: "om2:Measure", hasUnit: "one", hasNumericalValue: value },
});

/** A job as a coop shows it. */
const proposal = ({ origin }: Stranger, no: number, more: Json): Json => ({
  id: `${origin}/jobs/${no}`,
  type: "Proposal",
  purpose: "request",
  attributedTo: `${origin}/clients/1`,
  name: "A lie",
  content: "<p>Words.</p>",
  source: { content: "Words.", mediaType: "text/markdown" },
  url: `${origin}/jobs/${no}`,
  published: "2026-12-01T08:00:00Z",
  endTime: "2026-12-07T16:59:00Z",
  to: PUBLIC,
  publishes: { resourceQuantity: { hasUnit: "one", hasNumericalValue: "1" } },
  reciprocal: money("2000.00"),
  "pc:version": 1,
  "pc:clientName": "Somebody",
  "pc:clientCountry": "FR",
  "pc:trade": "graphic design",
  "pc:language": "en",
  "pc:startOn": "2026-12-14",
  "pc:endOn": "2026-12-18",
  ...more,
});

/** Makes a stranger a coop whose board we follow. */
async function neighbour(coop: TestCoop, officer: Awaited<ReturnType<typeof founder>>, stranger: Stranger): Promise<Stranger> {
  const { origin, shows, actor } = stranger;
  shows.set(
    "/actor",
    shown(actor("/actor", { type: "Application", name: origin, "pc:board": `${origin}/jobs`, "pc:currencies": ["EUR"] })),
  );
  shows.set("/jobs", shown(actor("/jobs", { type: "Group", "pc:jobs": `${origin}/jobs/open` })));
  shows.set("/jobs/open", shown({ id: `${origin}/jobs/open`, type: "OrderedCollectionPage", orderedItems: [] }));
  await officer.call(askNeighbour, { address: origin });
  await settled(coop);
  const { items } = (await officer.call(listNeighbours, {})).body;
  await officer.call(followNeighbour, { neighbour: items.find((each) => each.origin === origin)?.id ?? "" });
  await settled(coop);
  const [asking] = stranger.got.filter(({ type }) => type === "Follow");
  await stranger.send(`${coop.origin}/jobs/inbox`, {
    id: `${origin}/acts/yes`,
    type: "Accept",
    actor: `${origin}/jobs`,
    object: asking?.["id"],
  });
  await settled(coop);
  return stranger;
}
