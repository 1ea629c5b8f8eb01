// Casting: one line of the roll-call for each who stands on the roll, by themselves or by who holds their proxy.
import type * as api from "@partcommune/shared/governance/api";
import {
  objectionToChoice,
  objectionToProxy,
  objectionToTime,
  objectionToUsingProxy,
  type Choice,
} from "@partcommune/shared/governance/rules/ballot";
import type { Person } from "@partcommune/shared/platform/actor";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { memberCard } from "../../membership/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { receiptOf } from "../store/receipt.ts";
import * as ballots from "../store/ballots.ts";
import { entryOf, type Entry } from "../store/roll.ts";
import { voteOf, whileOpen, type HeldVote } from "../store/votes.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

const aboutVote = (id: Id): readonly string[] => [`vote:${id}`];

/** A vote that takes ballots until the act ends, and who acts in it. */
async function voting(scope: Scope, id: Id): Promise<{ readonly vote: HeldVote; readonly actor: Person }> {
  refuseUnless(scope.actor.kind === "person", "sign-in-first");
  await whileOpen(scope, id);
  const vote = found(await voteOf(viewOf(scope), id));
  refuseUnless(vote.notice.mode !== "paper", "vote-on-paper");
  refuseIf(objectionToTime(vote, scope.now));
  return { vote, actor: scope.actor };
}

async function onRoll(scope: Scope, vote: Id, person: Id): Promise<Entry> {
  const entry = await entryOf(viewOf(scope), vote, person);
  refuseUnless(entry !== undefined, "not-on-roll");
  await ballots.holdEntry(scope, vote, entry.entry);
  return entry;
}

/** Casts, or casts again: until the close the last one counts. */
export const castVote: Act<typeof api.castVote> = async (scope, { vote: id, choice: said, for: giver }) => {
  const { vote, actor } = await voting(scope, id);
  const choice = said as Choice;
  refuseIf(
    objectionToChoice(
      choice,
      vote.notice.method,
      vote.notice.options.map(({ key }) => key),
    ),
  );
  const { entry } = await onRoll(scope, id, giver ?? actor.person);
  await (giver === undefined ? voidProxy(scope, vote, actor.person, entry) : refuseUnheld(scope, vote, giver, actor.person, entry));
  const seq = await ballots.saveCall(scope, id, entry, choice, actor.person);
  scope.emit({ type: "vote.cast", subject: id, body: {}, about: aboutVote(id) });
  return { receipt: receiptOf(id, { entry, choice, seq }), seq, until: vote.closesAt };
};

/** Whoever votes themselves voids the proxy they gave, unless it was used. */
async function voidProxy(scope: Scope, { id }: HeldVote, person: Id, entry: Id): Promise<void> {
  const cast = await ballots.callOf(viewOf(scope), id, entry);
  refuseUnless(cast === undefined || cast.by === person, "proxy-spent");
  await ballots.dropProxy(scope, id, person);
}

/** A proxy is used by who holds it, in the last hours, while its giver has not voted. */
async function refuseUnheld(scope: Scope, { id, closesAt }: HeldVote, giver: Id, holder: Id, entry: Id): Promise<void> {
  const view = viewOf(scope);
  refuseUnless(await ballots.holds(view, id, giver, holder), "proxy-unknown");
  refuseIf(objectionToUsingProxy(closesAt, (await scope.bylaw("proxy.windowHours", scope.now)).value, scope.now));
  const cast = await ballots.callOf(view, id, entry);
  refuseUnless(cast === undefined || cast.by === holder, "proxy-spent");
}

/** Lets another on the roll vote for oneself; a proxy given before is replaced. */
export const giveProxy: Act<typeof api.giveProxy> = async (scope, { vote: id, holder }) => {
  const { actor } = await voting(scope, id);
  const view = viewOf(scope);
  const giver = actor.person;
  const { entry } = await onRoll(scope, id, giver);
  refuseUnless((await entryOf(view, id, holder)) !== undefined, "not-on-roll");
  refuseUnless((await ballots.callOf(view, id, entry)) === undefined, "proxy-spent");
  await ballots.dropProxy(scope, id, giver);
  const [of, other] = [await ballots.sideOf(view, id, giver), await ballots.sideOf(view, id, holder)];
  const { value: cap } = await scope.bylaw("proxy.cap", scope.now);
  const isLeaving = await ballots.isLeaving(scope, holder);
  refuseIf(objectionToProxy({ giver, holder }, { giver: of?.side, holder: other?.side, held: other?.held ?? 0, cap, isLeaving }));
  refuseUnless(await ballots.saveProxy(scope, id, giver, holder, cap), "proxies-enough", { most: cap });
  scope.emit({ type: "proxy.given", subject: id, body: { holder }, about: aboutVote(id) });
  return {};
};

export const takeProxyBack: Act<typeof api.takeProxyBack> = async (scope, { vote: id }) => {
  const { actor } = await voting(scope, id);
  const { entry } = await onRoll(scope, id, actor.person);
  const cast = await ballots.callOf(viewOf(scope), id, entry);
  refuseUnless(cast === undefined || cast.by === actor.person, "proxy-spent");
  if (await ballots.dropProxy(scope, id, actor.person))
    scope.emit({ type: "proxy.takenBack", subject: id, body: {}, about: aboutVote(id) });
  return {};
};

/** Whoever leaves votes for nobody else any more: what they have not used of proxies falls, and its givers may vote. */
export const dropProxiesHeld: Action<{ member: Id }, Record<string, never>> = async (scope, { member }) => {
  const { person, stage } = found(await memberCard(viewOf(scope), member));
  if (stage !== "leaving") return {};
  for (const { vote, giver, entry } of await ballots.proxiesHeldBy(viewOf(scope), person)) {
    await whileOpen(scope, vote);
    await ballots.holdEntry(scope, vote, entry);
    if ((await ballots.callOf(viewOf(scope), vote, entry)) === undefined && (await ballots.dropProxy(scope, vote, giver)))
      scope.emit({ type: "proxy.fell", subject: vote, body: { giver }, about: aboutVote(vote) });
  }
  return {};
};
