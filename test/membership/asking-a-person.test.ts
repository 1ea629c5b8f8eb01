// What a rule refused, a person looks at when asked: another than the first, in writing, within two working days.
import { test } from "tap";
import { giveRole, listApplicants } from "@partcommune/shared/membership/api";
import { decideReview, listOwnReviews, listReviews } from "@partcommune/shared/membership/api/reviews";
import { objectionToAsking, objectionToDeciding } from "@partcommune/shared/membership/rules/review";
import { readLetterhead, changeLetterhead } from "@partcommune/shared/platform/api";
import { askPerson } from "@partcommune/shared/platform/api/review";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { dayMs } from "@partcommune/shared/platform/time";
import { problems } from "@partcommune/shared/problems";
import { openCoop, type Answered } from "../support/coop.ts";
import { addressOf, founder, personNamed, signedUp, withRole } from "../support/people.ts";

test("a person is asked about what a rule says of somebody, and of nothing else", (t) => {
  const rows = [
    ["own-role", undefined],
    ["bid-too-late", undefined],
    ["engagement-held-up", undefined],
    ["unreadable", "not-reviewable"],
    ["not-as-asked", "not-reviewable"],
    ["proof-needed", "not-reviewable"],
    ["sign-in-by-code", "not-reviewable"],
    ["no-such-name", "not-reviewable"],
  ] as const;
  for (const [name, wanted] of rows) t.equal(objectionToAsking(problems[name])?.type, wanted, name);
  t.end();
});

test("who answers is another person than who asked, and than who answered before", (t) => {
  const review = { askedBy: "anna", decidedBefore: ["ada"], isDecided: false };
  const rows = [
    ["somebody else", objectionToDeciding(review, "rosa", "stands", undefined), undefined],
    ["somebody else, with a change", objectionToDeciding(review, "rosa", "changes", "the board"), undefined],
    ["a change nobody carries out", objectionToDeciding(review, "rosa", "changes", undefined), "done-by-missing"],
    ["who asked", objectionToDeciding(review, "anna", "stands", undefined), "own-review"],
    ["who decided before", objectionToDeciding(review, "ada", "stands", undefined), "decided-before"],
    ["after an answer", objectionToDeciding({ ...review, isDecided: true }, "anna", "stands", undefined), "review-decided"],
  ] as const;
  for (const [says, refusal, wanted] of rows) t.equal(refusal?.type, wanted, says);
  t.end();
});

const problemIn = ({ text }: Answered<unknown>): ProblemBody => JSON.parse(text) as ProblemBody;

test("a refusal by a rule says where to ask; one about how something was typed does not", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const otto = await signedUp(coop, "Otto");
  const person = await personNamed(board, "Fanny Founder");
  t.equal(problemIn(await board.call(giveRole, { person, role: "treasurer" })).review, "/api/v1/reviews");
  t.equal(problemIn(await otto.call(listApplicants, {})).review, "/api/v1/reviews");
  for (const answer of [
    await board.call(giveRole, { person, role: "king" as "board" }),
    await board.call(changeLetterhead, (await board.call(readLetterhead, {})).body),
    await coop.someone().call(listApplicants, {}),
  ])
    t.notOk(problemIn(answer).review, answer.text);
});

test("asked, answered by another in writing, and told by letter", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const [ada, otto] = [await withRole(coop, board, "Ada", "adviser"), await signedUp(coop, "Otto")];
  const { instance, facts } = problemIn(await otto.call(listApplicants, {}));
  const about = { refusal: "role-needed", instance, facts: facts as { roles: string[] } };
  const asked = await otto.call(askPerson, { ...about, text: "I was told that I may read it." });
  t.match(asked.body, { answerBy: "2026-12-03T23:00:00.000Z" }, "asked on a Tuesday: the end of Thursday in Brussels");
  t.equal((await otto.call(askPerson, { ...about, text: "Again." })).problem, "review-waits");
  t.equal((await otto.call(askPerson, { ...about, refusal: "unreadable", text: "x" })).problem, "not-reviewable");
  const { id } = asked.body;
  t.equal((await otto.call(listReviews, {})).problem, "role-needed");
  t.match((await ada.call(listReviews, {})).body, {
    items: [{ id, name: "Otto", refusal: "role-needed", rule: "roles", facts: { roles: ["board"] }, late: false, mine: false }],
  });
  coop.wait(3 * dayMs);
  t.match((await board.call(listReviews, {})).body, { items: [{ late: true }] }, "two working days are over");

  const answer = { review: id, decision: "changes", reason: "He reads them for us.", doneBy: "the board, today" } as const;
  const answers = await Promise.all([ada.call(decideReview, answer), board.call(decideReview, answer)]);
  t.same(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 409],
    "of two at once one answers",
  );
  t.match((await otto.call(listOwnReviews, {})).body, {
    items: [{ id, decided: { decision: "changes", reason: "He reads them for us.", doneBy: "the board, today" } }],
  });
  t.same((await ada.call(listOwnReviews, {})).body, { items: [] }, "what others asked is theirs");
  await coop.settle();
  const letter = coop.mails.findLast(({ to }) => to === addressOf("Otto"));
  t.match(letter?.text, /I was told that I may read it\.[\s\S]+He reads them for us\.[\s\S]+the board, today/);
  t.equal((await otto.call(listApplicants, {})).problem, "role-needed", "the answer itself enacts nothing");
});

test("asked again, it is another's to answer, and never one's own", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const [ada, rosa] = [await withRole(coop, board, "Ada", "adviser"), await withRole(coop, board, "Rosa", "adviser")];
  const { instance } = problemIn(await ada.call(listApplicants, {}));
  const about = { refusal: "role-needed", instance, facts: {}, text: "Why?" };
  const { id: first } = (await ada.call(askPerson, about)).body;
  t.match((await ada.call(listReviews, {})).body, { items: [{ id: first, mine: true }] });
  t.equal((await ada.call(decideReview, { review: first, decision: "stands", reason: "I say so." })).problem, "own-review");
  t.equal((await rosa.call(decideReview, { review: first, decision: "changes", reason: "Yes." })).problem, "done-by-missing");
  t.equal((await rosa.call(decideReview, { review: first, decision: "stands", reason: "Roles are the board's." })).status, 201);
  const { id: second } = (await ada.call(askPerson, about)).body;
  t.equal((await rosa.call(decideReview, { review: second, decision: "stands", reason: "Still." })).problem, "decided-before");
  t.equal((await board.call(decideReview, { review: second, decision: "stands", reason: "So it is." })).status, 201);
  t.equal((await board.call(decideReview, { review: instance, decision: "stands", reason: "x" })).problem, "not-found");
});
