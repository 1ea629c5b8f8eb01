// The agenda: how the chair goes through it. A vote under an item lives and ends with it.
import type * as api from "@partcommune/shared/community/api/meeting";
import { itemTable, objectionToOpeningItem } from "@partcommune/shared/community/rules/agenda";
import { handsIn } from "@partcommune/shared/community/rules/assembly";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import { callOffVote, closeInAssembly, enterPapers, openInAssembly } from "../../governance/index.ts";
import { personActing } from "../../platform/acting.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { itemsOf, moveItem, type Item } from "../store/agenda.ts";
import { heldAssembly, presentIn, type Held } from "../store/assemblies.ts";
import { aboutGathering } from "./about-gathering.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

type Chaired = { readonly held: Held; readonly items: readonly Item[]; readonly item: Item };

/** An item of an assembly whose chair acts. */
async function chaired(scope: Scope, gathering: Id, id: Id): Promise<Chaired> {
  const held = found(await heldAssembly(scope, gathering));
  const items = await itemsOf(viewOf(scope), gathering);
  const item = found(items.find((each) => each.id === id));
  refuseUnless(handsIn(held, scope.actor).includes("chair"), "chair-only");
  return { held, items, item };
}

/** Comes to an item; its vote opens with it. */
export const openItem: Act<typeof api.openItem> = async (scope, { gathering, item: id }) => {
  const { held, items, item } = await chaired(scope, gathering, id);
  const open = items.find(({ state }) => state === "open")?.title;
  refuseIf(objectionToOpeningItem({ state: held.state, tellers: held.tellers.length, open }, item.state));
  refuseUnless(await moveItem(scope, item, "open", { opened_at: scope.now }), "not-in-this-state", { state: item.state });
  if (item.vote !== null) await openInAssembly(scope, item.vote);
  scope.emit({ type: "item.opened", subject: id, body: { gathering }, about: aboutGathering(gathering) });
  return {};
};

/** Takes what a teller counted of the papers under an item. */
export const countPapers: Act<typeof api.enterPapers> = async (scope, { gathering, item: id, ...papers }) => {
  const person = personActing(scope.actor);
  const { tellers } = found(await heldAssembly(scope, gathering));
  const view = viewOf(scope);
  const vote = found((await itemsOf(view, gathering)).find((item) => item.id === id)?.vote ?? undefined);
  refuseUnless(tellers.includes(person), "tellers-only");
  const agreed = await enterPapers(scope, vote, person, papers, (await presentIn(view, gathering)).length);
  scope.emit({ type: "papers.entered", subject: id, body: { gathering }, about: aboutGathering(gathering) });
  return { agreed };
};

/** Closes an item with what is to be kept of it; its vote closes and is counted. */
export const closeItem: Act<typeof api.closeItem> = async (scope, { gathering, item: id, note }) => {
  const { item } = await chaired(scope, gathering, id);
  refuseIf(objectionToVerb(itemTable, item.state, "close"));
  await closed(scope, gathering, item, note);
  return {};
};

async function closed(scope: Scope, gathering: Id, item: Item, note: string): Promise<void> {
  refuseUnless(await moveItem(scope, item, "close", { closed_at: scope.now, note }), "not-in-this-state", { state: item.state });
  if (item.vote !== null) await closeInAssembly(scope, item.vote);
  scope.emit({ type: "item.closed", subject: item.id, body: { gathering }, about: aboutGathering(gathering) });
}

/** What was open when nobody closed the assembly ends with it. */
export async function closeOpenItem(scope: Scope, gathering: Id): Promise<void> {
  for (const item of await itemsOf(viewOf(scope), gathering)) if (item.state === "open") await closed(scope, gathering, item, "");
}

/** What the assembly did not come to. Its votes are called off, and their proposals wait for a day again. */
export async function leaveItems(scope: Scope, gathering: Id): Promise<void> {
  for (const item of await itemsOf(viewOf(scope), gathering)) {
    if (item.state !== "waiting" || !(await moveItem(scope, item, "leave"))) continue;
    if (item.vote !== null) await callOffVote(scope, item.vote);
    scope.emit({ type: "item.left", subject: item.id, body: { gathering }, about: aboutGathering(gathering) });
  }
}
