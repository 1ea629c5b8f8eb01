// The directory holds the members who opted in, and of everybody else not a word.
import { test } from "tap";
import { listMembers, readOwnProfile, readProfile, saveProfile } from "@partcommune/shared/membership/api/directory";
import { giveNotice } from "@partcommune/shared/membership/api/leaving";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { proving } from "../support/authenticator.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { applicant, confirmedMember, founder, signedUp } from "../support/people.ts";
import { told } from "../support/told.ts";

const page = (handle: string, rest: Partial<AskedOf<typeof saveProfile>> = {}): AskedOf<typeof saveProfile> => ({
  handle,
  shown: true,
  headline: "Posters and signs",
  about: "Ten years of silk screen; 100 % by hand.",
  languages: ["fr", "en"],
  places: ["Bruxelles", "Lille"],
  ...rest,
});

const found = async (coop: TestCoop, text: string): Promise<readonly string[]> =>
  (await coop.someone().call(listMembers, { text })).body.items.map(({ handle }) => handle);

async function stage(coop: TestCoop): Promise<{ readonly marc: Caller; readonly mia: Caller }> {
  const board = await founder(coop);
  return { marc: (await confirmedMember(coop, board, "Marc")).caller, mia: (await confirmedMember(coop, board, "Mia")).caller };
}

test("a member is in it from when they say so until they say so", async (t) => {
  const coop = await openCoop(t);
  const { marc } = await stage(coop);
  const visitor = coop.someone();
  t.same((await marc.call(readOwnProfile, {})).body, {});
  const nobody = (await visitor.call(readProfile, { handle: "nobody-here" })).text.replaceAll(/"instance":"[^"]+"/g, "");
  t.equal((await marc.call(saveProfile, page("marc", { shown: false }))).status, 200);
  const hidden = await visitor.call(readProfile, { handle: "marc" });
  t.equal(hidden.status, 404);
  t.equal(hidden.text.replaceAll(/"instance":"[^"]+"/g, ""), nobody, "told as of nobody");
  t.same((await visitor.call(listMembers, {})).body.items, []);
  t.match((await marc.call(readOwnProfile, {})).body, { profile: { handle: "marc", shown: false } }, "their own they read");

  await marc.call(saveProfile, page("marc"));
  const { body, text } = await visitor.call(readProfile, { handle: "marc" });
  t.same(body, {
    handle: "marc",
    name: "Marc",
    trade: "translation",
    headline: "Posters and signs",
    about: "Ten years of silk screen; 100 % by hand.",
    languages: ["fr", "en"],
    places: ["Bruxelles", "Lille"],
  });
  t.notMatch(text + (await visitor.call(listMembers, {})).text, /people\.example|invoiced|"id"/, "no mail, no status, no id");
  await marc.call(saveProfile, page("marc", { shown: false }));
  t.equal((await visitor.call(readProfile, { handle: "marc" })).status, 404);
});

test("a page goes with the membership, and needs one", async (t) => {
  const coop = await openCoop(t);
  const { marc } = await stage(coop);
  await marc.call(saveProfile, page("marc"));
  await told(proving(coop, marc), giveNotice, {});
  t.equal((await coop.someone().call(readProfile, { handle: "marc" })).status, 404);
  t.same(await found(coop, ""), []);
  for (const other of [(await applicant(coop, "Otto")).caller, await signedUp(coop, "Steve")])
    t.equal((await other.call(saveProfile, page("otto"))).problem, "members-only");
});

test("an address is one member's, also when two want it at once", async (t) => {
  const coop = await openCoop(t);
  const { marc, mia } = await stage(coop);
  const answers = await Promise.all([marc, mia].map((by) => by.call(saveProfile, page("poster"))));
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  await marc.call(saveProfile, page("marc"));
  await mia.call(saveProfile, page("mia"));
  t.equal((await mia.call(saveProfile, page("marc"))).problem, "handle-taken");
  t.equal((await mia.call(saveProfile, page("mia", { headline: "Anew" }))).status, 200, "one's own is no rival");
  for (const handle of ["m", "Marc", "-marc", "marc-", "marc/x", "m".repeat(41), "märc"])
    t.equal((await mia.call(saveProfile, page(handle))).status, 422, handle);
});

test("each word of the text stands on a page that is found, and is nothing but a word", async (t) => {
  const coop = await openCoop(t);
  const { marc, mia } = await stage(coop);
  await marc.call(saveProfile, page("marc"));
  await mia.call(saveProfile, page("mia", { headline: "Legal translation", about: "a_b", places: ["Gent"] }));
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["", ["marc", "mia"]],
    ["  ", ["marc", "mia"]],
    ["SIGNS", ["marc"]],
    ["silk lille", ["marc"]],
    ["silk gent", []],
    ["translation", ["marc", "mia"]],
    ["mia", ["mia"]],
    ["100 %", ["marc"]],
    ["a_b", ["mia"]],
    ["a%b", []],
    ["_", ["mia"]],
    ["\\", []],
    ["marc@people.example", []],
  ];
  for (const [text, handles] of rows) t.same(await found(coop, text), handles, JSON.stringify(text));
  const first = (await coop.someone().call(listMembers, { limit: 1 })).body;
  t.equal(first.items[0]?.handle, "marc");
  t.match((await coop.someone().call(listMembers, { limit: 1, after: first.next })).body, { items: [{ handle: "mia" }] });

  await marc.call(saveProfile, page("marc", { about: "Mostly with Mia." }));
  const called = (await coop.someone().call(listMembers, { text: "mia", limit: 1 })).body;
  t.match(called.items, [{ handle: "mia" }], "whoever is called so stands before those who only speak of them");
  t.match((await coop.someone().call(listMembers, { text: "mia", after: called.next })).body, { items: [{ handle: "marc" }] });
});
