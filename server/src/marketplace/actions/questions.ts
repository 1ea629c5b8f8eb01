// Questions on a job: the verbs.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToNamedText } from "@partcommune/shared/marketplace/rules/choosing";
import { objectionToAnswering, objectionToAsking } from "@partcommune/shared/marketplace/rules/question";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import { identityOf } from "../store/choosing.ts";
import * as store from "../store/questions.ts";
import { actingMember } from "./acting-member.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Asks the client something about a job. */
export const askQuestion: Act<typeof api.askQuestion> = async (scope, question) => {
  const { member, buysFor } = actingMember(scope);
  const job = found(await store.jobToAskAbout(scope, question.job));
  const asker = found(await store.askerOf(scope, member, question.job));
  refuseIf(objectionToAsking(job, { ...asker, buysFor: buysFor.map(({ client }) => client) }, scope.now));
  if (job.blind) refuseIf(objectionToNamedText(question.text, await identityOf(scope, member)));
  const id = await store.saveQuestion(scope, member, question);
  scope.emit({ type: "question.asked", subject: id, body: { job: question.job }, about: [`job:${question.job}`] });
  return { id };
};

/** Answers a question, once. */
export const answerQuestion: Act<typeof api.answerQuestion> = async (scope, { question: id, text }) => {
  const question = found(await store.questionToAnswer(scope, id));
  refuseIf(objectionToAnswering(question, scope.actor));
  refuseUnless(await store.saveAnswer(scope, id, text), "not-in-this-state", { state: question.state });
  scope.emit({ type: "question.answered", subject: id, body: { job: question.job }, about: [`job:${question.job}`] });
  return {};
};
