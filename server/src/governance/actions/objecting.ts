// Objecting to the roll that was announced, and answering that: what is upheld changes the entry when the vote opens.
import type * as api from "@partcommune/shared/governance/api";
import { objectionToAnswer, objectionToObjecting, objectionToSpeakingOf } from "@partcommune/shared/governance/rules/objection";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action } from "../../platform/scope.ts";
import * as store from "../store/objections.ts";
import { voteOf, whileOpen } from "../store/votes.ts";
import { aboutVote } from "./voting-days.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

export const objectToRoll: Act<typeof api.objectToRoll> = async (scope, { vote: id, ground, member, college = "members", text }) => {
  const { actor } = scope;
  refuseUnless(actor.kind === "person", "sign-in-first");
  await whileOpen(scope, id);
  const { state, notice } = found(await voteOf(viewOf(scope), id));
  const wanted = ground === "notEntitled" ? null : college;
  refuseIf(objectionToObjecting(state, notice, wanted ?? undefined));
  refuseIf(objectionToSpeakingOf(member === undefined ? "own" : "another", actor));
  const about = member === undefined ? actor.person : await store.memberNamed(scope, member);
  refuseUnless(about !== undefined, "member-unnamed");
  const objection = await store.saveObjection(scope, { vote: id, by: actor.person, about, ground, college: wanted, text });
  refuseUnless(objection !== undefined, "objection-waits");
  scope.emit({ type: "vote.objected", subject: id, body: { objection }, about: aboutVote(id) });
  return { id: objection };
};

export const answerObjection: Act<typeof api.answerObjection> = async (scope, { objection: id, upheld, reason }) => {
  const { actor } = scope;
  refuseUnless(actor.kind === "person", "sign-in-first");
  const objection = found(await store.objectionHeld(scope, id));
  await whileOpen(scope, objection.vote);
  const { state } = found(await voteOf(viewOf(scope), objection.vote));
  refuseIf(objectionToAnswer(state, objection, actor.person, upheld));
  refuseUnless(await store.saveAnswer(scope, id, actor.person, { upheld, reason }), "objection-answered");
  scope.emit({
    type: "vote.objectionAnswered",
    subject: objection.vote,
    body: { objection: id, upheld },
    about: aboutVote(objection.vote),
  });
  return {};
};
