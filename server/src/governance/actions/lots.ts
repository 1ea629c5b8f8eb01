// The verbs of a lot: two of the board give a seed by its hash, show it, and the panel is drawn from both and the server's own.
import type * as api from "@partcommune/shared/governance/api";
import {
  boardSeeds,
  drawTable,
  objectionToCommitting,
  objectionToRevealing,
  partyOf,
  revealDays,
  serverParty,
} from "@partcommune/shared/governance/rules/draw";
import { seedOf } from "@partcommune/shared/governance/rules/lot";
import { answerDays } from "@partcommune/shared/governance/rules/panel";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import type { Instant } from "@partcommune/shared/platform/time";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import * as store from "../store/lots.ts";
import { heldPanel, movePanel } from "../store/panels.ts";
import { aboutLot, openDraw } from "./lot-opening.ts";
import { askNext } from "./panel-seats.ts";
import { inDays } from "./proposals.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;
type Step = Action<{ lot: Id }, Record<string, never>>;

export const commitSeed: Act<typeof api.commitSeed> = async (scope, { lot: id, hash }) => {
  const { actor } = scope;
  refuseUnless(actor.kind === "person", "sign-in-first");
  const draw = found(await store.heldDraw(scope, id));
  refuseIf(objectionToVerb(drawTable, draw.state, "commit"));
  const given = await store.seedsOf(viewOf(scope), id);
  const leftOut = (await store.leftOutOf(viewOf(scope), draw.panel)).includes(actor.person);
  refuseIf(objectionToCommitting({ given: given.some(({ person }) => person === actor.person), leftOut }));
  const party = partyOf(given.length);
  await store.saveCommitment(scope, id, { party, person: actor.person, hash });
  scope.emit({ type: "lot.committed", subject: id, body: { party, hash }, about: aboutLot(id, draw.panel) });
  return { until: given.length + 1 < boardSeeds ? draw.commitUntil : await closed(scope, draw) };
};

/** Nobody gives a seed any more: now they are shown. Until when. */
async function closed(scope: Scope, { id, panel, state }: store.Draw): Promise<Instant> {
  const reveal_until = await inDays(scope, revealDays);
  await store.moveDraw(scope, id, state, "close", { reveal_until });
  scope.emit({ type: "lot.closed", subject: id, body: {}, about: aboutLot(id, panel) });
  return reveal_until;
}

/** The time to give a seed is over. With those that were given the lot goes on; where there is none it is drawn from the server's alone. */
export const closeDraw: Step = async (scope, { lot: id }) => {
  const draw = found(await store.heldDraw(scope, id));
  if (draw.state !== "committing") return {};
  await closed(scope, draw);
  await drawn(scope, { ...draw, state: "revealing" });
  return {};
};

export const revealSeed: Act<typeof api.revealSeed> = async (scope, { lot: id, seed }) => {
  const { actor } = scope;
  refuseUnless(actor.kind === "person", "sign-in-first");
  const draw = found(await store.heldDraw(scope, id));
  const own = (await store.seedsOf(viewOf(scope), id)).find(({ person }) => person === actor.person);
  refuseIf(objectionToVerb(drawTable, draw.state, "reveal") ?? objectionToRevealing(own?.hash, seed));
  await store.saveSeed(scope, id, actor.person, seed);
  scope.emit({ type: "lot.revealed", subject: id, body: { party: own?.party ?? "" }, about: aboutLot(id, draw.panel) });
  await drawn(scope, draw);
  return {};
};

/** Draws the panel once every seed is shown, and asks the first of the order. */
async function drawn(scope: Scope, draw: store.Draw): Promise<void> {
  const given = await store.seedsOf(viewOf(scope), draw.id);
  const shown = given.flatMap(({ party, seed }) => (seed === null ? [] : [{ party, seed }]));
  if (shown.length < given.length) return;
  const seed = seedOf([...shown, { party: serverParty, seed: draw.serverSeed }]);
  await store.moveDraw(scope, draw.id, draw.state, "draw", { seed, ended_at: scope.now });
  scope.emit({ type: "lot.drawn", subject: draw.id, body: { seed }, about: aboutLot(draw.id, draw.panel) });
  const panel = found(await heldPanel(scope, draw.panel));
  await movePanel(scope, panel.id, panel.state, "ask", { challenge_until: await inDays(scope, answerDays) });
  await askNext(scope, panel, panel.seats);
}

/** A seed was withheld: the draw is void, everybody sees whose it was, and another begins without them. */
export const voidDraw: Step = async (scope, { lot: id }) => {
  const draw = found(await store.heldDraw(scope, id));
  if (draw.state !== "revealing") return {};
  await store.moveDraw(scope, id, draw.state, "void", { ended_at: scope.now });
  scope.emit({ type: "lot.voided", subject: id, body: {}, about: aboutLot(id, draw.panel) });
  const pool = await store.poolOf(viewOf(scope), id);
  await openDraw(
    scope,
    draw.panel,
    pool.map(({ person }) => person),
    draw.attempt + 1,
  );
  return {};
};
