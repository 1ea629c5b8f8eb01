// A hostile server gets nowhere: whatever it sends or shows, it hears a number, we keep nothing, and nobody is called for it but itself.
import { randomBytes } from "node:crypto";
import { test, type Test } from "tap";
import { guardedFetcher } from "@partcommune/federation/fetcher";
import type { World } from "@partcommune/server/platform/world";
import { askNeighbour, followNeighbour, listNeighbours } from "@partcommune/shared/federation/api";
import { postJob, searchJobs } from "@partcommune/shared/marketplace/api";
import { openCoop, type TestCoop } from "../support/coop.ts";
import { casesOf, type Case, type Sent } from "../support/hostile.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder } from "../support/people.ts";
import { bindTo, openSister, settled } from "../support/sisters.ts";
import { call, heldBy, openStranger, posted, shown, type Json, type Reply, type Stranger } from "../support/stranger.ts";

const AS = "https://www.w3.org/ns/activitystreams";
const PUBLIC = `${AS}#Public`;
const second = 1000;
const minute = 60_000;
const hour = 3_600_000;

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
  await t.test("who follows and moves or is gone", (each) => movingOn(each, coop, () => client.call(postJob, posterJob(organisation))));
  await t.test("a board that lies", (each) => lying(each, coop, officer));
  await t.test("who is on the way to a treaty", (each) => applying(each, coop));
  await t.test("a sister that lies", (each) => betraying(each, coop));
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

/** A key that does not fit is looked up anew, but not for each who says so. */
async function lookedOnce(t: Test, coop: TestCoop, evil: Stranger): Promise<void> {
  const calls = evil.asked.length;
  t.equal(await forgeries(coop, evil), 30);
  t.ok(evil.asked.length - calls <= 1, `${evil.asked.length - calls} look-ups`);
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

/** A coop with which a treaty is under way speaks of that alone, at the coop's own door, by its own mouth, and proved. */
async function applying(t: Test, coop: TestCoop): Promise<void> {
  const hopeful = await openStranger(t, coop, "hopeful");
  const [own, by] = [`${coop.origin}/actor`, `${hopeful.origin}/actor`];
  for (const path of ["/actor", "/members/anna"]) hopeful.shows.set(path, shown(hopeful.actor(path)));
  let acts = 0;
  const offers = async (more: Json = {}, to = `${own}/inbox`, prove = true): Promise<number> => {
    const bare = { id: `${hopeful.origin}/acts/${(acts += 1)}`, type: "Offer", actor: by, to: own, object: { type: "Agreement" }, ...more };
    const reply = await hopeful.send(to, prove ? hopeful.proved(bare, bare.actor) : bare);
    await coop.settle();
    return reply.status;
  };
  const [board, all] = [`${coop.origin}/jobs/inbox`, `${coop.origin}/inbox`];
  const asked = hopeful.asked.length;
  t.equal(await offers({ actor: `${hopeful.origin}/members/anna` }), 403, "one of its people");
  t.same([await offers({}, all), await offers({}, board)], [403, 403], "at another door");
  t.equal(hopeful.asked.length, asked, "and it was asked for nothing");
  t.equal(await offers({}, undefined, false), 422, "without a proof");
  t.equal(await offers({ to: `${coop.origin}/jobs` }), 403, "to the board");
  t.equal(await offers({ object: { id: `${coop.origin}/treaties/1`, type: "Agreement" } }), 403, "an agreement of ours");
  t.equal(await offers({ object: { type: "Note" } }), 422, "no agreement");
  t.equal(await offers({ "as:object": { type: "Agreement" } }), 422, "two agreements");
  t.equal(await offers(), 202);
  t.equal(await offers({ type: "Accept", object: `${coop.origin}/acts/1` }), 403, "an answer before anybody asked");
  await bindTo(coop, hopeful.origin, { state: "offered", ours: true });
  t.equal(await offers({ type: "Accept", object: `${coop.origin}/acts/1` }), 403, "an answer to what we never said");
  t.equal(await offers({ type: "Create", object: { id: `${hopeful.origin}/notes/1`, type: "Note", content: "a", attributedTo: by } }), 403);
}

/** A sister may say much at every door, and still nothing in another's name, of another's things, or without the proof that it asks for. */
async function betraying(t: Test, coop: TestCoop): Promise<void> {
  const sister = await openStranger(t, coop, "sister");
  await bindTo(coop, sister.origin);
  const [own, anna] = [`${coop.origin}/actor`, `${sister.origin}/members/anna`];
  const expired = [{ ...proofKey(sister, "/members/old"), expires: "2026-01-01T00:00:00Z" }];
  const revoked = [{ ...proofKey(sister, "/members/robbed"), revoked: "2026-01-01T00:00:00Z" }];
  sister.shows.set("/actor", shown(sister.actor("/actor")));
  sister.shows.set("/members/anna", shown(sister.actor("/members/anna")));
  sister.shows.set("/members/old", shown(sister.actor("/members/old", { assertionMethod: expired })));
  sister.shows.set("/members/robbed", shown(sister.actor("/members/robbed", { assertionMethod: revoked })));
  let acts = 0;
  const says = async (more: Json, prove: (bare: Json) => Json = (bare) => bare, to = `${coop.origin}/inbox`): Promise<number> => {
    const bare = { id: `${sister.origin}/acts/${(acts += 1)}`, actor: anna, to: own, ...more };
    const reply = await sister.send(to, prove(bare));
    await coop.settle();
    return reply.status;
  };
  const whole = (bare: Json): Json => sister.proved(bare, String(bare["actor"]));
  const offer = { type: "Offer", object: { type: "Agreement" } };
  const handIn = { id: `${sister.origin}/hand-ins/1`, type: "Document", attributedTo: anna, context: `${coop.origin}/engagements/1` };
  const created = (object: Json, by = anna): Json => ({ type: "Create", object: sister.proved(object, by) });
  const before = await heldBy(coop);
  const cases: readonly (readonly [what: string, status: number, says: () => Promise<number>])[] = [
    ["an offer without a proof", 422, () => says(offer)],
    ["an offer that was changed after", 422, () => says(offer, (bare) => ({ ...whole(bare), "pc:feePpm": 1 }))],
    ["a proof of somebody else there", 422, () => says(offer, (bare) => sister.proved(bare, `${sister.origin}/actor`))],
    ["a proof by a key of ours", 422, () => says(offer, (bare) => sister.proved(bare, own))],
    ["a proof by a key that expired", 422, () => says({ ...offer, actor: `${sister.origin}/members/old` }, whole)],
    ["a proof by a key that was stolen", 422, () => says({ ...offer, actor: `${sister.origin}/members/robbed` }, whole)],
    ["an offer to nobody here", 403, () => says({ ...offer, to: `${coop.origin}/clients/${"0".repeat(36)}` }, whole)],
    ["an offer to a member that never was", 403, () => says({ ...offer, to: `${coop.origin}/members/nobody` }, whole)],
    ["an offer to somebody elsewhere", 403, () => says({ ...offer, to: "https://elsewhere.example/actor" }, whole)],
    ["work that is handed in without a proof", 422, () => says({ type: "Create", object: handIn })],
    ["work of somebody else", 403, () => says(created({ ...handIn, attributedTo: `${sister.origin}/actor` }))],
    ["work on our own address", 403, () => says(created({ ...handIn, id: `${coop.origin}/hand-ins/1` }))],
    ["a receipt that is an event", 422, () => says(created({ ...handIn, type: "EconomicEvent" }))],
    ["an agreement that is made, not answered", 422, () => says(created({ ...handIn, type: "Agreement" }))],
    ["an answer to what was never asked", 403, () => says({ type: "Accept", object: `${coop.origin}/acts/1` })],
    ["an answer without the proof it binds by", 422, () => says({ type: "Accept", object: `${coop.origin}/acts/1`, "pc:sha256": "a" })],
    [
      "a result without a proof",
      422,
      () => says({ type: "Accept", object: `${coop.origin}/acts/1`, result: { ...handIn, type: "Agreement" } }),
    ],
    [
      "a result under another word",
      422,
      () => says({ type: "Accept", object: `${coop.origin}/acts/1`, "as:result": { ...handIn, type: "Agreement" } }),
    ],
    [
      "a follow of a member",
      403,
      () => says({ type: "Follow", object: `${coop.origin}/members/zoe` }, undefined, `${coop.origin}/members/zoe/inbox`),
    ],
    [
      "a follow of all members",
      403,
      () => says({ type: "Follow", object: `${coop.origin}/members` }, undefined, `${coop.origin}/members/zoe/inbox`),
    ],
    ["a share of what is another's", 403, () => says({ type: "Announce", object: `${coop.origin}/jobs/1` })],
    ["a dispute about what is between others", 403, () => says({ type: "Flag", object: "https://elsewhere.example/engagements/1" })],
    ["a job changed that is ours", 403, () => says({ type: "Update", object: { ...handIn, id: `${coop.origin}/jobs/1` } })],
    ["the move of a third", 403, () => says({ type: "Move", object: `${sister.origin}/members/ben`, target: anna })],
  ];
  for (const [what, status, sent] of cases) t.equal(await sent(), status, what);
  const { "federation.remote_actor": _, ...after } = await heldBy(coop);
  const { "federation.remote_actor": __, ...held } = before;
  t.same(after, held, "nothing is kept of any");

  t.equal(await says(offer, whole), 202, "an offer as it should be");
  const ben = `${sister.origin}/members/ben`;
  sister.shows.set("/members/ben", shown(sister.actor("/members/ben")));
  const taken = await heldBy(coop);
  const annas = Buffer.from(JSON.stringify(whole({ id: `${sister.origin}/acts/forged`, actor: anna, to: own, ...offer })));
  const inbox = `${coop.origin}/inbox`;
  t.equal((await posted(inbox, sister.signed(inbox, ben, annas), annas)).status, 401, "an offer of one member that another sends");
  const same = { ...offer, id: `${sister.origin}/acts/${acts}`, actor: ben };
  t.equal(await says(same, whole), 202, "an offer under the name of another's is what is known already");
  t.equal(
    await says({ type: "Undo", object: `${sister.origin}/acts/${acts - 1}`, actor: ben }),
    403,
    "nobody takes back what another offered",
  );
  for (const table of ["inbox_event", "activity", "collection_item"])
    t.equal((await heldBy(coop))[`federation.${table}`], taken[`federation.${table}`], table);
  t.equal(await says(created(handIn)), 202, "work as it should be handed in");
  t.equal(await says({ type: "Follow", object: own }), 202);
  const kept = await coop.db
    .selectFrom("federation.inbox_event")
    .select(["state", "proved", "door"])
    .where("actor", "=", anna)
    .orderBy("no")
    .execute();
  t.same(
    kept,
    [true, true, false].map((proved) => ({ state: "done", proved, door: "shared" })),
  );
  await coop.db.updateTable("federation.treaty").set({ state: "withdrawn", iri: null }).where("state", "=", "active").execute();
  t.equal(await says(offer, whole), 403, "and nothing once it is no sister");
}

const proofKey = (stranger: Stranger, path: string): Json => (stranger.actor(path)["assertionMethod"] as readonly Json[])[0] ?? {};

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
