// A coop reads another's public board: it is asked for, followed, its jobs come and go in the search, and nothing else crosses.
import { test } from "tap";
import { actorCtx, ctx } from "@partcommune/federation/vocabulary";
import { askNeighbour, followNeighbour, leaveNeighbour, listNeighbours } from "@partcommune/shared/federation/api";
import { placeBid, postJob, readJob, searchJobs, withdrawJob } from "@partcommune/shared/marketplace/api";
import { holdPage } from "../support/federation-page.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder, trialMember } from "../support/people.ts";
import type { TestCoop } from "../support/coop.ts";
import { laFilature, openSister, settled } from "../support/sisters.ts";

test("from an address to jobs in the search, and back", async (t) => {
  const [brussels, lille] = [await openSister(t, "brussels"), await openSister(t, "lille")];
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
