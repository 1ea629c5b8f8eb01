// Before a bid is accepted: who sees the job, whom its client invites, what members ask and the client answers.
import { test, type Test } from "tap";
import {
  answerQuestion,
  askQuestion,
  declineInvitation,
  inviteMember,
  listBids,
  listInvitations,
  listMyInvitations,
  listQuestions,
  placeBid,
  postJob,
  readJob,
  saveSearch,
  searchJobs,
  withdrawJob,
} from "@partcommune/shared/marketplace/api";
import { objectionToInviting, type InvitedTo } from "@partcommune/shared/marketplace/rules/invitation";
import { objectionToAsking, type AskedAbout, type Asker } from "@partcommune/shared/marketplace/rules/question";
import { saveProfile } from "@partcommune/shared/membership/api/directory";
import { stages } from "@partcommune/shared/membership/rules";
import type { Actor, BuyerRole } from "@partcommune/shared/platform/actor";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { instant } from "@partcommune/shared/platform/time";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { posterJob } from "../support/jobs.ts";
import { nobodysId } from "../support/example.ts";
import { addressOf, applicant, clientOwner, founder, signedUp, trialMember } from "../support/people.ts";

test("a question is refused for the first reason that holds", (t) => {
  const job: AskedAbout = { client: "c", state: "open", bidsUntil: instant("2026-12-07T23:00:00Z") };
  const anna: Asker = { stage: "trial", buysFor: ["other"], asked: 4 };
  const inTime = "2026-12-07T22:59:59.999Z";
  const rows: readonly (readonly [string, AskedAbout, string, Asker])[] = [
    ["-", job, inTime, anna],
    ["questions-over", { ...job, state: "closed" }, inTime, anna],
    ["questions-over", job, "2026-12-07T23:00:00.000Z", anna],
    ["question-on-own-job", job, inTime, { ...anna, buysFor: ["c"] }],
    ["too-many-questions", job, inTime, { ...anna, asked: 5 }],
  ];
  for (const [refusal, on, now, asker] of rows) t.equal(objectionToAsking(on, asker, instant(now))?.type ?? "-", refusal, refusal);
  const mayAsk = stages.filter((stage) => objectionToAsking(job, { ...anna, stage }, instant(inTime)) === undefined);
  t.same(mayAsk, ["trial", "member", "associate"]);
  t.end();
});

type Stage = {
  readonly coop: TestCoop;
  readonly board: Caller;
  readonly carla: Caller;
  readonly client: string;
  readonly marc: Caller;
  readonly nina: Caller;
};

async function market(t: Test): Promise<Stage> {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller: carla, client } = await clientOwner(coop, "Carla");
  const [marc, nina] = [await trialMember(coop, board, "Marc"), await trialMember(coop, board, "Nina")];
  return { coop, board, carla, client, marc, nina };
}

test("before a bid is accepted", async (t) => {
  const stage = await market(t);
  await t.test("a public question with its answer is everybody's, a private one the two sides'", (step) => asked(step, stage));
  await t.test("a job that is not for all is nowhere for the others", (step) => hidden(step, stage));
  await t.test("who is invited sees the job and declines with one act", (step) => invited(step, stage));
});

const newsOf = async ({ coop }: Stage, reader: Caller): Promise<readonly string[]> => {
  await coop.settle();
  return (await reader.call(listNotices, {})).body.items.map(({ kind }) => kind);
};

async function asked(t: Test, stage: Stage): Promise<void> {
  const { coop, carla, client, marc, nina } = stage;
  const job = (await carla.call(postJob, posterJob(client))).body.id;
  const seen = async (reader: Caller): Promise<readonly string[]> =>
    (await reader.call(listQuestions, { job })).body.items.map(
      ({ text, asker = "-", mine, answer = "", answerable }) => `${text} ${asker}${mine ? " mine" : ""}${answerable ? " ?" : ""} ${answer}`,
    );
  const strangers = [coop.someone(), nina, await signedUp(coop, "Stan"), (await clientOwner(coop, "Otto")).caller];
  const open = (await marc.call(askQuestion, { job, text: "Which sizes?", audience: "public" })).body.id;
  coop.wait(1);
  const secret = (await marc.call(askQuestion, { job, text: "May I bring Nina?", audience: "private" })).body.id;
  t.same(await seen(carla), ["Which sizes? Marc ? ", "May I bring Nina? Marc ? "]);
  t.same(await seen(marc), ["Which sizes? - mine ", "May I bring Nina? - mine "]);
  for (const stranger of strangers) t.same(await seen(stranger), [], "nothing stands there before it is answered");
  t.same(await newsOf(stage, carla), ["questionAsked", "questionAsked"]);

  t.equal((await nina.call(answerQuestion, { question: open, text: "A4." })).problem, "clients-only");
  t.equal((await strangers[3]?.call(answerQuestion, { question: open, text: "A4." }))?.problem, "not-found");
  const answers = await Promise.all(["A1, A2, A3.", "A4."].map((text) => carla.call(answerQuestion, { question: open, text })));
  t.same(answers.map(({ problem = "-" }) => problem).toSorted(), ["-", "not-in-this-state"], "of two answers at once one stands");
  t.equal((await carla.call(answerQuestion, { question: secret, text: "Yes." })).status, 201);
  t.equal((await carla.call(answerQuestion, { question: secret, text: "No." })).problem, "not-in-this-state");
  const [said = ""] = await seen(carla);
  t.match(said, /Which sizes\? Marc A/);
  for (const stranger of strangers) t.same(await seen(stranger), [said.replace("Marc", "-")], "without the asker's name");
  t.same(await seen(marc), [said.replace("Marc", "- mine"), "May I bring Nina? - mine Yes."]);
  t.same(await newsOf(stage, marc), ["questionAnswered", "questionAnswered", "applicationAccepted"]);

  const many = await Promise.all([1, 2, 3, 4].map((no) => marc.call(askQuestion, { job, text: `No. ${no}`, audience: "private" })));
  t.same(many.map(({ problem = "-" }) => problem).toSorted(), ["-", "-", "-", "too-many-questions"]);
  t.equal((await carla.call(withdrawJob, { job })).status, 200);
  t.equal((await nina.call(askQuestion, { job, text: "Why?", audience: "public" })).problem, "questions-over");
}

type Job = Pick<AskedOf<typeof postJob>, "visibility">;

/** What everything that tells of jobs tells this reader of one. */
async function tracesOf(reader: Caller, job: string, word: string): Promise<readonly string[]> {
  const page = await reader.call(readJob, { job });
  const found = (await reader.call(searchJobs, { q: word })).body;
  const misspelt = (await reader.call(searchJobs, { q: `${word}x` })).body;
  return [
    ...(page.status === 200 ? ["page"] : [page.problem ?? ""]),
    ...(found.items.some(({ id }) => id === job) ? ["search"] : []),
    ...(found.facets?.total ? ["count"] : []),
    ...(found.facets?.trades.some(({ trade }) => trade === word) ? ["facet"] : []),
    ...(misspelt.instead === word ? ["spelling"] : []),
    ...((await reader.call(listQuestions, { job })).status === 200 ? ["questions"] : []),
  ];
}

const everywhere = ["page", "search", "count", "facet", "questions"];
const price = { amount: "2000.00", currency: "EUR" };

async function hidden(t: Test, { coop, board, carla, client, marc, nina }: Stage): Promise<void> {
  const [visitor, stan, otto] = [coop.someone(), await signedUp(coop, "Stanley"), (await clientOwner(coop, "Odette")).caller];
  const { caller: ada } = await applicant(coop, "Ada");
  for (const reader of [marc, stan]) await reader.call(saveSearch, { name: "All", query: "language=nl", rhythm: "atOnce" });
  const post = async (trade: string, wish: Job): Promise<string> =>
    (await carla.call(postJob, { ...posterJob(client), title: `Wanted: ${trade}`, language: "nl", trade, ...wish })).body.id;
  const open = await post("glassblowing", {});
  const inside = await post("basketmaking", { visibility: "members" });
  const closed = await post("bookbinding", { visibility: "invited" });
  await coop.settle();
  await coop.keepTime();
  await coop.settle();
  t.same(
    await tracesOf(visitor, open, "glassblowing"),
    [...everywhere.slice(0, 4), "spelling", "questions"],
    "the looks find what is there",
  );
  for (const reader of [visitor, stan, otto, ada, board]) {
    t.same(await tracesOf(reader, inside, "basketmaking"), ["not-found"]);
    t.same(await tracesOf(reader, closed, "bookbinding"), ["not-found"]);
  }
  for (const reader of [carla, marc, nina]) t.same(await tracesOf(reader, inside, "basketmaking"), everywhere);
  t.same(await tracesOf(carla, closed, "bookbinding"), everywhere);
  t.same(await tracesOf(marc, closed, "bookbinding"), ["not-found"]);
  for (const job of [closed, nobodysId()]) {
    t.equal((await marc.call(placeBid, { job, amount: price, pitch: "Me." })).problem, "not-found");
    t.equal((await marc.call(askQuestion, { job, text: "Me?", audience: "public" })).problem, "not-found");
    t.equal((await otto.call(withdrawJob, { job })).problem, "not-found");
    t.equal((await otto.call(inviteMember, { job, handle: "marc-at-work" })).problem, "not-found");
    t.equal((await otto.call(listInvitations, { job })).problem, "not-found");
    t.equal((await marc.call(listBids, { job })).problem, "not-found");
  }
  const told = (name: string): string =>
    coop.mails
      .filter(({ to }) => to === addressOf(name))
      .map(({ text }) => text)
      .join();
  for (const job of [open, inside]) t.match(told("Marc"), job, "a member's search finds what is for members");
  t.match(told("Stanley"), open);
  t.notMatch(told("Stanley"), inside);
  t.notMatch(told("Marc") + told("Stanley"), closed);
}

async function invited(t: Test, stage: Stage): Promise<void> {
  const { coop, board, carla, client, marc, nina } = stage;
  for (const [member, handle] of [
    [marc, "marc-at-work"],
    [nina, "nina-at-work"],
  ] as const)
    await member.call(saveProfile, { handle, shown: true, headline: "", about: "", languages: [], places: [] });
  const job = (await carla.call(postJob, { ...posterJob(client), visibility: "invited" })).body.id;
  t.equal((await carla.call(inviteMember, { job, handle: "nobody-here" })).problem, "not-found");
  const twice = await Promise.all([1, 2].map(() => carla.call(inviteMember, { job, handle: "marc-at-work" })));
  t.same(twice.map(({ problem = "-" }) => problem).toSorted(), ["-", "invited-already"]);
  t.equal((await carla.call(inviteMember, { job, handle: "nina-at-work" })).status, 201);
  t.ok((await newsOf(stage, marc)).includes("invited"));
  t.equal((await marc.call(readJob, { job })).status, 200);
  t.equal((await (await trialMember(coop, board, "Olaf")).call(readJob, { job })).problem, "not-found");

  const [waiting] = (await marc.call(listMyInvitations, {})).body.items;
  t.match(waiting, { job, title: "Poster for the spring fair", client: "Carla SA" });
  const invitation = waiting?.id ?? "";
  t.equal((await nina.call(declineInvitation, { invitation })).problem, "not-found");
  t.equal((await marc.call(declineInvitation, { invitation })).status, 201);
  t.equal((await marc.call(declineInvitation, { invitation })).problem, "not-in-this-state");
  t.same((await marc.call(listMyInvitations, {})).body.items, []);
  t.same(
    (await carla.call(listInvitations, { job })).body.items.map(({ member, state }) => `${member} ${state}`),
    ["Marc declined", "Nina invited"],
  );
  t.ok((await newsOf(stage, carla)).includes("invitationDeclined"));
  t.equal((await nina.call(placeBid, { job, amount: price, pitch: "Gladly." })).status, 201);
  t.equal((await carla.call(withdrawJob, { job })).status, 200);
  t.equal((await carla.call(inviteMember, { job, handle: "marc-at-work" })).problem, "job-not-open");
  t.equal((await nina.call(readJob, { job })).status, 200, "who has a bid on it goes on seeing it");
}

test("one more invitation than there may be is refused", (t) => {
  const job: InvitedTo = { client: "c", state: "open", bidsUntil: instant("2026-12-07T23:00:00Z"), invited: 49 };
  const buyer = (role: BuyerRole): Actor => ({ kind: "person", person: "p", session: "s", roles: [], buysFor: [{ client: "c", role }] });
  const now = instant("2026-12-01T09:00:00Z");
  t.equal(objectionToInviting(job, buyer("poster"), now), undefined);
  t.equal(objectionToInviting({ ...job, invited: 50 }, buyer("poster"), now)?.type, "too-many-invitations");
  t.equal(objectionToInviting(job, buyer("approver"), now)?.type, "poster-needed");
  t.equal(objectionToInviting(job, buyer("owner"), job.bidsUntil)?.type, "job-not-open");
  t.end();
});
