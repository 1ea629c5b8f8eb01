// A coop that a treaty binds to us, or is about to, gets nowhere with what is not its own to say.
import { test, type Test } from "tap";
import { type TestCoop } from "../support/coop.ts";
import { founder } from "../support/people.ts";
import { bindTo, openSister } from "../support/sisters.ts";
import { heldBy, openStranger, posted, shown, type Json, type Stranger } from "../support/stranger.ts";

test("who is bound to us, or about to be", async (t) => {
  const coop = await openSister(t, "atelier");
  await founder(coop);
  await t.test("who is on the way to a treaty", (each) => applying(each, coop));
  await t.test("a sister that lies", (each) => betraying(each, coop));
});

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
