// The activity engine files what sister coops tell each other, and nothing that it was talked into.
import { test } from "tap";
import type { Reader } from "@partcommune/federation/engine";
import { actorAt, asked, everybody, evil, openTestEngine, ours, stub, theirs, type Told } from "../support/engine.ts";

const now = "2026-12-07T10:00:00.000Z";
const AS = "https://www.w3.org/ns/activitystreams";
const board = `${ours}/jobs`;
const coop = `${ours}/actor`;
const client = `${ours}/clients/9`;
const zoe = `${ours}/members/zoe`;
const sister = `${theirs}/actor`;
const anna = `${theirs}/members/anna`;
const mallory = `${evil}/actor`;

let told = 0;
const tells = (actor: string, type: string, object: unknown, more: object = {}): Told => ({
  "@context": AS,
  id: `${new URL(actor).origin}/acts/${(told += 1)}`,
  type,
  actor,
  ...(object === undefined ? {} : { object }),
  ...more,
});

test("what coops tell each other is filed", async (t) => {
  const engine = await openTestEngine(t);
  await t.test("who follows stands among the followers once that was accepted, until they undo it", async (part) => {
    const follow = tells(anna, "Follow", board);
    part.equal(await engine.receive(board, follow), "new");
    part.equal(await engine.receive(board, follow), "known");
    part.same(await engine.items(`${board}/followers`), []);
    const accept = await engine.publish("Accept", board, [anna], { object: follow.id });
    part.match(accept, { inboxes: [`${theirs}/inbox`], unresolved: [] });
    part.same(await engine.items(`${board}/followers`), [anna]);
    part.equal(await engine.receive(board, tells(anna, "Undo", follow.id)), "new");
    part.same(await engine.items(`${board}/followers`), []);
    part.equal(await engine.receive(board, follow), "known", "what was undone does not come back");
    part.same(await engine.items(`${board}/followers`), []);
  });
  await t.test("whom we follow stands there once they accepted, until they reject us", async (part) => {
    const follow = await engine.publish("Follow", coop, [sister], { object: sister });
    const accept = tells(sister, "Accept", { ...follow.document, name: "Altered" });
    part.equal(await engine.receive(coop, accept), "new");
    part.same(
      (await engine.act(({ store }) => store.readActivity(accept.id)))?.document["object"],
      [follow.id],
      "its address counts alone",
    );
    part.same(await engine.items(`${coop}/following`), [sister]);
    part.equal(await engine.receive(coop, tells(mallory, "Reject", follow.id)), "notTheirs");
    part.same(await engine.items(`${coop}/following`), [sister]);
    part.equal(await engine.receive(coop, tells(sister, "Reject", follow.id)), "new");
    part.same(await engine.items(`${coop}/following`), []);
    part.equal(await engine.receive(coop, tells(sister, "Reject", follow.id)), "new", "said again it changes nothing");
  });
  await t.test("an offer is answered by who stands in it", async (part) => {
    const proof = { type: "DataIntegrityProof", proofValue: "z3" };
    const offer = tells(anna, "Offer", { type: "Agreement", proof }, { to: client, cc: coop, proof });
    part.equal(await engine.receive(client, offer), "new");
    part.equal(await engine.receive(coop, offer), "new", "the second whom it is for");
    const { wire, doc } = await engine.db
      .selectFrom("federation.activity")
      .selectAll()
      .where("id", "=", offer.id)
      .executeTakeFirstOrThrow();
    part.same(JSON.parse(String(wire)), offer, "what was signed is kept");
    part.notMatch(JSON.stringify(doc), "proof", "and read without its proofs");
    await part.rejects(engine.publish("Accept", coop, [anna], { object: offer.id }), /notTheirs/, "a copy is no question");
    const result = { id: `${ours}/engagements/7`, type: "Agreement", attributedTo: client };
    const accept = await engine.publish("Accept", client, [anna], { cc: sister, object: offer.id, result });
    part.same(accept.inboxes, [`${theirs}/inbox`], "one letter for all at one place");
    part.equal(await engine.receive(client, tells(anna, "Accept", accept.id)), "new", "countersigned");
    const other = tells(anna, "Offer", { type: "Agreement" }, { to: client });
    await engine.receive(client, other);
    await engine.publish("Reject", client, [anna], { object: other.id });
    part.same(await engine.items(`${client}/rejected`), [other.id]);
  });
  await t.test("who joins and who moves is filed", async (part) => {
    const join = tells(anna, "Join", `${ours}/gatherings/3`, { to: board });
    part.equal(await engine.receive(board, join), "new");
    await engine.publish("Accept", board, [anna], { object: join.id });
    const move = tells(anna, "Move", anna, { target: "https://elsewhere.example/members/anna" });
    part.equal(await engine.receive(board, move), "new");
    part.same(((await engine.items(`${board}/inbox`)) as readonly string[]).slice(0, 2), [move.id, join.id]);
  });
  await t.test("a thing is changed and deleted by who made it", async (part) => {
    const job = { id: `${theirs}/jobs/1`, type: "Note", name: "Manual" };
    const state = () => engine.act(async ({ store }) => (await store.readObject(job.id))?.document);
    part.equal(await engine.receive(coop, tells(sister, "Create", job)), "new");
    const again = tells(sister, "Create", job);
    part.equal(await engine.receive(coop, again), "known", "it is made once");
    part.equal(await engine.act(({ store }) => store.readActivity(again.id)), undefined);
    part.equal(await engine.receive(coop, tells(anna, "Update", { ...job, name: "Mine" })), "notTheirs", "a neighbour at the same server");
    part.equal(await engine.receive(coop, tells(sister, "Update", { ...job, name: "Longer manual" })), "new");
    part.match(await state(), { name: ["Longer manual"], attributedTo: [sister] });
    part.equal(await engine.receive(coop, tells(anna, "Delete", job.id)), "notTheirs");
    part.equal(await engine.receive(coop, tells(sister, "Delete", job.id)), "new");
    part.match(await state(), { type: "Tombstone", deleted: [now], published: [now], updated: [now] });
    part.equal(await engine.act(({ store }) => store.updateObject({ ...job }, sister)), false, "deleted for good");
    part.equal(await engine.receive(coop, tells(sister, "Update", job)), "gone");
    const { actors } = await engine.kept();
    part.equal(await engine.receive(coop, tells(anna, "Update", { id: anna, type: "Person", inbox: `${evil}/inbox` })), "new");
    part.equal(await engine.receive(coop, tells(anna, "Delete", anna)), "new");
    part.same((await engine.kept()).actors, actors, "an actor is looked up at its home, not taken from a letter");
  });
  await t.test("what is taken back before it came changes nothing when it comes", async (part) => {
    const follow = tells(anna, "Follow", board);
    part.equal(await engine.receive(board, tells(anna, "Undo", follow.id)), "new");
    part.equal(await engine.receive(board, follow), "known");
    await part.rejects(engine.publish("Accept", board, [anna], { object: follow.id }), /notTheirs/);
    const note = { id: `${theirs}/jobs/2`, type: "Note" };
    part.equal(await engine.receive(board, tells(sister, "Delete", note.id)), "new");
    part.equal(await engine.receive(board, tells(sister, "Create", note)), "known");
    part.equal(
      await engine.receive(board, tells(sister, "Update", { id: `${theirs}/jobs/3`, type: "Note" })),
      "unknown",
      "this one may wait",
    );
  });
  t.same(asked, [], "nothing that is not installed was asked for");
});

test("what we publish is kept as it was signed, and goes to whom it is for", async (t) => {
  const engine = await openTestEngine(t);
  await engine.receive(coop, tells(sister, "Follow", coop, { id: `${theirs}/acts/follow` }));
  await engine.publish("Accept", coop, [sister], { object: `${theirs}/acts/follow` });
  const job = { id: `${ours}/jobs/1`, type: "Proposal", attributedTo: client };
  const made = await engine.publish("Create", client, [`${coop}/followers`, everybody], {
    cc: [mallory, zoe, "https://nobody.example/actor"],
    object: job,
  });
  t.same(made.inboxes, [`${theirs}/inbox`, `${evil}/inbox`], "the coop's followers, and those named, but for our own");
  t.same(made.unresolved, ["https://nobody.example/actor"]);
  const { wire, doc } = await engine.db
    .selectFrom("federation.activity")
    .select(["wire", "doc"])
    .where("id", "=", made.id)
    .executeTakeFirstOrThrow();
  t.same(
    JSON.parse(String(wire)),
    { cc: [mallory, zoe, "https://nobody.example/actor"], object: job, id: made.id },
    "the bytes themselves",
  );
  t.match(doc, { published: [now], likes: [{ id: `${made.id}/likes` }], shares: [{ id: `${made.id}/shares` }] });
  await engine.publish("Delete", client, [everybody], { object: job.id });
  t.match(await engine.act(({ store }) => store.readObject(job.id)), { owner: client, document: { type: "Tombstone" } });

  await engine.act(async ({ engine: opened }) => {
    const minted = opened.mint("activity");
    t.match(minted, new RegExp(`^${ours}/acts/[0-9a-f-]{36}$`));
    const built = await opened.build("Follow", coop, [sister], { id: minted, object: sister });
    t.equal(built.id, minted);
    await t.rejects(opened.build("Follow", coop, [sister], { id: `${ours}/jobs/1`, object: sister }), /not minted/);
    await t.rejects(opened.publish(coop, built, Buffer.from('{"id":"another"}')), /not those of/);
    await opened.publish(coop, built, Buffer.from(JSON.stringify({ id: minted })));
    await t.rejects(opened.publish(coop, built, Buffer.from(JSON.stringify({ id: minted }))), /before/);
    await t.rejects(opened.publish(sister, built, Buffer.from("{}")), /no actor of ours/);
    await t.rejects(opened.publish(coop, await opened.build("Like", coop, [sister], { object: sister }), Buffer.from("{}")), /unheard/);
  });

  await t.test("collections are read newest first, page by page, by whom they are for", async (part) => {
    const ids: string[] = [];
    for (let at = 0; at < 22; at += 1)
      ids.unshift((await engine.publish("Follow", board, [at === 0 ? anna : sister], { object: sister })).id);
    const page = (at?: string, reader: Reader = "coop") =>
      engine.act(({ engine: opened }) => opened.collection(`${board}/outbox`, at, reader) as Promise<Record<string, unknown>>);
    part.match(await page(), { type: "OrderedCollection", totalItems: 22, first: `${board}/outbox?page=true` });
    const first = await page("true");
    part.same(first["orderedItems"], ids.slice(0, 20));
    const next = new URL(String(first["next"])).searchParams.get("page") ?? "";
    const second = await page(next);
    part.same(second["orderedItems"], ids.slice(20));
    for (const bad of ["false", "0", "-1", "1e3", "1;drop", "9".repeat(19), ""]) part.same(await page(bad), { refused: "page" }, bad);
    part.same((await page(next, { signed: anna }))["orderedItems"], [ids.at(-1)]);
    part.same((await page("true", "anybody"))["orderedItems"], []);
  });
});

const forged = {
  id: `${ours}/acts/forged`,
  type: "Create",
  actor: zoe,
  to: everybody,
  object: { id: `${ours}/votes/1`, type: "Note", attributedTo: zoe },
};
const key = { id: `${theirs}/actor#rsa-1`, owner: sister, publicKeyPem: "the attacker's" };

test("nobody is kept or changed by others", async (t) => {
  const engine = await openTestEngine(t);
  await t.test("nothing is kept of what only pretends", async (part) => {
    const secret = await engine.publish("Offer", client, [sister], { object: { type: "Agreement" } });
    const before = await engine.kept();
    const probes: readonly (readonly [says: string, told: Told, refused: string, signer?: string])[] = [
      ["our own actor made anew", tells(mallory, "Update", { id: coop, type: "Application", attributedTo: mallory }), "foreign"],
      [
        "a thing of a third party changed",
        tells(mallory, "Update", { id: `${theirs}/jobs/1`, type: "Note", attributedTo: mallory }),
        "foreign",
      ],
      ["another's actor in a new thing's place", tells(mallory, "Create", { id: sister, type: "Application", publicKey: key }), "foreign"],
      [
        "a new thing of somebody else's",
        tells(mallory, "Create", { id: `${evil}/notes/1`, type: "Note", attributedTo: sister }),
        "notTheirs",
      ],
      ["an activity as a thing", tells(mallory, "Update", { ...forged, id: `${evil}/acts/1`, actor: mallory }), "unfit"],
      ["a liked forgery", tells(mallory, "Like", forged), "unheard"],
      ["a passed on forgery", tells(mallory, "Announce", forged), "unheard"],
      [
        "an accepted follow that we never sent",
        tells(mallory, "Accept", { id: `${ours}/acts/9`, type: "Follow", actor: coop, object: mallory }),
        "notTheirs",
      ],
      ["an answer to what was sent to others", tells(mallory, "Accept", secret.id), "notTheirs"],
      ["a refusal of what was sent to others", tells(mallory, "Reject", secret.id), "notTheirs"],
      ["our own taken back", tells(mallory, "Undo", secret.id), "foreign"],
      ["a name like ours", { ...tells(mallory, "Follow", coop), id: `${ours}.evil.example/acts/1` }, "foreign"],
      ["an id on another host", { ...tells(mallory, "Follow", coop), id: `${theirs}/acts/77` }, "foreign"],
      ["in another's name", tells(sister, "Follow", coop), "foreign", mallory],
      ["in our name", tells(zoe, "Follow", coop), "foreign"],
      ["a follow of somebody else", tells(mallory, "Follow", board), "unfit"],
      ["no object", tells(mallory, "Follow", undefined), "unreadable"],
      ["a context that is none", tells(mallory, "Follow", coop, { "@context": [null] }), "unreadable"],
      ["a context that turns in a circle", tells(mallory, "Follow", coop, { "@context": { a: "b:c", b: "a:d" } }), "unreadable"],
    ];
    for (const [says, activity, refused, signer] of probes) {
      part.equal(await engine.receive(coop, activity, signer), refused, says);
      part.same(await engine.kept(), before, `nothing is kept of ${says}`);
    }
    part.same(asked, [], "and nobody was asked about it");
  });

  await t.test("what an honest envelope carries of others is their address alone", async (part) => {
    const context = ["https://evil.example/never-fetched", AS, { actor: "https://evil.example/ns#actor" }];
    const create = tells(
      mallory,
      "Create",
      { id: `${evil}/notes/1`, type: "Note", tag: { ...actorAt(sister), type: "Application", name: "Forged", publicKey: key } },
      {
        "@context": context,
        _meta: { collection: [`${coop}/followers`] },
        likes: { id: `${ours}/acts/forged`, type: "OrderedCollection", totalItems: 9 },
      },
    );
    part.equal(await engine.receive(coop, create), "new");
    const kept = JSON.stringify(
      await engine.act(async ({ store }) => [await store.readObject(`${evil}/notes/1`), await store.readActivity(create.id)]),
    );
    part.match(kept, sister);
    for (const word of ["Forged", "attacker", "_meta", "likes", "never-fetched"]) part.notMatch(kept, word);
    part.match(kept, `"actor":["${mallory}"]`, "who acts is told by the signature");
    part.same(await engine.items(`${coop}/followers`), []);
    part.same(asked, []);
  });

  await t.test("the second lock holds whatever the engine would do", async (part) => {
    const note = { id: `${theirs}/notes/1`, type: "Note" };
    const activity = (id: string) => ({ document: { id, type: "Follow" }, collection: `${coop}/inbox`, wire: Buffer.from("{}") });
    for (const [id, writer] of [
      [note.id, mallory],
      [`${ours}/notes/1`, mallory],
      [note.id, coop],
      [`${ours}.evil.example/1`, coop],
    ] as const) {
      await part.rejects(
        engine.act(({ store }) => store.saveObject({ id, type: "Note" }, writer)),
        /may not keep/,
      );
      await part.rejects(
        engine.act(({ store }) => store.updateObject({ id, type: "Note" }, writer)),
        /may not keep/,
      );
      await part.rejects(
        engine.act(({ store }) => store.saveActivity(activity(id), writer)),
        /may not keep/,
      );
      await part.rejects(
        engine.act(({ store }) => store.removeActivity(id, writer)),
        /may not keep/,
      );
    }
    await engine.act(async ({ store }) => {
      part.equal(await store.saveObject({ ...note, _meta: { key: "private" }, tag: [{ _key: 1, name: ["a"] }] }, sister), true);
      part.same(
        (await store.readObject(note.id))?.document,
        { ...note, tag: [{ name: ["a"] }] },
        "what the engine notes for itself is not kept",
      );
      part.equal(await store.updateObject({ ...note, name: ["b"] }, anna), false, "the owner stands in the statement itself");
      part.equal(await store.saveActivity(activity(`${theirs}/acts/1`), sister), true);
      part.equal(await store.removeActivity(`${theirs}/acts/1`, anna), false);
      part.equal(await store.list(`${theirs}/acts/2`, `${coop}/inbox`), false, "what is not here is not listed");
    });
    const direct = engine.db.insertInto("federation.object").values({ id: note.id, owner: mallory, origin: theirs, doc: "{}" }).execute();
    await part.rejects(direct, /check constraint/, "and the table itself says so");
  });
});

test("what is not installed throws, and is noticed", (t) => {
  for (const name of ["mongodb", "request", "request-promise-native", "http-signature", "express"]) {
    t.throws(() => (stub(name) as () => void)(), /is not installed/);
    t.throws(() => (stub(name) as { readonly any: unknown }).any, /is not installed/);
  }
  t.throws(() => (stub("http-client") as { readonly httpClient: () => void }).httpClient(), /is not installed/);
  t.equal(asked.length, 11);
  t.end();
});
