// The verbs of an assembly: convened, opened, watched by tellers, closed.
import type * as api from "@partcommune/shared/community/api/meeting";
import { objectionToAgenda, type ItemKind } from "@partcommune/shared/community/rules/agenda";
import { forgottenMs, type Chairing, objectionToChairing, objectionToNotice } from "@partcommune/shared/community/rules/assembly";
import { drawTellers as drawn, tellersDrawn } from "@partcommune/shared/community/rules/lot";
import { daysLater } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { later, type Instant } from "@partcommune/shared/platform/time";
import { assemblyHeld, conveneInAssembly } from "../../governance/index.ts";
import { personActing } from "../../platform/acting.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { itemsOf, saveItems, type Put } from "../store/agenda.ts";
import * as store from "../store/assemblies.ts";
import { saveGathering } from "../store/gatherings.ts";
import { aboutGathering } from "./about-gathering.ts";
import { closeOpenItem, leaveItems } from "./agenda.ts";
import { draftMinutes } from "./minutes.ts";
import { wordsOf } from "./gatherings.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Calls an assembly; the votes on its agenda have their notice from now on. Whoever calls it chairs it until they hand over. */
export const conveneAssembly: Act<typeof api.conveneAssembly> = async (scope, { items, ...asked }) => {
  const person = personActing(scope.actor);
  const words = wordsOf(asked, scope.now);
  const { value: days } = await scope.bylaw("vote.noticeDays", scope.now);
  refuseIf(objectionToNotice(words.from, days, daysLater(scope.now, days, (await bookOf(scope.tx)).zone)));
  refuseIf(objectionToAgenda(items));
  const id = await saveGathering(scope, person, "assembly", words);
  await store.saveAssembly(scope, id, person);
  const put: Put[] = [];
  for (const item of items) put.push(await withVote(scope, id, words, item));
  await saveItems(scope, id, put);
  scope.emit({ type: "gathering.called", subject: id, body: { title: words.title, from: words.from }, about: ["gatherings"] });
  scope.emit({ type: "assembly.convened", subject: id, body: {}, about: [] });
  return { id };
};

type Asked = { readonly kind: ItemKind; readonly title: string; readonly text: string; readonly proposal?: Id; readonly paper: boolean };
type Hours = { readonly from: Instant; readonly until: Instant };

/** An item, with the vote of its proposal: open at the latest until the clock closes a forgotten assembly. */
async function withVote(scope: Scope, gathering: Id, { from, until }: Hours, { proposal, paper, ...item }: Asked): Promise<Put> {
  if (proposal === undefined) return { ...item, proposal: null, vote: null };
  const sitting = { gathering, from, closesAt: later(until, forgottenMs), elects: item.kind === "election", paper };
  return { ...item, proposal, vote: await conveneInAssembly(scope, proposal, sitting) };
}

/** An assembly whose chair may do this now. */
async function chaired(scope: Scope, gathering: Id, verb: Chairing): Promise<store.Held> {
  const held = found(await store.heldAssembly(scope, gathering));
  refuseIf(objectionToChairing(held, verb, scope.actor, scope.now));
  return held;
}

/** Hands the chair to somebody who is there. */
export const handOverChair: Act<typeof api.handOverChair> = async (scope, { gathering, person }) => {
  await chaired(scope, gathering, "handOver");
  refuseUnless((await store.presentIn(viewOf(scope), gathering)).includes(person), "not-present");
  await store.saveChair(scope, gathering, person);
  scope.emit({ type: "assembly.handedOver", subject: gathering, body: { person }, about: aboutGathering(gathering) });
  return {};
};

/** Opens it. */
export const openAssembly: Act<typeof api.openAssembly> = async (scope, { gathering }) => {
  const { state } = await chaired(scope, gathering, "open");
  refuseUnless(await store.moveAssembly(scope, gathering, state, "open"), "not-in-this-state", { state });
  await store.saveHour(scope, gathering, "opened_at");
  scope.emit({ type: "assembly.opened", subject: gathering, body: {}, about: aboutGathering(gathering) });
  return {};
};

/** Draws the two tellers, from a seed that nobody chooses and everybody is told. */
export const drawTellers: Act<typeof api.drawTellers> = async (scope, { gathering }) => {
  const { chair, tellers: already } = await chaired(scope, gathering, "draw");
  refuseUnless(already.length === 0, "tellers-drawn");
  const pool = (await store.presentIn(viewOf(scope), gathering)).filter((person) => person !== chair);
  refuseUnless(pool.length >= tellersDrawn, "tellers-too-few", { present: pool.length });
  const seed = scope.random(32);
  const hex = Buffer.from(seed).toString("hex");
  const tellers = drawn(hex, pool);
  await store.saveDraw(scope, gathering, { seed, pool, tellers });
  scope.emit({ type: "assembly.tellersDrawn", subject: gathering, body: { seed: hex, tellers }, about: aboutGathering(gathering) });
  const names = await scope.people(tellers);
  return { tellers: tellers.map((person) => names.get(person)?.name ?? ""), seed: hex };
};

/** Closes it, with its minutes. */
export const closeAssembly: Act<typeof api.closeAssembly> = async (scope, { gathering }) => {
  const { state } = await chaired(scope, gathering, "close");
  const open = (await itemsOf(viewOf(scope), gathering)).find((item) => item.state === "open");
  refuseUnless(open === undefined, "item-open", { title: open?.title });
  await closed(scope, gathering, state);
  return {};
};

async function closed(scope: Scope, gathering: Id, state: store.Held["state"]): Promise<void> {
  refuseUnless(await store.moveAssembly(scope, gathering, state, "close"), "not-in-this-state", { state });
  await closeOpenItem(scope, gathering);
  await leaveItems(scope, gathering);
  await store.saveHour(scope, gathering, "closed_at");
  await store.endAttendances(scope, gathering);
  await assemblyHeld(scope, gathering, scope.now);
  scope.emit({ type: "assembly.closed", subject: gathering, body: {}, about: aboutGathering(gathering) });
  await draftMinutes(scope, gathering);
}

/** What the clock does long after the planned end: an open assembly is closed, one that was never opened lapses. */
export const endForgotten: Action<{ gathering: Id }, Record<string, never>> = async (scope, { gathering }) => {
  const { state } = found(await store.heldAssembly(scope, gathering));
  if (state === "open") await closed(scope, gathering, state);
  if (state !== "called" || !(await store.moveAssembly(scope, gathering, state, "lapse"))) return {};
  await leaveItems(scope, gathering);
  scope.emit({ type: "assembly.lapsed", subject: gathering, body: {}, about: aboutGathering(gathering) });
  return {};
};
