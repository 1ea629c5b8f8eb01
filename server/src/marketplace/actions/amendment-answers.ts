// The answers to a proposed change: signed or declined by the other side, withdrawn by its own, and an adviser's where a check holds it up.
import type * as api from "@partcommune/shared/marketplace/api";
import {
  objectionToAdvising,
  objectionToAnswering,
  objectionToLateTerms,
  type Outcome,
} from "@partcommune/shared/marketplace/rules/amendment";
import { missingWords, wordOf, type Word } from "@partcommune/shared/marketplace/rules/engagement";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { isConfirmed } from "../../membership/index.ts";
import { lowerPromise, promiseAddition } from "../../mutual/index.ts";
import { personActing } from "../../platform/acting.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { engagementHeld, moveEngagement } from "../store/engagements.ts";
import * as signatures from "../store/amendment-signatures.ts";
import * as store from "../store/amendments.ts";
import { shareWorkAnew, weightsOf } from "../store/teams.ts";
import { finishIfEnded } from "./approval.ts";
import { aboutAmendment, endAmendment } from "./amendment-end.ts";
import { amendableSeen, limitsFor, mailAmendment, type Amendable } from "./amendments.ts";
import { startReady } from "./work.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;
type Answered = Amendable & { readonly amendment: store.OpenAmendment };

/** Signs a change for one side; with the second signature it is in force. */
export const signAmendment: Act<typeof api.signAmendment> = async (scope, { engagement: id, hash }) => {
  const engagement = await amendableSeen(scope, id);
  refuseIf(objectionToAnswering(engagement, scope.actor, "signAmendment", hash, scope.now));
  const signature = { word: found(wordOf(scope.actor, engagement)), signer: personActing(scope.actor) };
  return { outcome: await takeAmendmentSignature(scope, waiting(engagement), signature) };
};

/** Declines what the other side proposed. */
export const declineAmendment: Act<typeof api.declineAmendment> = async (scope, { engagement: id, hash }) => {
  const engagement = await amendableSeen(scope, id);
  refuseIf(objectionToAnswering(engagement, scope.actor, "declineAmendment", hash, scope.now));
  await endAmendment(scope, id, waiting(engagement).amendment, "declined");
  return {};
};

/** Withdraws what one's own side proposed. */
export const withdrawAmendment: Act<typeof api.withdrawAmendment> = async (scope, { engagement: id, hash }) => {
  const engagement = await amendableSeen(scope, id);
  refuseIf(objectionToAnswering(engagement, scope.actor, "withdrawAmendment", hash, scope.now));
  await endAmendment(scope, id, waiting(engagement).amendment, "withdrawn");
  return {};
};

/** Answers for a change that a check holds up: from now on both sides may sign it. */
export const coverAmendment: Act<typeof api.coverAmendment> = async (scope, { engagement: id, hash, note }) => {
  const engagement = await heldUp(scope, id);
  refuseIf(objectionToAdvising(engagement, scope.actor, "coverAmendment", hash, scope.now));
  const { amendment } = waiting(engagement);
  refuseUnless(await store.saveAmendmentCover(scope, amendment.id, personActing(scope.actor), note), "amendment-over");
  scope.emit({ type: "engagement.amendmentCovered", subject: id, body: {}, about: aboutAmendment(id) });
  await mailAmendment(scope, engagement, amendment);
  return {};
};

/** Sends a change back, in writing. */
export const sendBackAmendment: Act<typeof api.sendBackAmendment> = async (scope, { engagement: id, hash, reason }) => {
  const engagement = await heldUp(scope, id);
  refuseIf(objectionToAdvising(engagement, scope.actor, "sendBackAmendment", hash, scope.now));
  await endAmendment(scope, id, waiting(engagement).amendment, "sentBack", reason);
  return {};
};

/** For an adviser, who is no side of it. */
async function heldUp(scope: Scope, id: Id): Promise<Amendable> {
  const engagement = found(await engagementHeld(scope, id));
  return { ...engagement, amendment: await store.openAmendment(scope, id) };
}

/** What the law had nothing against has a change that waits. */
const waiting = ({ amendment, ...engagement }: Amendable): Answered => ({ ...engagement, amendment: found(amendment) });

/** Takes a signature that the law has nothing against. */
export async function takeAmendmentSignature(
  scope: Scope,
  engagement: Answered,
  { word, signer }: { readonly word: Word; readonly signer: Id },
): Promise<Outcome> {
  const { amendment } = engagement;
  const by = word === "client" ? "client" : "member";
  const missing = missingWords(engagement, [...amendment.signedBy, word]);
  const isLast = missing.length === 0;
  if (by === "member") refuseUnless(await signatures.signAmendmentPart(scope, amendment.id, word), "signed-already");
  const completes = by === "client" || missing.every((each) => each === "client");
  if (completes) refuseUnless(await signatures.saveAmendmentSignature(scope, amendment.id, by, signer, isLast), "signed-already");
  if (!isLast) {
    scope.emit({ type: "engagement.amendmentSigned", subject: engagement.id, body: { by }, about: aboutAmendment(engagement.id) });
    return "open";
  }
  await amended(scope, engagement);
  return "signed";
}

/** What follows in the same transaction from the second signature: the promise, the paper in force, and the milestones as it says. */
async function amended(scope: Scope, engagement: Answered): Promise<void> {
  const { id, state, amount, endOn, amendment } = engagement;
  const { currency } = amount;
  const price = { minor: amendment.amountMinor, currency };
  refuseIf(objectionToLateTerms({ endOn }, { price, endOn: amendment.endOn }, await limitsFor(scope, engagement, amendment.endOn)));
  const touched = await store.touchedBy(viewOf(scope), amendment.id, currency);
  await promiseAnew(scope, engagement, touched);
  const { paper: quote, hashBytes, text } = amendment;
  const terms = { quote, quote_hash: hashBytes, text, amount_minor: price.minor, end_on: amendment.endOn };
  refuseUnless(await moveEngagement(scope, id, state, "signAmendment", terms), "not-in-this-state", { state });
  await shareWorkAnew(scope, id, price);
  for (const each of touched) refuseUnless(await store.amendMilestone(scope, id, each), "amendment-over");
  scope.emit({ type: "engagement.amended", subject: id, body: { hash: amendment.hash }, about: aboutAmendment(id) });
  if (state === "underWay") await startReady(scope, id);
  await finishIfEnded(scope, engagement);
}

type Costing = store.Touched & { readonly was: Money };

/** Asks the guarantee about what is added or costs more, and takes from its promise what is dropped or costs less. No promise is lost by it. */
async function promiseAnew(scope: Scope, engagement: Answered, touched: readonly store.Touched[]): Promise<void> {
  const agreedAt = engagement.signedAt ?? scope.now;
  const team = await weightsOf(viewOf(scope), engagement.id);
  const lowered = touched.filter((each): each is Costing => each.was !== undefined && owedAfter(each).minor < each.was.minor);
  const milestones = lowered.map((each) => ({ id: each.id, from: each.was, to: owedAfter(each) }));
  if (milestones.length > 0) await lowerPromise(scope, { engagement: engagement.id, team, agreedAt, milestones });
  const adding = await additionOf(scope, engagement, touched);
  const lost = adding && (await promiseAddition(scope, adding));
  refuseUnless(lost === undefined, "promise-would-be-lost", { title: touched.find(({ id }) => id === lost)?.title });
}

/** What is owed of a milestone once it is changed: nothing of one that is dropped. */
const owedAfter = ({ kind, amount }: store.Touched): Money => (kind === "dropped" ? { ...amount, minor: 0n } : amount);

async function additionOf(scope: Scope, engagement: Answered, touched: readonly store.Touched[]) {
  const { id, client, amendment, signedAt } = engagement;
  const milestones = store.raisedIn(touched);
  if (milestones.length === 0) return undefined;
  const signer = await signatures.clientSignerOf(scope, amendment.id);
  const confirmed = signer !== null && (await isConfirmed(viewOf(scope), signer));
  const team = await weightsOf(viewOf(scope), id);
  return { engagement: id, amendment: amendment.id, client, team, confirmed, agreedAt: signedAt ?? scope.now, milestones };
}
