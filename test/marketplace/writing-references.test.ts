// Both sides of finished work write once about each other, unseen until both are in or the time is up; the other answers once.
import { test, type Test } from "tap";
import {
  answerReference,
  listBids,
  listMemberReferences,
  listReferences,
  placeBid,
  postJob,
  withholdReference,
  writeReference,
} from "@partcommune/shared/marketplace/api";
import {
  areBothIn,
  objectionToAnswering,
  objectionToWithholding,
  objectionToWriting,
  type ReferenceState,
} from "@partcommune/shared/marketplace/rules/reference";
import { saveProfile } from "@partcommune/shared/membership/api/directory";
import type { Person } from "@partcommune/shared/platform/actor";
import { dayMs, instant } from "@partcommune/shared/platform/time";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { agreed } from "../support/engagements.ts";
import { finished, type Finished } from "../support/finished.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, confirmedMember, founder, withRole } from "../support/people.ts";

const person = (rest: Partial<Person>): Person => ({ kind: "person", person: "p", session: "s", roles: [], buysFor: [], ...rest });
const [member, approver, poster, stranger] = [
  person({ member: "m" }),
  person({ buysFor: [{ client: "c", role: "owner" }] }),
  person({ buysFor: [{ client: "c", role: "poster" }] }),
  person({}),
];
const reference = (by: "client" | "member", state: ReferenceState) => ({
  client: "c",
  member: "m",
  team: ["m"],
  by,
  state,
  writeBy: instant("2026-12-15T10:00:00Z"),
});

test("each side writes its own, in time, once", (t) => {
  const [before, at] = [instant("2026-12-15T09:59:59.999Z"), instant("2026-12-15T10:00:00Z")];
  const rows = [
    ["the member theirs", objectionToWriting(reference("member", "invited"), member, before), undefined],
    ["the client theirs", objectionToWriting(reference("client", "invited"), approver, before), undefined],
    ["the member the client's", objectionToWriting(reference("client", "invited"), member, before), "other-side-needed"],
    ["who cannot bind the client", objectionToWriting(reference("client", "invited"), poster, before), "approver-needed"],
    ["a stranger", objectionToWriting(reference("client", "invited"), stranger, before), "approver-needed"],
    ["at the limit", objectionToWriting(reference("member", "invited"), member, at), "reference-too-late"],
    ...(["written", "published", "answered", "withheld"] as const).map(
      (state) => [`once ${state}`, objectionToWriting(reference("member", state), member, before), "not-in-this-state"] as const,
    ),
  ] as const;
  for (const [says, refusal, wanted] of rows) t.equal(refusal?.type, wanted, says);
  t.end();
});

test("the side it is about answers, once it is published; an adviser who is no side withholds", (t) => {
  const adviser = person({ roles: ["adviser"] });
  const rows = [
    ["who it is about", objectionToAnswering(reference("client", "published"), member), undefined],
    ["who wrote it", objectionToAnswering(reference("client", "published"), approver), "other-side-needed"],
    ["before it is seen", objectionToAnswering(reference("client", "written"), member), "not-in-this-state"],
    ["a second time", objectionToAnswering(reference("client", "answered"), member), "not-in-this-state"],
    ["a stranger", objectionToAnswering(reference("client", "published"), stranger), "approver-needed"],
    ["an adviser withholds", objectionToWithholding(reference("client", "published"), adviser), undefined],
    ["an adviser withholds an answered one", objectionToWithholding(reference("client", "answered"), adviser), undefined],
    ["an adviser withholds none unseen", objectionToWithholding(reference("client", "written"), adviser), "not-in-this-state"],
    ["an adviser who did the work", objectionToWithholding(reference("client", "published"), member), "own-engagement"],
    ["an adviser who buys for the client", objectionToWithholding(reference("client", "published"), poster), "own-engagement"],
  ] as const;
  for (const [says, refusal, wanted] of rows) t.equal(refusal?.type, wanted, says);
  t.same([areBothIn(["written", "invited"]), areBothIn(["written", "written"]), areBothIn(["written", "lapsed"])], [false, true, true]);
  t.end();
});

type Stage = Finished & { readonly coop: TestCoop; readonly board: Caller };

async function stage(t: Test): Promise<Stage> {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const { caller: worker } = await confirmedMember(coop, board, "Marc");
  await worker.call(saveProfile, { handle: "marc", shown: true, headline: "", about: "", languages: [], places: [] });
  return { coop, board, ...(await finished(coop, { buyer, client, worker })) };
}

const seenBy = async (reader: Caller, engagement: string) => (await reader.call(listReferences, { engagement })).body.items;
const shownOf = async (coop: TestCoop) => (await coop.someone().call(listMemberReferences, { handle: "marc" })).body.items;

test("nobody reads one before both are in; then everybody reads what the client wrote", async (t) => {
  const { coop, buyer, worker, engagement, of } = await stage(t);
  const [theirs] = await seenBy(buyer, engagement);
  t.match(theirs, { by: "client", mine: true, state: "invited", acts: ["write"], writeBy: "2026-12-15T09:00:00.000Z" });
  t.equal((await worker.call(writeReference, { reference: of.client, text: "Great", again: true })).problem, "other-side-needed");
  const written = { reference: of.client, text: "Careful work, on time.", again: true };
  t.same((await buyer.call(writeReference, written)).body, { state: "written" });
  t.equal((await buyer.call(writeReference, written)).problem, "not-in-this-state", "once");
  t.match(await seenBy(buyer, engagement), [{ text: "Careful work, on time." }, { state: "invited" }], "one's own is read");
  t.notMatch(JSON.stringify(await seenBy(worker, engagement)), /Careful/, "the other side does not read it");
  t.same(await shownOf(coop), []);
  t.equal((await worker.call(answerReference, { reference: of.client, answer: "Thanks" })).problem, "not-in-this-state");

  t.same((await worker.call(writeReference, { reference: of.member, text: "Clear wishes.", again: false })).body, { state: "published" });
  t.match(await seenBy(buyer, engagement), [{ state: "published" }, { state: "published", text: "Clear wishes.", again: false }]);
  t.match(await shownOf(coop), [{ from: "Carla SA", title: "Poster for the spring fair", text: "Careful work, on time.", again: true }]);
  t.equal((await worker.call(answerReference, { reference: of.client, answer: "With pleasure." })).status, 201);
  t.equal((await worker.call(answerReference, { reference: of.client, answer: "Again." })).problem, "not-in-this-state");
  t.match(await shownOf(coop), [{ answer: "With pleasure." }]);
});

test("of two who write at once both are published", async (t) => {
  const { coop, buyer, worker, of } = await stage(t);
  const answers = await Promise.all([
    buyer.call(writeReference, { reference: of.client, text: "Good.", again: true }),
    worker.call(writeReference, { reference: of.member, text: "Good.", again: true }),
  ]);
  t.same(
    answers.map(({ body }) => body.state).toSorted((a, b) => a.localeCompare(b)),
    ["published", "written"],
  );
  t.equal((await shownOf(coop)).length, 1);
});

test("once the time is up what is written is seen, and what is not is no more", async (t) => {
  const { coop, buyer, worker, engagement, of } = await stage(t);
  await buyer.call(writeReference, { reference: of.client, text: "Good.", again: true });
  coop.wait(14 * dayMs - 1);
  await coop.keepTime();
  t.same(await shownOf(coop), [], "a millisecond before");
  coop.wait(1);
  t.equal((await worker.call(writeReference, { reference: of.member, text: "Late.", again: true })).problem, "reference-too-late");
  await coop.keepTime();
  await coop.keepTime();
  t.match(await seenBy(worker, engagement), [
    { state: "published", acts: ["answer"] },
    { state: "lapsed", acts: [] },
  ]);
  t.equal((await shownOf(coop)).length, 1);
});

test("an adviser withholds it with a reason, which both sides read", async (t) => {
  const { coop, board, buyer, worker, engagement, of } = await stage(t);
  await buyer.call(writeReference, { reference: of.client, text: "He is a thief.", again: false });
  await worker.call(writeReference, { reference: of.member, text: "Hm.", again: false });
  const ada = await withRole(coop, board, "Ada", "adviser");
  const withholding = { reference: of.client, reason: "It accuses of a crime." };
  for (const other of [buyer, worker, board]) t.equal((await other.call(withholdReference, withholding)).problem, "role-needed");
  t.equal((await ada.call(withholdReference, withholding)).status, 201);
  t.equal((await ada.call(withholdReference, withholding)).problem, "not-in-this-state");
  t.same(await shownOf(coop), []);
  t.match(await seenBy(worker, engagement), [{ state: "withheld", withheldBecause: "It accuses of a crime." }, {}]);
  t.notMatch(JSON.stringify((await seenBy(worker, engagement))[0]), /thief/);
});

test("a client who compares bids reads them, other bidders do not, and unfinished work has none", async (t) => {
  const { coop, board, buyer, client, worker, of } = await stage(t);
  await buyer.call(writeReference, { reference: of.client, text: "Careful work.", again: true });
  await worker.call(writeReference, { reference: of.member, text: "Clear.", again: true });
  const { caller: other, client: others } = await clientOwner(coop, "Clovis");
  const { caller: rival } = await confirmedMember(coop, board, "Mia");
  const { id: job } = (await other.call(postJob, posterJob(others))).body;
  for (const bidder of [worker, rival]) await bidder.call(placeBid, { job, amount: { amount: "2000.00", currency: "EUR" }, pitch: "I." });
  const bids = (await other.call(listBids, { job })).body.items.toSorted((a, b) => (a.bidder ?? "").localeCompare(b.bidder ?? ""));
  t.match(bids, [
    { bidder: "Marc", handle: "marc", references: [{ from: "Carla SA", text: "Careful work." }] },
    { bidder: "Mia", references: [] },
  ]);
  t.match((await rival.call(listBids, { job })).body.items, [{ bidder: "Mia", references: [] }]);
  const { engagement } = await agreed({ buyer, client, worker });
  t.same(await seenBy(buyer, engagement), []);
  await worker.call(saveProfile, { handle: "marc", shown: false, headline: "", about: "", languages: [], places: [] });
  t.equal((await coop.someone().call(listMemberReferences, { handle: "marc" })).problem, "not-found", "they go with the page");
});
