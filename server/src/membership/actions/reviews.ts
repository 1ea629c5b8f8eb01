// Asking a person: somebody asks, another answers in writing, and the answer reaches whoever asked as a letter.
import type * as api from "@partcommune/shared/membership/api/reviews";
import { objectionToAsking, objectionToDeciding, reviewDays } from "@partcommune/shared/membership/rules/review";
import type { askPerson as asking } from "@partcommune/shared/platform/api/review";
import { dayAfter, dayOf, endOfDay, workingDayAfter } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { problems } from "@partcommune/shared/problems";
import { readCalendar } from "../../platform/calendar/store.ts";
import { writeLetter } from "../../platform/letters.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf, coopCard } from "../../platform/store.ts";
import { calendarOfCoop } from "../store/branches.ts";
import { addressOf, nameOf } from "../store/cards.ts";
import * as reviews from "../store/reviews.ts";
import { askingPerson } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Asks a person about what a rule said. */
export const askPerson: Act<typeof asking> = async (scope, asked) => {
  const { person } = askingPerson(scope);
  refuseIf(objectionToAsking(problems[asked.refusal]));
  const answerBy = await answerLimit(scope);
  const id = await reviews.saveReview(scope, person, asked, answerBy);
  scope.emit({ type: "review.asked", subject: id, body: { refusal: asked.refusal }, about: ["desk:review"] });
  return { id, answerBy };
};

/** The end of the second working day of the coop. */
async function answerLimit(scope: Scope): Promise<Instant> {
  const { zone } = await bookOf(scope.tx);
  const [view, today] = [viewOf(scope), dayOf(scope.now, zone)];
  const calendar = await readCalendar(view, await calendarOfCoop(view), today, dayAfter(today, 30));
  return endOfDay(workingDayAfter(today, reviewDays, calendar), zone);
}

/** Answers a question. Nothing else changes: the answer says who does what was decided. */
export const decideReview: Act<typeof api.decideReview> = async (scope, { review: id, ...answer }) => {
  const { person: by } = askingPerson(scope);
  const review = found(await reviews.reviewHeld(scope, id));
  refuseIf(objectionToDeciding(review, by, answer.decision, answer.doneBy));
  refuseUnless(await reviews.saveDecision(scope, id, by, answer), "review-decided");
  await tellAsker(scope, review, by, answer);
  scope.emit({ type: "review.decided", subject: id, body: { decision: answer.decision, by }, about: ["desk:review"] });
  return {};
};

type Answer = Omit<InputOf<typeof api.decideReview>, "review">;

async function tellAsker(scope: Scope, { askedBy, text }: reviews.Held, by: Id, { decision, reason, doneBy = "" }: Answer): Promise<void> {
  const view = viewOf(scope);
  const { email, language } = found(await addressOf(view, askedBy));
  const [name, decider, { name: coop }] = [await nameOf(view, askedBy), await nameOf(view, by), await coopCard(view)];
  const kind = decision === "stands" ? "reviewStands" : "reviewChanges";
  const common = { name, coop, asked: text, decider, reason };
  await writeLetter(scope, { to: email, language, kind, params: decision === "stands" ? common : { ...common, doneBy } });
}
