// The seats of a panel: people are asked in the order of the lot, take or leave a seat, and a party may refuse one.
import type * as api from "@partcommune/shared/governance/api";
import { orderOf } from "@partcommune/shared/governance/rules/lot";
import {
  answerDays,
  leastSeats,
  objectionToChallenging,
  panelTable,
  seatsFrom,
  seatTable,
  type Party,
} from "@partcommune/shared/governance/rules/panel";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import { isBefore } from "@partcommune/shared/platform/time";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { drawFor, poolOf } from "../store/lots.ts";
import * as store from "../store/panels.ts";
import { partyOn } from "../store/parties.ts";
import { aboutPanel, lapse } from "./panels.ts";
import { inDays } from "./proposals.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;
type Step<Input> = Action<Input, Record<string, never>>;

/** Asks the next so many in the order of the lot. How many were left to ask. */
export async function askNext(scope: Scope, panel: store.HeldPanel, count: number): Promise<number> {
  const view = viewOf(scope);
  const [draw, seats] = [found(await drawFor(view, panel.id)), await store.seatsOn(view, panel.id)];
  const people = new Map((await poolOf(view, draw.id)).map(({ entry, person }) => [entry, person]));
  const order = orderOf(found(draw.seed ?? undefined), [...people.keys()]);
  const asked = order
    .map((entry, at) => ({ place: at + 1, entry, person: people.get(entry) ?? null }))
    .slice(seats.length, seats.length + count);
  await store.askSeats(scope, panel.id, asked, await inDays(scope, answerDays));
  const places = asked.map(({ place }) => place);
  if (places.length > 0) scope.emit({ type: "panel.asked", subject: panel.id, body: { places }, about: aboutPanel(panel) });
  return places.length;
}

/** After each answer: the next is asked for a seat that is free; once nobody is asked any more and the parties had their time, it sits. */
async function settle(scope: Scope, panel: store.HeldPanel): Promise<void> {
  const seats = await store.seatsOn(viewOf(scope), panel.id);
  const accepted = seats.filter(({ state }) => state === "accepted");
  const asked = seats.filter(({ state }) => state === "asked").length;
  const missing = panel.seats - accepted.length - asked;
  const more = missing > 0 ? await askNext(scope, panel, missing) : 0;
  if (asked + more > 0 || panel.challengeUntil === null || isBefore(scope.now, panel.challengeUntil)) return;
  const size = seatsFrom(panel.seats, accepted.length);
  await (size < leastSeats ? lapse(scope, panel) : sit(scope, panel, accepted, size));
}

async function sit(scope: Scope, panel: store.HeldPanel, accepted: readonly store.Seat[], seats: number): Promise<void> {
  for (const seat of accepted.slice(seats)) await store.moveSeat(scope, panel.id, seat, "spare");
  const until = await inDays(scope, (await scope.bylaw("dispute.days", scope.now)).value);
  await store.movePanel(scope, panel.id, panel.state, "sit", { seats, decide_until: until });
  scope.emit({ type: "panel.sat", subject: panel.id, body: { seats, until }, about: aboutPanel(panel) });
}

/** The acting person's seat on a panel. */
export async function ownSeat(scope: Scope, panel: Id): Promise<store.Seat> {
  const { actor } = scope;
  refuseUnless(actor.kind === "person", "sign-in-first");
  const seat = (await store.seatsOn(viewOf(scope), panel)).find(({ person }) => person === actor.person);
  refuseUnless(seat !== undefined, "not-drawn");
  return seat;
}

export const answerSeat: Act<typeof api.answerSeat> = async (scope, { panel: id, accept }) => {
  const panel = found(await store.heldPanel(scope, id));
  const seat = await ownSeat(scope, id);
  refuseUnless(panel.state === "asking", "not-in-this-state", { state: panel.state });
  const verb = accept ? "accept" : "decline";
  refuseIf(objectionToVerb(seatTable, seat.state, verb));
  await store.moveSeat(scope, id, seat, verb);
  scope.emit({ type: "panel.answered", subject: id, body: { place: seat.place, accepted: accept }, about: aboutPanel(panel) });
  await settle(scope, panel);
  return {};
};

export const challengeSeat: Act<typeof api.challengeSeat> = async (scope, { panel: id, place }) => {
  const { actor } = scope;
  refuseUnless(actor.kind === "person", "sign-in-first");
  const panel = found(await store.heldPanel(scope, id));
  const view = viewOf(scope);
  const seats = await store.seatsOn(view, id);
  const party = await partyOn(view, panel, actor.person);
  const refused = seats.flatMap(({ refusedBy }): readonly Party[] => (refusedBy === null ? [] : [refusedBy]));
  const seat = seats.find((each) => each.place === place);
  refuseIf(objectionToVerb(panelTable, panel.state, "challenge") ?? objectionToChallenging(party, refused, seat));
  await store.moveSeat(scope, id, found(seat), "challenge", { refused_by: found(party) });
  scope.emit({ type: "panel.challenged", subject: id, body: { place, party: found(party) }, about: aboutPanel(panel) });
  await settle(scope, panel);
  return {};
};

/** No answer in time: the next one is asked. */
export const passSeat: Step<{ panel: Id; place: number }> = async (scope, { panel: id, place }) => {
  const panel = found(await store.heldPanel(scope, id));
  const seat = (await store.seatsOn(viewOf(scope), id)).find((each) => each.place === place);
  if (panel.state !== "asking" || seat?.state !== "asked") return {};
  await store.moveSeat(scope, id, seat, "pass");
  scope.emit({ type: "panel.passed", subject: id, body: { place }, about: aboutPanel(panel) });
  await settle(scope, panel);
  return {};
};

/** The parties have had their time. */
export const sitPanel: Step<{ panel: Id }> = async (scope, { panel: id }) => {
  const panel = found(await store.heldPanel(scope, id));
  if (panel.state === "asking") await settle(scope, panel);
  return {};
};
