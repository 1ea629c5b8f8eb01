// Two coops come to a treaty over the wire: what each tells the other, what nobody else can say of it, and that neither is bound by more than its own vote.
import { setTimeout as pause } from "node:timers/promises";
import { test, type Test } from "tap";
import { hashOfAgreement } from "@partcommune/server/federation/actions/terms";
import { askNewKeys } from "@partcommune/server/federation/actions/keys";
import { tell } from "@partcommune/server/federation/actions/telling";
import type { Telling } from "@partcommune/server/federation/index";
import { followOf } from "@partcommune/server/federation/store/acts";
import type { Database, Tx } from "@partcommune/server/platform/database";
import { proofHolds } from "@partcommune/federation/sign/proof";
import { treatyFromWire, treatyToAgreement } from "@partcommune/federation/translate/treaty";
import { ctx } from "@partcommune/federation/vocabulary";
import { askNeighbour, listNeighbours } from "@partcommune/shared/federation/api";
import { listSisters, readSister } from "@partcommune/shared/federation/api/sisters";
import { redraftTreaty, refuseTreaty, wishTreaty, withdrawTreaty } from "@partcommune/shared/federation/api/treaties";
import type { Terms } from "@partcommune/shared/governance/rules/terms";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { dayMs } from "@partcommune/shared/platform/time";
import type { Caller, TestCoop } from "../support/coop.ts";
import { founder } from "../support/people.ts";
import { laFilature, openSister, settled } from "../support/sisters.ts";
import { call, openStranger, shown, type Json } from "../support/stranger.ts";
import {
  holdOffer,
  does,
  followers,
  hashOf,
  held,
  hostOf,
  offerOf,
  ownActor,
  reason,
  refusedAt,
  savedKeys,
  terms,
  treatyOf,
  voted,
} from "../support/treating.ts";

test("two coops come to a treaty, and part", async (t) => {
  const [atelier, filature] = [await openSister(t, "atelier"), await openSister(t, "filature")];
  const [board, theirs] = [await founder(atelier), await founder(filature, laFilature)];
  await board.call(askNeighbour, { address: filature.origin });
  await settled(atelier, filature);
  t.match((await board.call(listNeighbours, {})).body.items, [{ state: "found" }]);
  const host = await hostOf(atelier, filature.origin);
  const ofBoth = async () => [await treatyOf(atelier, filature.origin), await treatyOf(filature, atelier.origin)];
  const states = async () => (await ofBoth()).map((treaty) => treaty?.state);
  const vote = async (): Promise<void> => {
    for (const coop of [atelier, filature]) coop.wait(1000);
    await voted(atelier, host, filature.origin, { terms });
  };
  const offer = async (): Promise<void> => (await vote(), settled(atelier, filature));

  await offer();
  t.same(await states(), ["offered", "received"], "and nothing is accepted by itself");
  await holdOffer(t, atelier, filature);
  t.match(await treatyOf(filature, atelier.origin), { ours: false, draft: 1, hash: hashOf(terms) });
  t.match((await filature.someone().call(listSisters, {})).body.items, [{ name: "Atelier Commun", mode: "applicant" }]);
  const back = await hostOf(filature, atelier.origin);
  t.equal((await theirs.call(refuseTreaty, { host: back, reason })).status, 200);
  await settled(atelier, filature);
  t.same(await states(), ["refused", "refused"]);

  await offer();
  await board.call(withdrawTreaty, { host, reason });
  await settled(atelier, filature);
  t.same(await states(), ["withdrawn", "withdrawn"]);
  const before = await treatyOf(filature, atelier.origin);
  await held(atelier, filature, vote, () => board.call(withdrawTreaty, { host, reason }));
  t.same(await treatyOf(filature, atelier.origin), before, "what was taken back before it came changes nothing when it comes");

  // Both memberships voted for an offer to the other, and the two pass each other on the way.
  await vote();
  const crossing = { ...terms, hostSharePpm: 240_000 };
  await voted(filature, back, atelier.origin, { terms: crossing });
  await settled(atelier, filature);
  t.match(
    await ofBoth(),
    [
      { state: "offered", ours: true, hash: hashOf(terms) },
      { state: "received", ours: false, hash: hashOf(terms) },
    ],
    "one offer lies on both tables",
  );
  const [first] = [await offerOf(atelier, filature.origin)];
  t.equal((await theirs.call(wishTreaty, { host: back, terms: { ...terms, hostSharePpm: 250_000 } })).status, 200);
  await settled(atelier, filature);
  t.match(
    await ofBoth(),
    [
      { state: "offered", draft: 1 },
      { state: "received", draft: 1 },
    ],
    "a wish binds neither",
  );
  t.match((await board.call(readSister, { host })).body.treaty?.drafts, [
    { ours: true },
    { ours: false, terms: { hostSharePpm: 240_000 } },
    { ours: false, terms: { hostSharePpm: 250_000 } },
  ]);
  t.equal((await board.call(redraftTreaty, { host, terms: { ...terms, hostSharePpm: 210_000 } })).status, 200);
  await settled(atelier, filature);
  const met = { ...terms, hostSharePpm: 210_000 };
  t.match(await treatyOf(filature, atelier.origin), { state: "received", draft: 3, hash: hashOf(met) });
  const old = treatyToAgreement({ draft: 1, terms, parties: [atelier, filature].map(ownActor) }, "An old draft");
  await does(atelier, (scope) => tell(scope, { actor: "actor", type: "Offer", to: [ownActor(filature)], object: old, prove: true }));
  await settled(atelier, filature);
  t.match(await treatyOf(filature, atelier.origin), { draft: 3, hash: hashOf(met) }, "an old draft, said again, lies no more on the table");

  // The answer of one and another draft of the other pass each other on the way.
  const last = { ...terms, hostSharePpm: 220_000 };
  await held(
    atelier,
    filature,
    () => board.call(redraftTreaty, { host, terms: last }),
    async () => (await voted(filature, back, atelier.origin, { hash: hashOf(met) }), settled(filature, atelier)),
  );
  t.match(
    await ofBoth(),
    [
      { state: "offered", hash: hashOf(last) },
      { state: "received", hash: hashOf(last) },
    ],
    "nobody signed other words",
  );
  t.match(await refusedAt(atelier), ["treaty-differs"]);
  t.same([await followers(atelier), await followers(filature)], [[], []]);

  await voted(filature, back, atelier.origin, { hash: hashOf(last) });
  await settled(atelier, filature);
  const [here, there] = await ofBoth();
  t.match(here, { state: "active", ours: true });
  t.match(there, { state: "active", ours: false });
  t.equal(here?.iri, there?.iri);
  t.same([await followers(atelier), await followers(filature)], [[ownActor(filature)], [ownActor(atelier)]]);
  await t.test("what was agreed stands at its address", (part) => read(part, filature, here?.iri ?? "", last));

  const doors = await filature.db.selectFrom("federation.inbox_event").select("door").distinct().execute();
  t.same(doors, [{ door: "actor" }], "what coops say to each other comes to the door of the coop");
  const kept = [await ofBoth(), await followers(atelier), await followers(filature), await refusedAt(atelier), await refusedAt(filature)];
  for (const { db, now } of [atelier, filature])
    await db.updateTable("federation.delivery").set({ state: "due", done_at: null, due_at: now() }).execute();
  await settled(atelier, filature);
  const after = [await ofBoth(), await followers(atelier), await followers(filature), await refusedAt(atelier), await refusedAt(filature)];
  t.same(after, kept, "whatever was sent may come twice");

  // Each has to look the other up again before it knows who speaks.
  for (const { db, now, wait } of [atelier, filature]) {
    wait(2 * dayMs);
    await db.updateTable("federation.delivery").set({ state: "due", done_at: null, due_at: now() }).execute();
  }
  await settled(atelier, filature);
  const unsent = ({ db }: TestCoop) => db.selectFrom("federation.delivery").select("status").where("state", "<>", "sent").execute();
  t.same([await unsent(atelier), await unsent(filature)], [[], []], "after days of silence both are heard at once");
  for (const { wait } of [atelier, filature]) wait(6 * 60_000);

  await t.test("what people of a sister say of treaties is nobody's word", (part) => meddling(part, atelier, filature, first));
  await t.test("a follow that is taken back meanwhile is answered by nobody", (part) => takenBack(part, atelier, filature));
  await t.test("keys are changed, and everybody goes on", (part) => changing(part, atelier, filature));
  await voted(filature, back, atelier.origin, "end");
  await settled(atelier, filature);
  t.same(await states(), ["ended", "ended"]);
  t.same([await followers(atelier), await followers(filature)], [[], []]);
  await t.test("a third coop", (part) => third(part, atelier, filature, { board, host }));
});

/** The agreement at its own address: for anybody, with the proof of who accepted, the same bytes as were sent. */
async function read(t: Test, filature: TestCoop, iri: string, agreed: Terms): Promise<void> {
  const reply = await call("GET", iri, [["accept", "application/activity+json"]]);
  const agreement = JSON.parse(reply.body) as JsonObject;
  t.match(agreement, { id: iri, type: "Agreement", attributedTo: ownActor(filature) });
  t.same(treatyFromWire(agreement)?.terms, agreed);
  const { assertionMethod } = JSON.parse((await call("GET", ownActor(filature), [["accept", "application/activity+json"]])).body) as {
    assertionMethod: { id: string; publicKeyMultibase: string }[];
  };
  t.ok(proofHolds(agreement, assertionMethod[0]?.publicKeyMultibase ?? ""));
  const [sent] = await filature.db
    .selectFrom("federation.activity")
    .select("wire")
    .where("wire", "is not", null)
    .execute()
    .then((rows) => rows.filter(({ wire }) => wire?.includes(reply.body)));
  t.ok(sent, "as it was sent");
  t.equal((await call("GET", `${filature.origin}/treaties/x`, [["accept", "application/activity+json"]])).status, 404);
}

/** A member of a sister says what only its coop may say. */
async function meddling(t: Test, atelier: TestCoop, filature: TestCoop, offer: string): Promise<void> {
  const path = "members/anna";
  await does(filature, (scope) => savedKeys(scope, path));
  const object = treatyToAgreement({ draft: 9, terms, parties: [atelier, filature].map(ownActor) }, "Anna's own");
  const before = await treatyOf(atelier, filature.origin);
  const says = async (told: Pick<Telling, "type" | "object">): Promise<void> => {
    await does(filature, (scope) => tell(scope, { actor: path, to: [ownActor(atelier)], prove: true, ...told }));
    await settled(atelier, filature);
  };
  const events = () =>
    atelier.db
      .selectFrom("federation.inbox_event")
      .select(["type", "door", "proved", "state"])
      .where("actor", "=", `${filature.origin}/${path}`)
      .orderBy("no")
      .execute();
  await says({ type: "Offer", object });
  t.same(await events(), [{ type: "Offer", door: "actor", proved: true, state: "done" }], "it is heard");
  await does(filature, (scope) => tell(scope, { actor: path, type: "Follow", to: [ownActor(atelier)], object: ownActor(atelier) }));
  await settled(atelier, filature);
  t.same(await followers(atelier), [ownActor(filature)]);
  await t.rejects(says({ type: "Reject", object: offer }), /notTheirs/);
  t.same(await treatyOf(atelier, filature.origin), before);

  const anna = `${filature.origin}/${path}`;
  const get = (headers: readonly (readonly [string, string])[] = []) =>
    call("GET", anna, [["accept", "application/activity+json"], ...headers]);
  t.match(JSON.parse((await get()).body), {
    id: anna,
    type: "Person",
    inbox: `${anna}/inbox`,
    endpoints: { sharedInbox: `${filature.origin}/inbox` },
  });
  t.equal((await call("GET", `${filature.origin}/members/nobody`, [["accept", "application/activity+json"]])).status, 404);
}

/** Both ends of a treaty are told at once: whoever answers a follow waits for who takes it back, and finds none. */
async function takenBack(t: Test, atelier: TestCoop, filature: TestCoop): Promise<void> {
  const { db } = atelier;
  const theirs = () => followOf(db, ownActor(filature), ownActor(atelier));
  const follow = (await theirs()) ?? "";
  const doc = JSON.stringify({ id: follow, type: "Tombstone" });
  const kept = await db.selectFrom("federation.activity").select("doc").where("id", "=", follow).executeTakeFirstOrThrow();
  const keep = (tx: Database | Tx, as: string) => tx.updateTable("federation.activity").set({ doc: as }).where("id", "=", follow).execute();
  const found = await db.transaction().execute(async (tx) => {
    await keep(tx, doc);
    const asked = theirs();
    await pause(200);
    return [asked] as const;
  });
  t.not(await found[0], follow);
  await keep(db, JSON.stringify(kept.doc));
}

/** Every actor of a coop gets other keys: its sister hears of it, and what it says next is believed. */
async function changing(t: Test, atelier: TestCoop, filature: TestCoop): Promise<void> {
  const names = async (): Promise<readonly string[]> => {
    const reply = await call("GET", ownActor(filature), [["accept", "application/activity+json"]]);
    const { publicKey, assertionMethod } = JSON.parse(reply.body) as Record<"publicKey", Json> & { assertionMethod: Json[] };
    return [publicKey, ...assertionMethod].map(({ id, expires }) => `${String(id).split("#")[1]}${expires === undefined ? "" : " until"}`);
  };
  const known = async () => {
    const { keys, proving } = await atelier.db
      .selectFrom("federation.remote_actor")
      .select(["keys", "proving"])
      .where("id", "=", ownActor(filature))
      .executeTakeFirstOrThrow();
    return [Object.keys(keys as object).length, (proving as readonly unknown[]).length, JSON.stringify(keys).includes("#rsa-2")];
  };
  t.same(await names(), ["rsa-1", "ed-1"]);
  filature.wait(1000);
  await does(filature, (scope) => askNewKeys(scope, {}));
  await settled(filature, atelier);
  t.same(await names(), ["rsa-2", "ed-2", "ed-1 until"], "the old one still proves what it proved");
  t.same(await known(), [1, 2, true]);
  const people = await filature.db
    .selectFrom("federation.actor_key")
    .select(["actor", "number"])
    .where("retired_at", "is", null)
    .where("kind", "=", "rsa")
    .orderBy("actor")
    .execute();
  t.same(
    people,
    [...new Set(people.map(({ actor }) => actor))].map((actor) => ({ actor, number: 2 })),
    "once each",
  );
  const statement = { id: `${filature.origin}/statements/1`, type: "Document", attributedTo: ownActor(filature), name: "A word" };
  await does(filature, (scope) => tell(scope, { actor: "actor", type: "Create", to: [ownActor(atelier)], object: statement, prove: true }));
  await settled(filature, atelier);
  const last = await atelier.db
    .selectFrom("federation.inbox_event")
    .select(["key_id", "proved", "state"])
    .orderBy("no", "desc")
    .executeTakeFirstOrThrow();
  t.same(last, { key_id: `${ownActor(filature)}#rsa-2`, proved: true, state: "done" });
}

/** A coop that nobody voted for says that it is bound, or that others are. */
async function third(
  t: Test,
  atelier: TestCoop,
  filature: TestCoop,
  { board, host }: { readonly board: Caller; readonly host: string },
): Promise<void> {
  const other = await openStranger(t, atelier, "other");
  other.shows.set(
    "/actor",
    shown(other.actor("/actor", { type: "Application", name: "Other", "pc:board": `${other.origin}/jobs`, "pc:currencies": ["EUR"] })),
  );
  other.shows.set("/jobs", shown(other.actor("/jobs", { type: "Group", "pc:jobs": `${other.origin}/jobs/open` })));
  let acts = 0;
  const says = async (more: Json, result?: Json): Promise<number> => {
    acts += 1;
    const by = `${other.origin}/actor`;
    const bare = {
      "@context": ctx,
      id: `${other.origin}/acts/${acts}`,
      actor: by,
      to: ownActor(atelier),
      ...more,
    };
    const reply = await other.send(
      `${ownActor(atelier)}/inbox`,
      result ? { ...bare, result: other.proved(result, by) } : other.proved(bare, by),
    );
    await settled(atelier);
    return reply.status;
  };
  const agreement = (parties: readonly string[], agreed = terms): JsonObject =>
    treatyToAgreement({ draft: 1, terms: agreed, parties }, "Other");
  const [own, its] = [ownActor(atelier), `${other.origin}/actor`];

  for (const coop of [atelier, filature]) coop.wait(1000);
  await voted(atelier, host, filature.origin, { terms });
  await settled(atelier, filature);
  t.equal(await says({ type: "Offer", object: agreement([its, ownActor(filature)]) }), 202);
  t.equal(await treatyOf(atelier, other.origin), undefined, "a treaty between others");
  t.match(other.got.at(-1), { type: "Reject", "pc:reason": "not-understood" });
  const strange = agreement([its, own]);
  t.equal(
    await says({ type: "Offer", object: { ...strange, "pc:terms": { ...(strange["pc:terms"] as JsonObject), "pc:gift": "1000.00" } } }),
    202,
  );
  t.equal(await treatyOf(atelier, other.origin), undefined, "a term that nobody here knows");
  t.equal(await says({ type: "Offer", object: agreement([its, own]) }), 202);
  t.match(await treatyOf(atelier, other.origin), { state: "received" });
  t.equal((await atelier.someone().call(listSisters, {})).body.items.find(({ origin }) => origin === other.origin)?.name, "Other");

  const forged = { id: `${other.origin}/treaties/1`, attributedTo: its, ...agreement([own, ownActor(filature)]) };
  const offered = await offerOf(atelier, filature.origin);
  t.equal(await says({ type: "Accept", object: offered }, forged), 403, "an answer to what others were offered");
  t.equal(await says({ type: "Reject", object: offered }), 403);
  t.match(await treatyOf(atelier, filature.origin), { state: "offered" });

  await voted(atelier, await hostOf(atelier, other.origin), other.origin, { hash: hashOf(terms) });
  await settled(atelier);
  const accept = other.got.find(({ type, result }) => type === "Accept" && result !== undefined) ?? {};
  const result = accept["result"] as JsonObject;
  t.match(await treatyOf(atelier, other.origin), { state: "accepted", iri: result["id"] });
  const sign = (hash: string): Promise<number> => says({ type: "Accept", object: accept["id"], "pc:sha256": hash });
  t.equal(await sign(hashOfAgreement(agreement([its, own]))), 202);
  t.match(await treatyOf(atelier, other.origin), { state: "accepted" }, "another hash signs nothing");
  t.equal((await refusedAt(atelier)).at(-1), "treaty-differs");
  t.equal(await sign(hashOfAgreement(result)), 202);
  t.match(await treatyOf(atelier, other.origin), { state: "active" });
  t.same(await followers(atelier), [], "it has not asked to follow");
  t.equal(await says({ type: "Follow", object: own }), 202);
  t.same(await followers(atelier), [its]);
  const follow = other.got.find(({ type, object }) => type === "Follow" && object === its) ?? {};
  t.equal(await says({ type: "Reject", object: follow["id"] }), 202);
  t.match(await treatyOf(atelier, other.origin), { state: "ended" }, "who lets us follow no more has ended it");
  t.same(await followers(atelier), []);
  t.equal((await board.call(withdrawTreaty, { host, reason })).status, 200);
}
