// What officers and the software do about neighbours: name one, hear who it is, follow its board, leave it.
import type * as api from "@partcommune/shared/federation/api";
import {
  neighbourTable,
  objectionToAddress,
  objectionToAsking,
  originFrom,
  type Miss,
  type NeighbourVerb,
} from "@partcommune/shared/federation/rules/neighbour";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import * as store from "../store/neighbours.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

const about = (id: Id): readonly string[] => ["neighbours", `neighbour:${id}`];

/** Puts an address on the list; the software then knocks there. */
export const askNeighbour: Act<typeof api.askNeighbour> = async (scope, { address }) => {
  const origin = originFrom(address, scope.origin.startsWith("http:"));
  refuseIf(objectionToAddress(origin, scope.origin));
  const known = found(origin);
  refuseIf(objectionToAsking((await store.neighbourAt(scope.tx, known))?.state));
  const id = await store.saveAsked(scope, known);
  scope.emit({ type: "neighbour.asked", subject: id, body: { origin: known }, about: about(id) });
  return { id };
};

/** Moves a neighbour by one of the officers' verbs. */
async function moved(scope: Scope, id: Id, verb: NeighbourVerb, set: { readonly follow?: string } = {}): Promise<string> {
  const { origin, state } = found(await store.neighbourById(scope.tx, id));
  refuseIf(objectionToVerb(neighbourTable, state, verb));
  refuseUnless(await store.moveNeighbour(scope, id, verb, set), "not-in-this-state", { state });
  return origin;
}

/** Asks their board to be followed; the ask leaves after the commit, under this id. */
export const followNeighbour: Act<typeof api.followNeighbour> = async (scope, { neighbour }) => {
  const origin = await moved(scope, neighbour, "follow", { follow: `${scope.origin}/acts/${scope.id()}` });
  scope.emit({ type: "neighbour.followed", subject: neighbour, body: { origin }, about: about(neighbour) });
  return {};
};

export const leaveNeighbour: Act<typeof api.leaveNeighbour> = async (scope, { neighbour }) => {
  const origin = await moved(scope, neighbour, "leave");
  scope.emit({ type: "neighbour.left", subject: neighbour, body: { origin }, about: about(neighbour) });
  return {};
};

/** Somebody was at home: who they say they are. */
export const findNeighbour: Action<{ neighbour: Id } & store.Introduction, Record<string, never>> = async (
  scope,
  { neighbour, ...says },
) => {
  const { origin } = found(await store.neighbourById(scope.tx, neighbour));
  refuseUnless(await store.moveNeighbour(scope, neighbour, "find", says), "not-in-this-state");
  scope.emit({ type: "neighbour.found", subject: neighbour, body: { origin, name: says.name }, about: about(neighbour) });
  return {};
};

export const missNeighbour: Action<{ neighbour: Id; why: Miss }, Record<string, never>> = async (scope, { neighbour, why }) => {
  const { origin } = found(await store.neighbourById(scope.tx, neighbour));
  refuseUnless(await store.moveNeighbour(scope, neighbour, "miss", { missed: why }), "not-in-this-state");
  scope.emit({ type: "neighbour.missed", subject: neighbour, body: { origin, why }, about: about(neighbour) });
  return {};
};

/** Their board's answer to the follow we sent; an answer to anything else is none. */
export async function answerFollow(scope: Scope, origin: string, follow: string, verb: "welcome" | "turnAway"): Promise<void> {
  const neighbour = await store.neighbourAt(scope.tx, origin);
  if (!neighbour || neighbour.follow !== follow || !(await store.moveNeighbour(scope, neighbour.id, verb))) return;
  const type = verb === "welcome" ? "neighbour.welcomed" : "neighbour.turnedAway";
  scope.emit({ type, subject: neighbour.id, body: { origin }, about: about(neighbour.id) });
}
