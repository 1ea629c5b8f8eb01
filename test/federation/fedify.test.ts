// A server that nobody here wrote: Fedify, in a process of its own, follows our board, reads what we publish, and is a board that ours follows.
import { test, type Test } from "tap";
import { askNeighbour, followNeighbour, listNeighbours } from "@partcommune/shared/federation/api";
import { postJob, searchJobs } from "@partcommune/shared/marketplace/api";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import { freePort } from "../support/browser.ts";
import type { Caller, TestCoop } from "../support/coop.ts";
import { openFedify, type Fedify } from "../support/fedify.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder } from "../support/people.ts";
import { openReached, settled } from "../support/sisters.ts";

test("what is told between a coop and Fedify is understood on both sides", async (t) => {
  // Fedify reads the clock of the computer.
  const here = openReached(t, `http://localhost:${await freePort()}`, { now: new Date().toISOString() });
  const [coop, fedify] = await Promise.all([here, openFedify(t)]);
  const officer = await founder(coop);
  await followed(t, coop, fedify);
  const job = await posted(coop);
  await read(t, coop, fedify, job);
  await following(t, coop, fedify, officer);
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

async function left(t: Test, coop: TestCoop, fedify: Fedify): Promise<void> {
  for (const flavour of flavours) {
    const { posts } = await fedify.ask({ send: "Undo", by: flavour, to: `${coop.origin}/jobs`, flavour });
    t.same(posts, [{ flavour, status: 202 }], `an undo signed by ${flavour}`);
  }
  await settled(coop);
  t.equal((await shown(`${coop.origin}/jobs/followers`))["totalItems"], 0);
  const states = await coop.db.selectFrom("federation.inbox_event").select("state").distinct().execute();
  t.same(states, [{ state: "done" }], "nothing was refused later");
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
