// Who comes: what people say, the places they take, and how a freed place goes to the next in line.
import type * as api from "@partcommune/shared/community/api";
import { freeIn, objectionToAnswer, offeredUntil, placesOf, verbFor } from "@partcommune/shared/community/rules/answer";
import type { Stage } from "@partcommune/shared/membership/rules";
import { isBefore } from "@partcommune/shared/platform/time";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { personActing } from "../../platform/acting.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { answerOf, firstInLine, saveAnswer } from "../store/answers.ts";
import { heldGathering, takePlaces } from "../store/gatherings.ts";
import { memberCard } from "../../membership/index.ts";
import { aboutGathering } from "./about-gathering.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Says whether one comes. */
export const answerGathering: Act<typeof api.answerGathering> = async (scope, { gathering, said, guests }) => {
  const person = personActing(scope.actor);
  const held = found(await heldGathering(scope, gathering));
  const before = await answerOf(viewOf(scope), gathering, person);
  refuseIf(objectionToAnswer(held, before, { said, guests, stage: await stageOf(scope) }, scope.now));
  const verb = verbFor(before, said, guests, held);
  const state = await saveAnswer(scope, { gathering, person, before, verb }, { guests: said === "going" ? guests : 0 });
  const more = placesOf({ state, guests }) - placesOf(before);
  refuseUnless(more === 0 || (await takePlaces(scope, gathering, more)), "places-too-few", { free: freeIn(held) });
  scope.emit({ type: "gathering.answered", subject: gathering, body: { said }, about: aboutGathering(gathering) });
  await offerPlaces(scope, gathering);
  return { state };
};

/** Where the membership of whoever acts stands. */
async function stageOf(scope: Scope): Promise<Stage | undefined> {
  const { actor } = scope;
  const member = actor.kind === "person" ? actor.member : undefined;
  return member === undefined ? undefined : (await memberCard(viewOf(scope), member))?.stage;
}

/** Keeps every free place for whoever is first in line, for a day. */
export async function offerPlaces(scope: Scope, gathering: Id): Promise<void> {
  for (;;) {
    const held = found(await heldGathering(scope, gathering));
    if (held.state !== "called" || !isBefore(scope.now, held.from)) return;
    const next = await firstInLine(scope, gathering, Math.min(freeIn(held), 2 ** 15 - 1));
    if (!next) return;
    const until = offeredUntil(scope.now, held.from);
    const answering = { gathering, person: next.person, before: { state: "waiting", guests: next.guests }, verb: "offer" } as const;
    await saveAnswer(scope, answering, { guests: next.guests, offeredUntil: until });
    await takePlaces(scope, gathering, 1 + next.guests);
    scope.emit({ type: "place.offered", subject: gathering, body: { person: next.person, until }, about: aboutGathering(gathering) });
  }
}

/** An offer that was not taken in time goes to the next. */
export const lapseOffer: Action<{ gathering: Id; person: Id }, Record<string, never>> = async (scope, { gathering, person }) => {
  await heldGathering(scope, gathering);
  const before = await answerOf(viewOf(scope), gathering, person);
  if (before.state !== "offered") return {};
  await saveAnswer(scope, { gathering, person, before, verb: "lapse" }, { guests: before.guests });
  await takePlaces(scope, gathering, -placesOf(before));
  scope.emit({ type: "place.lapsed", subject: gathering, body: { person }, about: aboutGathering(gathering) });
  await offerPlaces(scope, gathering);
  return {};
};
