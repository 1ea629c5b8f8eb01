// The verbs of a gathering: called, changed, cancelled.
import type * as api from "@partcommune/shared/community/api";
import { gathering, objectionToCalling, objectionToGathering } from "@partcommune/shared/community/rules/gathering";
import { instantShown } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Instant } from "@partcommune/shared/platform/time";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import * as store from "../store/gatherings.ts";
import { aboutGathering } from "./about-gathering.ts";
import { actingMember } from "./acting-member.ts";
import { leaveItems } from "./agenda.ts";
import { offerPlaces } from "./answers.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;
type Asked = InputOf<typeof api.callGathering>;

/** The words of a gathering with its hours as instants, by the clocks of its zone. */
export function wordsOf({ begins, ends, ...words }: Asked, now: Instant): store.Words {
  const shown = (clock: string): Instant => {
    const at = instantShown(clock, words.zone);
    refuseUnless(at !== undefined, "no-such-hour", { zone: words.zone, clock });
    return at;
  };
  const said = { ...words, from: shown(begins), until: shown(ends) };
  refuseIf(objectionToCalling(said, now));
  return said;
}

/** Calls a gathering. */
export const callGathering: Act<typeof api.callGathering> = async (scope, asked) => {
  const { person, stage } = await actingMember(scope);
  refuseUnless(gathering.includes(stage), "gathering-needs-membership");
  const words = wordsOf(asked, scope.now);
  const id = await store.saveGathering(scope, person, "open", words);
  scope.emit({ type: "gathering.called", subject: id, body: { title: words.title, from: words.from }, about: ["gatherings"] });
  return { id };
};

/** Words it anew. Whoever comes is told when it moved; with more places, those who wait are offered them. */
export const changeGathering: Act<typeof api.changeGathering> = async (scope, { gathering: id, version, ...asked }) => {
  const held = found(await store.heldGathering(scope, id));
  refuseIf(objectionToGathering(held, "change", scope.actor, scope.now));
  const words = wordsOf(asked, scope.now);
  refuseUnless(words.capacity === undefined || words.capacity >= held.taken, "places-promised", { taken: held.taken });
  refuseUnless(await store.saveChange(scope, id, version, words), "gathering-changed");
  const moved = words.from !== held.from || words.until !== held.until || words.place !== held.place || words.link !== held.link;
  scope.emit({ type: "gathering.changed", subject: id, body: { moved }, about: aboutGathering(id) });
  await offerPlaces(scope, id);
  return { version: version + 1n };
};

/** Cancels it for everybody. */
export const cancelGathering: Act<typeof api.cancelGathering> = async (scope, { gathering: id, because }) => {
  const held = found(await store.heldGathering(scope, id));
  refuseIf(objectionToGathering(held, "cancel", scope.actor, scope.now));
  refuseUnless(await store.saveCancelling(scope, id, held.state, because), "not-in-this-state", { state: held.state });
  if (held.kind === "assembly") await leaveItems(scope, id);
  scope.emit({ type: "gathering.cancelled", subject: id, body: {}, about: aboutGathering(id) });
  return {};
};
