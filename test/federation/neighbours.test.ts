// A coop reads another's public board: it is asked for, followed, its jobs come and go in the search, and nothing else crosses.
import { test } from "tap";
import { actorCtx, ctx } from "@partcommune/federation/vocabulary";
import { askNeighbour, followNeighbour, leaveNeighbour, listNeighbours } from "@partcommune/shared/federation/api";
import { blockHost, takeBlocked, unblockHost } from "@partcommune/shared/federation/api/blocking";
import { listSisters, readSister } from "@partcommune/shared/federation/api/sisters";
import { resumeTreaty } from "@partcommune/shared/federation/api/treaties";
import { placeBid, postJob, readJob, searchJobs, withdrawJob } from "@partcommune/shared/marketplace/api";
import { holdPage } from "../support/federation-page.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder, trialMember } from "../support/people.ts";
import type { TestCoop } from "../support/coop.ts";
import { bindTo, laFilature, openSister, settled } from "../support/sisters.ts";

test("from an address to jobs in the search, and back", async (t) => {
  const breaks = { at: "" };
  const reach = (point: string): void => {
    if (point !== breaks.at) return;
    breaks.at = "";
    throw Object.assign(new Error("terminating connection due to administrator command"), { code: "57P01" });
  };
  const [brussels, lille] = [await openSister(t, "brussels"), await openSister(t, "lille", false, { reach })];
  await founder(brussels);
  const board = await founder(lille, laFilature);
  const { caller: client, client: organisation } = await clientOwner(brussels, "Carla");
  const job = (await client.call(postJob, posterJob(organisation))).body.id;
  await client.call(postJob, { ...posterJob(organisation), title: "For members alone", visibility: "members" });
  await settled(brussels, lille);

  const visitor = lille.someone();
  t.same((await visitor.call(askNeighbour, { address: brussels.origin })).status, 401, "only officers speak for a coop");
  const asked = await board.call(askNeighbour, { address: brussels.origin });
  t.equal(asked.status, 201, asked.text);
  await settled(brussels, lille);
  const [found] = (await board.call(listNeighbours, {})).body.items;
  t.match(found, { name: "Atelier Commun", state: "found", currencies: ["EUR"] });
  t.same((await visitor.call(listNeighbours, {})).body, { items: [], officer: false }, "what is not followed is nobody's matter");

  const neighbour = found?.id ?? "";
  t.equal((await board.call(followNeighbour, { neighbour })).status, 200);
  await settled(brussels, lille);
  t.match((await visitor.call(listNeighbours, {})).body.items, [{ name: "Atelier Commun", state: "followed" }]);

  const titles = async () => (await visitor.call(searchJobs, { order: "newest" })).body.items.map(({ title }) => title);
  const items = (await visitor.call(searchJobs, { order: "newest" })).body.items;
  t.match(items, [{ title: "Poster for the spring fair", client: "Carla SA", price: { amount: "2000.00", currency: "EUR" } }]);
  t.match(items[0]?.elsewhere, { coop: "Atelier Commun", url: `${brussels.origin}/jobs/${job}` });

  const coops = { [brussels.origin]: "https://atelier.example", [lille.origin]: "https://filature.example" };
  const told = { ...(await shownBy(brussels, job)), ...(await toldTo(brussels, lille)), CTX: ctx, ACTOR: actorCtx };
  holdPage(t, "test/federation/neighbours.test.ts", coops, told);

  const member = await trialMember(lille, board, "Tess");
  const read = items[0]?.id ?? "";
  t.match((await member.call(readJob, { job: read })).body, {
    elsewhere: { coop: "Atelier Commun" },
    acts: [],
    text: "One poster, three sizes.",
  });
  const bid = await member.call(placeBid, { job: read, amount: { amount: "2000.00", currency: "EUR" }, pitch: "I can." });
  t.match([bid.status, bid.problem], [409, "job-elsewhere"]);

  for (const coop of [brussels, lille]) coop.wait(1000);
  const second = (await client.call(postJob, { ...posterJob(organisation), title: "A second poster" })).body.id;
  await lille.settle();
  breaks.at = "acted";
  await settled(brussels, lille);
  t.same([breaks.at, await titles()], ["", ["Poster for the spring fair"]], "its database was away when it was to hear");
  for (const coop of [brussels, lille]) coop.sleep(30_000);
  await settled(brussels, lille);
  t.same(await titles(), ["A second poster", "Poster for the spring fair"], "told by the board, not found by looking");
  await client.call(withdrawJob, { job: second });
  await settled(brussels, lille);
  t.same(await titles(), ["Poster for the spring fair"]);

  t.equal((await board.call(leaveNeighbour, { neighbour })).status, 200);
  await settled(brussels, lille);
  t.same(await titles(), []);
  await board.call(followNeighbour, { neighbour });
  await settled(brussels, lille);
  t.same(await titles(), ["Poster for the spring fair"]);
  await t.test("an officer blocks the coop, at once, and lets it pass again", async (part) => {
    await bindTo(lille, brussels.origin);
    const sisterNow = async () => (await visitor.call(readSister, { host: neighbour })).body;
    const reason = "Their jobs are not paid.";
    part.equal((await member.call(blockHost, { host: neighbour, reason })).problem, "role-needed");
    part.equal((await board.call(unblockHost, { host: neighbour })).problem, "host-not-blocked");
    part.equal((await board.call(blockHost, { host: neighbour, reason })).status, 200);
    part.equal((await board.call(blockHost, { host: neighbour, reason })).problem, "host-blocked");
    await settled(brussels, lille);
    part.same(await titles(), []);
    part.match(await sisterNow(), { mode: "blocked", reason, treaty: { state: "paused", reason } });
    part.equal((await board.call(resumeTreaty, { host: neighbour, reason: "Still." })).problem, "host-blocked");
    part.same((await visitor.call(listNeighbours, {})).body.items, []);

    await client.call(postJob, { ...posterJob(organisation), title: "A third poster" });
    await board.call(leaveNeighbour, { neighbour });
    await settled(brussels, lille);
    const unheard = brussels.db.selectFrom("federation.delivery").select(["status", "state"]).where("state", "<>", "sent");
    part.same(await unheard.execute(), [{ status: 423, state: "due" }], "it is heard nowhere, and told to say it again");
    const heard = lille.db.selectFrom("federation.inbox_event").select("id").where("state", "=", "done").where("type", "=", "Create");
    const before = (await heard.execute()).length;
    const waiting = lille.db.selectFrom("federation.delivery").select("id").where("state", "=", "due");
    part.equal((await waiting.execute()).length, 1, "and nothing leaves for it");

    for (const coop of [brussels, lille]) coop.wait(1000);
    part.equal((await board.call(unblockHost, { host: neighbour })).status, 200);
    await board.call(followNeighbour, { neighbour });
    await settled(brussels, lille);
    part.same(await waiting.execute(), []);
    part.same((await titles()).toSorted(), ["A third poster", "Poster for the spring fair"]);
    part.same(await unheard.execute(), [], "what it said meanwhile is said again at once");
    part.equal((await heard.execute()).length, before + 1);
    part.match(await sisterNow(), { mode: "resting" }, "a treaty rests until it is resumed");
  });

  await t.test("a list of blocked coops is saved, and taken over whole or not at all", async (part) => {
    const list = 'host,reason\nhttp://one.example,"Spam, and more."\nhttp://two.example;no\n';
    const no = await board.call(takeBlocked, { list });
    part.match([no.problem, no.body], ["block-list-unreadable", { facts: { line: 3 } }]);
    const saved = async () => (await lille.app.inject({ url: "/api/v1/blocked.csv" })).body;
    part.equal(await saved(), '"host","reason"\r\n', "nothing of it");
    part.equal((await visitor.call(takeBlocked, { list })).status, 401);
    const whole = list.replace(";no", ",=Pays nobody.");
    part.same((await board.call(takeBlocked, { list: whole })).body, { blocked: 2, known: 0 });
    part.same((await board.call(takeBlocked, { list: whole })).body, { blocked: 0, known: 2 });
    part.equal((await board.call(takeBlocked, { list: 'host,reason\n"open' })).problem, "block-list-unreadable");
    part.match(
      (await visitor.call(listSisters, {})).body.items.filter(({ mode }) => mode === "blocked"),
      [{ name: /one|two/ }, { name: /one|two/ }],
    );
    part.match(await saved(), /"http:\/\/one.example","Spam, and more."/);
    part.match(await saved(), /"http:\/\/two.example","'=Pays nobody."/, "no spreadsheet takes a reason for a formula");
    part.same((await board.call(takeBlocked, { list: await saved() })).body, { blocked: 0, known: 2 }, "what is saved can be taken over");
  });
});

type Json = Readonly<Record<string, unknown>>;

/** What everybody may read of a coop and of a job. */
async function shownBy({ app, origin }: TestCoop, job: string): Promise<Json> {
  const read = async (url: string): Promise<Json> => (await app.inject({ url, headers: { accept: "application/activity+json" } })).json();
  return {
    "the coop": await read("/actor"),
    "its board": await read("/jobs"),
    webfinger: await read(`/.well-known/webfinger?resource=acct:jobs@${new URL(origin).host}`),
    nodeinfo: await read("/nodeinfo/2.1"),
    "a job": await read(`/jobs/${job}`),
    "open jobs": await read("/jobs/open"),
  };
}

/** What two boards said to each other, as it left. */
async function toldTo(from: TestCoop, to: TestCoop): Promise<Json> {
  const said = async ({ db }: TestCoop, wanted: string): Promise<unknown> => {
    const rows = await db.selectFrom("federation.activity").select("wire").where("actor", "like", "%/jobs").execute();
    return rows.map(({ wire }) => JSON.parse(String(wire)) as Json).find(({ type }) => type === wanted);
  };
  return { "a note": await said(from, "Create"), "a follow": await said(to, "Follow"), "its answer": await said(from, "Accept") };
}
