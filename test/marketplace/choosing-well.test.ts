// Before a bid is accepted: members ask and the client answers.
import { test, type Test } from "tap";
import { answerQuestion, askQuestion, listQuestions, postJob, withdrawJob } from "@partcommune/shared/marketplace/api";
import { objectionToAsking, type AskedAbout, type Asker } from "@partcommune/shared/marketplace/rules/question";
import { stages } from "@partcommune/shared/membership/rules";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { instant } from "@partcommune/shared/platform/time";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder, signedUp, trialMember } from "../support/people.ts";

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
  const secret = (await marc.call(askQuestion, { job, text: "May I bring Nina?", audience: "private" })).body.id;
  t.same(await seen(carla), ["Which sizes? Marc ? ", "May I bring Nina? Marc ? "]);
  t.same(await seen(marc), ["Which sizes? - mine ", "May I bring Nina? - mine "]);
  for (const stranger of strangers) t.same(await seen(stranger), [], "nothing stands there before it is answered");
  t.same(await newsOf(stage, carla), ["questionAsked", "questionAsked"]);

  t.equal((await nina.call(answerQuestion, { question: open, text: "A4." })).problem, "clients-only");
  t.equal((await strangers[3]?.call(answerQuestion, { question: open, text: "A4." }))?.problem, "not-found");
  const answers = await Promise.all(["A1, A2, A3.", "A4."].map((text) => carla.call(answerQuestion, { question: open, text })));
  t.same(answers.map(({ status }) => status).toSorted(), [201, 409], "of two answers at once one stands");
  t.equal((await carla.call(answerQuestion, { question: secret, text: "Yes." })).status, 201);
  t.equal((await carla.call(answerQuestion, { question: secret, text: "No." })).problem, "not-in-this-state");
  const [said = ""] = await seen(carla);
  t.match(said, /Which sizes\? Marc A/);
  for (const stranger of strangers) t.same(await seen(stranger), [said.replace("Marc", "-")], "without the asker's name");
  t.same(await seen(marc), [said.replace("Marc", "- mine"), "May I bring Nina? - mine Yes."]);
  t.same(await newsOf(stage, marc), ["questionAnswered", "questionAnswered"]);

  const many = await Promise.all([1, 2, 3, 4].map((no) => marc.call(askQuestion, { job, text: `No. ${no}`, audience: "private" })));
  t.same(many.map(({ problem = "-" }) => problem).toSorted(), ["-", "-", "-", "too-many-questions"]);
  t.equal((await carla.call(withdrawJob, { job })).status, 200);
  t.equal((await nina.call(askQuestion, { job, text: "Why?", audience: "public" })).problem, "questions-over");
}
