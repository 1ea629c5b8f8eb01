// Members decide who is let in: whom the board refused asks them, an associate asks for whoever waits, and what passes is done once, as the board would have done it.
import { test, type Test } from "tap";
import {
  castVote,
  draftProposal,
  publishProposal,
  readApplication,
  readProposal,
  readVote,
  sponsorProposal,
} from "@partcommune/shared/governance/api";
import { appealToMembers, presentMyself, stopPresenting, takeAppealBack } from "@partcommune/shared/governance/api/admission";
import { admitMember, listApplicants, readMe, refuseApplicant } from "@partcommune/shared/membership/api";
import { listPresented } from "@partcommune/shared/membership/api/applicants";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { namesNeeded } from "@partcommune/shared/governance/rules/repeating";
import { dayMs, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import { openCoop, type Caller } from "../support/coop.ts";
import { associates } from "../support/associates.ts";
import { admitted, backAgain, days, type Members } from "../support/members.ts";
import { heard, told } from "../support/told.ts";
import { atelierCommun } from "../support/founding.ts";
import { applicant, founder, signInAgain } from "../support/people.ts";

/** Seven associates and a board of one. */
async function seven(t: Test): Promise<Members> {
  const coop = await openCoop(t, { settings: { poolSize: 30 }, now: "2026-02-02T09:00:00Z" });
  const board = await founder(coop);
  const stage: Members = { coop, board, tess: board, tom: board, people: await associates(coop, 7) };
  await backAgain(stage, stage.people);
  return stage;
}

const callerAt = ({ people }: Members, at: number): Caller => people[at]?.caller ?? people[0]!.caller;

async function sponsored(stage: Members, proposal: string, names: number): Promise<void> {
  for (let at = 0; at < names; at += 1) await told(callerAt(stage, at), sponsorProposal, { proposal });
}

/** An associate asks to let somebody in, with enough names. */
async function proposedFor(stage: Members, member: string): Promise<string> {
  const payload = { kind: "admission", member } as const;
  const { id: proposal } = await told(callerAt(stage, 1), draftProposal, {
    title: "Let them in",
    text: "We know them.",
    language: "en",
    payload,
  });
  await told(callerAt(stage, 1), publishProposal, { proposal });
  await sponsored(stage, proposal, 3);
  return proposal;
}

const words = "I bind books, and I know two of you from the fair.";
const because = "You have no work to show us.";

/** The board refuses Marc, who asks the members. */
async function appealed(t: Test, stage: Members): Promise<{ readonly marc: Caller; readonly member: string; readonly proposal: string }> {
  const { coop, board } = stage;
  const { caller: marc, member } = await applicant(coop, "Marc");
  const appeal = { title: "Let Marc in", text: words, language: "en" } as const;
  t.equal((await marc.call(appealToMembers, appeal)).problem, "not-in-this-state", "the board answers first");
  t.equal((await callerAt(stage, 0).call(refuseApplicant, { member, because })).problem, "role-needed");
  await told(board, refuseApplicant, { member, because });
  t.equal((await board.call(refuseApplicant, { member, because })).problem, "not-in-this-state");
  await coop.settle();
  t.match((await told(marc, listNotices, {})).items, [{ kind: "applicationRefused", place: "application" }]);
  t.match(await told(marc, readApplication, {}), { application: { stage: "refused", refusedBecause: because, proposals: [] } });
  t.match((await told(board, listApplicants, {})).items, [{ id: member, refusedBecause: because }]);
  t.same((await told(callerAt(stage, 0), listPresented, {})).items, [], "until Marc says so, members know of nobody");
  const unasked = { title: "Let Marc in", text: "Why not.", language: "en", payload: { kind: "admission", member } } as const;
  t.equal((await callerAt(stage, 0).call(draftProposal, unasked)).problem, "applicant-unknown");

  const first = await told(marc, appealToMembers, appeal);
  t.equal((await marc.call(appealToMembers, appeal)).problem, "admission-asked");
  await told(marc, takeAppealBack, {});
  t.match(await told(marc, readProposal, { proposal: first.id }), { state: "withdrawn" });
  const { id: proposal } = await told(marc, appealToMembers, appeal);
  t.equal((await marc.call(stopPresenting, {})).problem, "admission-asked", "members decide on what they were shown");
  const page = await told(coop.someone(), readProposal, { proposal });
  t.match(page, { kind: "admission", state: "idea", author: "Marc", sponsors: 0, applicant: { name: "Marc" }, text: words });
  t.notMatch(JSON.stringify(page), /translation|invoiced|no work to show|people\.example/, "the name and the own words, nothing else");
  await sponsored(stage, proposal, 3);
  return { marc, member, proposal };
}

/** Two who wait show themselves to the members, and an associate asks for them. */
async function presented(
  t: Test,
  stage: Members,
  name: string,
): Promise<{ readonly caller: Caller; readonly member: string; readonly proposal: string }> {
  const { caller, member } = await applicant(stage.coop, name);
  await told(caller, presentMyself, { text: `${name}: ${words}` });
  t.match(
    (await told(callerAt(stage, 1), listPresented, {})).items.find(({ id }) => id === member),
    { name, words: `${name}: ${words}`, refused: false },
  );
  const proposal = await proposedFor(stage, member);
  t.match(await told(caller, readProposal, { proposal }), { applicant: { name, words: `${name}: ${words}` } });
  return { caller, member, proposal };
}

/** What members said no to takes twice the names for half a year, and then no more. */
async function askedAgain(t: Test, stage: Members, member: string): Promise<void> {
  const { coop } = stage;
  await backAgain(stage, stage.people);
  const proposal = await proposedFor(stage, member);
  const { repeatsUntil = "", ...card } = await told(coop.someone(), readProposal, { proposal });
  t.match(card, { state: "idea", sponsors: 3, sponsorsNeeded: 6 });
  t.equal(repeatsUntil, "2026-09-20T22:00:00.000Z", "180 days after the vote was counted, by the clocks of Brussels");
  const sooner = { key: "payment.clientDays" as const, base: 1, value: 21 };
  const fee = { title: "Sooner", text: "Why.", language: "en", payload: { kind: "bylaws", changes: [sooner] } } as const;
  const { id: other } = await told(callerAt(stage, 1), draftProposal, { ...fee, payload: { ...fee.payload, changes: [sooner] } });
  t.match(
    await told(callerAt(stage, 1), readProposal, { proposal: other }),
    { sponsorsNeeded: 3 },
    "other questions are carried as before",
  );

  coop.wait(millisecondsOf(repeatsUntil as Instant) - millisecondsOf(coop.now()) - dayMs);
  await coop.keepTime();
  await backAgain(stage, stage.people);
  const late = await proposedFor(stage, member);
  t.match(await told(coop.someone(), readProposal, { proposal: late }), { state: "idea", sponsors: 3, sponsorsNeeded: 6, repeatsUntil });
  await days(coop, 1);
  t.match(await told(coop.someone(), readProposal, { proposal: late }), { state: "deliberation", sponsors: 3, sponsorsNeeded: 3 });
}

test("who is let in is decided by the members where they are asked, and done once", async (t) => {
  const stage = await seven(t);
  const { coop, board } = stage;
  const { marc, member, proposal } = await appealed(t, stage);
  const [emil, zoe] = [await presented(t, stage, "Emil"), await presented(t, stage, "Zoe")];
  const all = [proposal, emil.proposal, zoe.proposal];
  await days(coop, 14);
  for (const each of all) await admitted(stage, each);
  await days(coop, 6);
  const votes = [];
  for (const each of all) votes.push((await told(coop.someone(), readProposal, { proposal: each })).vote ?? "");
  const { opensAt } = await told(coop.someone(), readVote, { vote: votes[0] ?? "" });
  coop.wait(millisecondsOf(opensAt) - millisecondsOf(coop.now()) + dayMs);
  await coop.keepTime();
  await backAgain(stage, stage.people);
  await coop.settle();
  const announced = (await told(callerAt(stage, 5), listNotices, {})).items.filter(({ kind }) => kind === "voteAnnounced");
  t.same(new Set(announced.map(({ subject }) => subject)), new Set(votes), "whoever is to vote is told when a vote is announced");
  for (const [at, { caller }] of stage.people.entries())
    for (const [which, vote] of votes.entries()) await told(caller, castVote, { vote, choice: which === 1 && at > 1 ? "no" : "yes" });
  await days(coop, 9);
  await backAgain(stage, [{ name: "", caller: board, member: "", person: "", email: atelierCommun.founder.email }]);
  await told(board, admitMember, { member: zoe.member });
  await days(coop, 8);
  await days(coop, 1);

  const stateOf = async (each: string): Promise<string> => (await told(coop.someone(), readProposal, { proposal: each })).state;
  t.same([await stateOf(proposal), await stateOf(emil.proposal), await stateOf(zoe.proposal)], ["enacted", "rejected", "blocked"]);
  await coop.settle();
  t.same(
    await heard(callerAt(stage, 1), "proposalBlocked"),
    new Set([zoe.proposal]),
    "whoever wrote it is told that nothing is left to do",
  );
  t.same(await heard(board, "proposalBlocked"), new Set([zoe.proposal]));
  await signInAgain(coop, marc, "Marc");
  t.match(
    await told(marc, readMe, {}),
    { person: { stage: "trial", branch: { name: "Atelier Commun" } } },
    "as the board would have done it",
  );
  await Promise.all([coop.keepTime(), coop.keepTime()]);
  await coop.settle();
  t.match((await told(marc, listNotices, {})).items[0], { kind: "applicationAccepted", place: "application" });
  const facts = await coop.db
    .selectFrom("platform.fact")
    .select(["actor", "body"])
    .where("type", "=", "member.admitted")
    .where("subject", "=", member)
    .execute();
  t.same(facts, [{ actor: "clock", body: { by: null } }], "once, by the members");
  await signInAgain(coop, emil.caller, "Emil");
  t.match(await told(emil.caller, readApplication, {}), { application: { stage: "applicant", proposals: [{ state: "rejected" }] } });
  t.match((await told(emil.caller, listNotices, {})).items[0], { kind: "applicationVotedDown", place: "proposal", subject: emil.proposal });
  await askedAgain(t, stage, emil.member);
});

test("what was rejected takes twice the names, never more than there are, until its days are over", (t) => {
  const zone = "Europe/Brussels";
  const at = (now: string, size: number, rejectedAt: string | null) =>
    namesNeeded(
      { threshold: { ppm: 5_000n, least: 3, most: 500 }, repeatDays: 30, associates: size, zone, now: now as Instant },
      rejectedAt as Instant | null,
    );
  const [before, last, after] = ["2026-03-10T08:00:00.000Z", "2026-04-09T06:59:59.999Z", "2026-04-09T07:00:00.000Z"] as const;
  t.same(at(last, 7, null), { names: 3 });
  t.same(at(last, 7, before), { names: 6, repeatsUntil: after }, "thirty days, over the change of the clocks");
  t.same(at(last, 5, before).names, 5);
  t.same(at(last, 200_000, before).names, 1_000);
  t.same(at(after, 7, before), { names: 3 });
  t.end();
});
