// A hostile server gets nowhere: whatever it sends or shows, it hears a number, we keep nothing, and nobody is called for it but itself.
import { randomBytes } from "node:crypto";
import { test, type Test } from "tap";
import { guardedFetcher } from "@partcommune/federation/fetcher";
import type { World } from "@partcommune/server/platform/world";
import { postJob } from "@partcommune/shared/marketplace/api";
import { openCoop, type TestCoop } from "../support/coop.ts";
import { casesOf, type Case, type Sent } from "../support/hostile.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder } from "../support/people.ts";
import { openSister, settled } from "../support/sisters.ts";
import { call, heldBy, openStranger, posted, shown, type Json, type Reply, type Stranger } from "../support/stranger.ts";

const AS = "https://www.w3.org/ns/activitystreams";
const PUBLIC = `${AS}#Public`;
const second = 1000;
const minute = 60_000;

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
  await founder(coop);
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
  await t.test("what was remembered is not the last word", (each) => blockedElsewhere(each, coop, evil));
  await t.test("what is known is not asked for again", (each) => lookedOnce(each, coop, evil));
  await t.test("who was away when we looked", (each) => lookedAgain(each, coop, evil));
  await t.test("more than a server may say", (each) => waiting(each, coop, evil));
  await t.test("what is shown", (each) => shownToAnybody(each, coop, job, kept));
  await t.test("who follows and moves or is gone", (each) => movingOn(each, coop, () => client.call(postJob, posterJob(organisation))));
});

/** One case: sent, answered by its number and nothing else, and nothing is kept. */
async function turnedAway(t: Test, coop: TestCoop, evil: Stranger, asked: Case, count: number): Promise<void> {
  const path = `/users/${count}`;
  const by = `${evil.origin}${path}`;
  const activity = { id: `${evil.origin}/acts/${count}`, type: "Follow", actor: by, object: `${coop.origin}/jobs`, ...asked.says };
  const body = asked.bytes?.(activity) ?? Buffer.from(JSON.stringify(activity));
  const to = asked.to ?? `${coop.origin}/jobs/inbox`;
  const signed: Sent = { to, by, body, headers: evil.signed(to, by, body) };
  const { headers, body: bytes } = { ...signed, ...asked.changes?.(signed) };
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

/** Whom another process blocked, or let go again, a moment ago: this one remembers otherwise, and goes by what holds now. */
async function blockedElsewhere(t: Test, coop: TestCoop, evil: Stranger): Promise<void> {
  const block = (because: string | null) =>
    coop.db
      .updateTable("federation.host")
      .set({ blocked_at: because === null ? null : coop.now(), blocked_because: because })
      .where("origin", "=", evil.origin)
      .execute();
  const inbox = `${coop.origin}/jobs/inbox`;
  await block("It lied.");
  const [before, calls] = [await heldBy(coop), evil.asked.length];
  t.equal((await evil.send(inbox, follow(evil, coop, "anna", "remembered"))).status, 403, "who was heard a moment ago");
  t.equal((await evil.send(inbox, follow(evil, coop, "anna", "known"))).status, 403, "and again");
  const isFarewell = { type: "Delete", object: `${evil.origin}/users/nobody`, actor: `${evil.origin}/users/nobody` };
  t.equal((await evil.send(inbox, { ...isFarewell, id: `${evil.origin}/acts/farewell` })).status, 403);
  t.same([await heldBy(coop), evil.asked.length], [before, calls], "nothing is kept, and nobody called");
  await block(null);
  t.equal((await evil.send(inbox, follow(evil, coop, "anna", "follow"))).status, 202, "who may speak again is heard at once");
}

/** A key that does not fit is looked up anew, but not for each who says so. */
async function lookedOnce(t: Test, coop: TestCoop, evil: Stranger): Promise<void> {
  const calls = evil.asked.length;
  t.equal(await forgeries(coop, evil), 30);
  t.ok(evil.asked.length - calls <= 1, `${evil.asked.length - calls} look-ups`);
}

/** Whoever does not answer when we look up their key is looked up again within the minute, and not at once for each that they say. */
async function lookedAgain(t: Test, coop: TestCoop, evil: Stranger): Promise<void> {
  const says = follow(evil, coop, "ferry", "ferry");
  const statusOf = async (): Promise<number> => (await evil.send(`${coop.origin}/jobs/inbox`, says)).status;
  evil.shows.set("/users/ferry", "silence");
  t.equal(await statusOf(), 401);
  evil.shows.delete("/users/ferry");
  const calls = evil.asked.length;
  t.same([await statusOf(), evil.asked.length - calls], [401, 0]);
  coop.wait(15 * second);
  t.equal(await statusOf(), 202);
}

/** How many of thirty activities in the name of an actor, which it did not sign, are turned away as nobody's. */
async function forgeries(coop: TestCoop, evil: Stranger): Promise<number> {
  const statuses: number[] = [];
  for (let time = 0; time < 30; time += 1) {
    const body = Buffer.from(JSON.stringify(follow(evil, coop, "anna", `storm${time}`)));
    const headers = evil.signed(`${coop.origin}/jobs/inbox`, `${evil.origin}/users/anna`, body);
    const forged = headers.map(
      ([name, value]) => [name, name === "signature" ? value.replace(/signature="..../, 'signature="AAAA') : value] as const,
    );
    statuses.push((await posted(`${coop.origin}/jobs/inbox`, forged, body)).status);
  }
  return statuses.filter((status) => status === 401).length;
}

/** A server may say so much; what others say in its name takes nothing from it. */
async function waiting(t: Test, coop: TestCoop, evil: Stranger): Promise<void> {
  const inbox = `${coop.origin}/jobs/inbox`;
  coop.wait(minute);
  t.equal(await forgeries(coop, evil), 30);
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

/** An inbox that leads on is looked up anew; who is gone is forgotten, if their own address says so too, or they said so themselves. */
async function movingOn(t: Test, coop: TestCoop, post: () => Promise<unknown>): Promise<void> {
  const fans = await openStranger(t, coop, "fans");
  const names = ["mover", "gone", "away", "parting"];
  for (const name of names) {
    const actor = `${fans.origin}/users/${name}`;
    t.equal((await fans.send(`${coop.origin}/jobs/inbox`, follow(fans, coop, name, `follow-${name}`))).status, 202, actor);
  }
  await settled(coop);
  const followers = async (): Promise<readonly string[]> => {
    const rows = await coop.db
      .selectFrom("federation.collection_item")
      .innerJoin("federation.activity", "seq", "activity_seq")
      .select("actor")
      .where("collection", "=", `${coop.origin}/jobs/followers`)
      .orderBy("seq")
      .execute();
    return rows.flatMap(({ actor }) => (actor.startsWith(fans.origin) ? actor.slice(`${fans.origin}/users/`.length) : []));
  };
  t.same(await followers(), names);
  fans.shows.set("/users/mover", shown(fans.actor("/users/mover", { inbox: `${fans.origin}/users/mover/new` })));
  fans.answers.set("/users/mover/inbox", { status: 308, headers: { location: `${coop.origin}/inbox` } });
  fans.answers.set("/users/gone/inbox", { status: 410 });
  fans.shows.set("/users/gone", { status: 410 });
  fans.answers.set("/users/away/inbox", { status: 410 });
  const parting = `${fans.origin}/users/parting`;
  t.equal(
    (await fans.send(`${coop.origin}/jobs/inbox`, follow(fans, coop, "parting", "bye", { type: "Delete", object: parting }))).status,
    202,
  );
  fans.gotAt.length = 0;
  await settled(coop);
  await post();
  await settled(coop);
  t.same(fans.gotAt.toSorted(), ["/users/away/inbox", "/users/gone/inbox", "/users/mover/inbox", "/users/mover/new"]);
  t.same(await followers(), ["mover", "away"], "and an inbox alone says nothing of whose it is");
  fans.gotAt.length = 0;
  await post();
  await settled(coop);
  t.same(fans.gotAt.toSorted(), ["/users/away/inbox", "/users/mover/new"], "the new inbox is remembered");

  const away = `${fans.origin}/users/away`;
  fans.shows.set("/users/away", shown(fans.actor("/users/away", { inbox: `${away}/elsewhere` })));
  const says = { type: "Update", object: { id: away, type: "Person", inbox: `${fans.origin}/users/mover/new` } };
  t.equal((await fans.send(`${coop.origin}/jobs/inbox`, follow(fans, coop, "away", "changed", says))).status, 202);
  await settled(coop);
  fans.gotAt.length = 0;
  await post();
  await settled(coop);
  t.same(fans.gotAt.toSorted(), ["/users/away/elsewhere", "/users/mover/new"], "who says that it changed is read where it is");
}

test("under another name a coop is not there", async (t) => {
  const outside: NonNullable<World["outside"]> = (sign) =>
    guardedFetcher({ resolve: async () => [], now: () => 0, allowPrivate: false, sign });
  const { app } = await openCoop(t, { settings: { origin: "https://atelier.example" }, world: { outside } });
  for (const [host, status] of [
    ["atelier.example", 200],
    ["evil.example", 421],
    ["atelier.example.evil.example", 421],
    ["127.0.0.1", 421],
  ] as const)
    t.equal((await app.inject({ url: "/.well-known/nodeinfo", headers: { host } })).statusCode, status, host);
});
