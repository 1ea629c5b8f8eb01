// A server that nobody here wrote: Fedify, in a process of its own, follows our board, reads what we publish, and is a board that ours follows.
import { randomBytes } from "node:crypto";
import { test, type Test } from "tap";
import { z } from "zod";
import { tell } from "@partcommune/server/federation/actions/telling";
import type { Telling } from "@partcommune/server/federation/index";
import type { Scope } from "@partcommune/server/platform/scope";
import { newId } from "@partcommune/server/platform/world";
import { askNeighbour, followNeighbour, listNeighbours } from "@partcommune/shared/federation/api";
import { postJob, searchJobs } from "@partcommune/shared/marketplace/api";
import { listener } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import { freePort } from "../support/browser.ts";
import type { Caller, TestCoop } from "../support/coop.ts";
import { openFedify, type Fedify } from "../support/fedify.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder } from "../support/people.ts";
import { bindTo, openReached, settled } from "../support/sisters.ts";

test("what is told between a coop and Fedify is understood on both sides", async (t) => {
  // Fedify reads the clock of the computer.
  const here = openReached(t, `http://localhost:${await freePort()}`, { now: new Date().toISOString() });
  const [coop, fedify] = await Promise.all([here, openFedify(t)]);
  const officer = await founder(coop);
  await followed(t, coop, fedify);
  const job = await posted(coop);
  await read(t, coop, fedify, job);
  await following(t, coop, fedify, officer);
  await agreed(t, coop, fedify, job);
  await left(t, coop, fedify);
});

const flavours = ["cavage", "rfc9421"] as const;

/** Both kinds of signature are believed at the first knock, and our answer is. */
async function followed(t: Test, coop: TestCoop, fedify: Fedify): Promise<void> {
  const first = await Promise.all(Array.from({ length: 8 }, () => shown(`${coop.origin}/actor`)));
  t.equal(new Set(first.map((each) => JSON.stringify(each))).size, 1, "all who ask first are shown the same keys");
  for (const flavour of flavours) {
    const { posts } = await fedify.ask({ send: "Follow", by: flavour, to: `${coop.origin}/jobs`, flavour });
    t.same(posts, [{ flavour, status: 202 }], `a follow signed by ${flavour}`);
  }
  await settled(coop);
  t.equal((await shown(`${coop.origin}/jobs/followers`))["totalItems"], 2);
  t.match(await fedify.ask({ heard: true }), [{ type: "Accept" }, { type: "Accept" }]);
}

/** A job that everybody may see. */
async function posted(coop: TestCoop): Promise<string> {
  const { caller: client, client: organisation } = await clientOwner(coop, "Carla");
  const day = (days: number): string => new Date(millisecondsOf(coop.now()) + days * 86_400_000).toISOString().slice(0, 10);
  const { id } = (await client.call(postJob, { ...posterJob(organisation), startOn: day(20), endOn: day(25), bidsUntil: day(10) })).body;
  await settled(coop);
  return id;
}

/** Everything that we show and tell has a class of Fedify's own vocabulary, which holds all of it but the words that are ours alone. */
async function read(t: Test, coop: TestCoop, fedify: Fedify, job: string): Promise<void> {
  const words = ["webfinger"];
  for (const [path, type, unknown] of [
    ["/actor", "Application", words],
    ["/jobs", "Group", words],
    [`/jobs/${job}`, "Proposal", []],
    [`/jobs/${job}/note`, "Note", []],
  ] as const) {
    const looked = await fedify.ask({ look: `${coop.origin}${path}` });
    t.equal(looked.type, type, path);
    t.same(lost(await shown(`${coop.origin}${path}`), looked.holds), unknown, `${path} as a ${type}`);
  }
  const heard = await fedify.ask({ heard: true });
  t.same(heard.map(({ type }) => type).toSorted(), ["Accept", "Accept", "Create", "Create"]);
  for (const { id, type, holds } of heard) t.same(lost(await sent(coop, id), holds), [], `${type} ${id}`);
}

/** Fedify's board is found, followed and believed, though it takes no signature but the standard's. */
async function following(t: Test, coop: TestCoop, fedify: Fedify, officer: Caller): Promise<void> {
  await officer.call(askNeighbour, { address: fedify.origin });
  await settled(coop);
  const [found] = (await officer.call(listNeighbours, {})).body.items;
  t.match(found, { name: "Printers on Fedify", state: "found", currencies: ["EUR"] });
  await officer.call(followNeighbour, { neighbour: found?.id ?? "" });
  await settled(coop);
  t.match((await officer.call(listNeighbours, {})).body.items, [{ state: "followed" }]);
  for (const flavour of flavours) {
    const { posts } = await fedify.ask({ send: "Create", by: "jobs", to: `${coop.origin}/jobs`, flavour });
    t.same(posts, [{ flavour, status: 202 }], `a note signed by ${flavour}`);
    await settled(coop);
  }
  const { items } = (await coop.someone().call(searchJobs, { order: "newest" })).body;
  t.match(
    items.filter(({ elsewhere }) => elsewhere),
    [
      {
        title: "Business cards",
        client: "Papeterie",
        price: { amount: "380.00", currency: "EUR" },
        elsewhere: { coop: "Printers on Fedify" },
      },
    ],
  );
}

/** What binds is proved: what we say holds before Fedify, and what it says before us. */
async function agreed(t: Test, coop: TestCoop, fedify: Fedify, job: string): Promise<void> {
  await bindTo(coop, fedify.origin);
  const [own, theirs, anna] = [`${coop.origin}/actor`, `${fedify.origin}/actor`, `${fedify.origin}/anna`];
  const bid = await fedify.ask({ send: "Offer", by: "anna", to: own, flavour: "cavage", about: `${coop.origin}/jobs/${job}` });
  t.same(bid.posts, [{ flavour: "cavage", status: 202 }], "its offer");
  await settled(coop);
  await say(coop, { actor: "actor", type: "Accept", to: [anna], object: bid.id, result: agreement(own, job), prove: true });
  const offer = `${coop.origin}/acts/${newId({ random: randomBytes }, coop.now())}`;
  await say(coop, { actor: "actor", type: "Offer", to: [theirs], object: { type: "Agreement", name: "A treaty" }, prove: true, id: offer });
  await settled(coop);
  const heard = (await fedify.ask({ heard: true })).slice(-2);
  t.same(heard.map(({ type }) => type).toSorted(), ["Accept", "Offer"]);
  for (const { id, type, holds } of heard) {
    const wire = await sent(coop, id);
    t.same(lost(wire, holds), [], `our ${type}`);
    t.same(await fedify.ask({ verify: wire["result"] ?? wire }), [`${own}#ed-1`], "and its proof");
    t.same(await fedify.ask({ verify: { ...((wire["result"] ?? wire) as Json), name: "Another" } }), [null], "which no other document has");
  }
  const yes = await fedify.ask({ send: "Accept", by: "actor", to: own, flavour: "rfc9421", about: offer });
  t.same(yes.posts, [{ flavour: "rfc9421", status: 202 }], "its agreement");
}

const verb = { name: "test.say", input: z.strictObject({}), answer: Nothing, status: 200 };

/** Says something in the name of one of our actors, as a domain would. */
async function say({ perform }: TestCoop, telling: Telling): Promise<void> {
  const act = async (scope: Scope): Promise<Record<string, never>> => (await tell(scope, telling), {});
  await perform(listener, verb, act, {}, { key: JSON.stringify(telling), cause: "test" });
}

/** What we would agree to with the member who bid on a job. */
const agreement = (by: string, job: string): JsonObject => {
  const about = (part: string, figure: string): JsonObject => ({
    type: "Commitment",
    satisfies: `${new URL(by).origin}/jobs/${job}#${part}`,
    resourceQuantity: { type: "om2:Measure", hasUnit: "one", hasNumericalValue: figure },
  });
  return {
    id: `${new URL(by).origin}/engagements/${job}`,
    type: "Agreement",
    attributedTo: by,
    published: "2026-12-08T08:00:00Z",
    stipulates: about("primary", "1"),
    stipulatesReciprocal: about("reciprocal", "380.00"),
    "pc:feePpm": 85_000,
  };
};

async function left(t: Test, coop: TestCoop, fedify: Fedify): Promise<void> {
  for (const flavour of flavours) {
    const { posts } = await fedify.ask({ send: "Undo", by: flavour, to: `${coop.origin}/jobs`, flavour });
    t.same(posts, [{ flavour, status: 202 }], `an undo signed by ${flavour}`);
  }
  await settled(coop);
  t.equal((await shown(`${coop.origin}/jobs/followers`))["totalItems"], 0);
  const refused = await coop.db.selectFrom("federation.inbox_event").select("type").where("state", "<>", "done").orderBy("no").execute();
  t.same(refused, [{ type: "Accept" }], "nothing was refused later but what answers no treaty of ours");
}

type Json = Readonly<Record<string, unknown>>;

/** A document of ours as anybody gets it. */
const shown = async (url: string): Promise<Json> =>
  (await (await fetch(url, { headers: { accept: "application/activity+json" } })).json()) as Json;

/** An activity of ours as it left. */
async function sent({ db }: TestCoop, id: string): Promise<Json> {
  const { wire } = await db.selectFrom("federation.activity").select("wire").where("id", "=", id).executeTakeFirstOrThrow();
  return JSON.parse(String(wire)) as Json;
}

/** The words of a document with what they say, that somebody who read it no longer holds. Words of the coops' own namespace are no vocabulary's. */
function lost(document: Json, holds: unknown): readonly string[] {
  const held = new Set(said(holds));
  const missing = said(document).filter((each) => !held.has(each));
  return [...new Set(missing.map((each) => each.slice(0, each.indexOf(" "))))];
}

/** Everything that a document says, word by word, whether its words are short or written in full. */
function said(document: unknown): readonly string[] {
  const things = [document].flat().filter((each): each is Json => typeof each === "object" && each !== null);
  return things.flatMap((thing) =>
    Object.entries(thing)
      .filter(([word]) => word !== "@context" && word !== "proof" && !word.startsWith("pc:"))
      .flatMap(([word, value]) => [...[value].flat().flatMap((each) => sayingOf(nameOf(word), each)), ...said(value)]),
  );
}

/** The name of a word without its namespace. */
const nameOf = (word: string): string => word.replace(/^.*[#/:@]/, "");

/** What one value of a word says: a text, a name, a time in whichever form. */
function sayingOf(word: string, value: unknown): readonly string[] {
  if (typeof value === "object" && value !== null) {
    const { "@value": plain, "@id": full, id = full } = value as Json;
    return plain === undefined && id === undefined ? [] : sayingOf(word, plain ?? id);
  }
  const text = word === "type" ? nameOf(String(value)) : String(value).replaceAll(/\s/g, "");
  return [`${word} ${/^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : text}`];
}
