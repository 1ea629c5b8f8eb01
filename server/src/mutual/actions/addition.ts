// What the guarantee answers when signed work is changed: milestones that are added or cost more are asked about anew, and no promise is taken back.
import { budgetsOf } from "@partcommune/shared/money/rules/split";
import { answerFor, isGuaranteed } from "@partcommune/shared/mutual/rules/guarantee";
import type { Id } from "@partcommune/shared/platform/id";
import { sum, zero, type Money, type Ppm } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import { worthAt } from "../../money/index.ts";
import { viewOf, type Scope, type View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { answersOf, standInLine } from "../store/promises.ts";
import { answered, lowerPromise, promiseGuarantee, promiseIn, type Addition, type Answers, type Signing } from "./guarantee.ts";

export type Raised = {
  readonly id: Id;
  readonly price: Money;
  /** What it cost before; absent for one that is added. */
  readonly was?: Money | undefined;
};

export type Adding = Omit<Signing, "prices" | "addition"> & {
  readonly amendment: Id;
  readonly agreedAt: Instant;
  /** At least one. */
  readonly milestones: readonly Raised[];
};

export type AdditionAnswer = {
  readonly promise?: NonNullable<ReturnType<typeof promiseIn>>;
  /** A milestone whose promise would be lost: where there is one, nobody signs. */
  readonly wouldLose?: Id;
};

/** What would be answered if all signed now: to one of the team of themselves, to others of all. */
export async function answerAddition(view: View, adding: Adding, member?: Id): Promise<AdditionAnswer> {
  const { signing, promised } = await signingOf(view, adding);
  const answers = await answered(view, signing);
  const promise = promiseIn(view, answers, member);
  const lost = promised.find((each) => isLost(answers, each.member));
  return { ...(promise ? { promise } : {}), ...(lost ? { wouldLose: lost.id } : {}) };
}

/** Whether the guarantee does not answer for the raise of one whose milestone it answers for. */
const isLost = ({ each }: Answers, member: Id): boolean => each.some((one) => one.member === member && !isGuaranteed(one.answers));

/**
 * Keeps the answer, in the transaction of the amendment's second signature; what was promised of the same milestones before is part of it.
 * A milestone whose promise would be lost is answered instead, and nothing is kept.
 */
export async function promiseAddition(scope: Scope, adding: Adding): Promise<Id | undefined> {
  const { engagement, client, team, agreedAt } = adding;
  await standInLine(scope, client);
  const { wouldLose } = await answerAddition(viewOf(scope), adding);
  if (wouldLose !== undefined) return wouldLose;
  const { signing, promised } = await signingOf(viewOf(scope), adding);
  const before = adding.milestones.flatMap(({ id, was }) => (was && promised.some((each) => each.id === id) ? [{ id, was }] : []));
  const milestones = before.map(({ id, was }) => ({ id, from: was, to: zero(was.currency) }));
  if (milestones.length > 0) await lowerPromise(scope, { engagement, team, agreedAt, milestones });
  // Released just now, so no longer part of what is exposed.
  await promiseGuarantee(scope, {
    ...signing,
    addition: { ...signing.addition, promisedBefore: zero(signing.addition.promisedBefore.currency) },
  });
  return undefined;
}

/** What one who does the work is promised of a milestone as it was. */
type Promised = { readonly id: Id; readonly member: Id; readonly budget: Money };

async function signingOf(
  view: View,
  { amendment, agreedAt, milestones, ...rest }: Adding,
): Promise<{ readonly signing: Signing & { readonly addition: Addition }; readonly promised: readonly Promised[] }> {
  const { value: rate } = await view.bylaw("fee.rate", agreedAt);
  const promised = await promisedBy(view, { ...rest, milestones }, rate);
  const prices = milestones.map(({ price }) => price);
  const promisedBefore = sum(zero((await bookOf(view.db)).currency), ...promised.map(({ budget }) => budget));
  const addition = { amendment, agreedAt, milestones: milestones.map(({ id }) => id), promisedBefore };
  return { signing: { ...rest, prices, addition }, promised };
}

/** Everything that each who does the work is promised of these milestones as they were. */
async function promisedBy(view: View, { engagement, team, milestones }: Pick<Adding, "engagement" | "team" | "milestones">, rate: Ppm) {
  const weights = team.map(({ part }) => part);
  const promised: Promised[] = [];
  for (const [at, { member }] of team.entries()) {
    const answers = await answersOf(view, engagement, member);
    for (const { id, was } of milestones) {
      const answer = answerFor(answers, id);
      const budget = was && answer?.guaranteed ? budgetsOf([await worthAt(view, was, answer.rate)], rate, weights)[at] : undefined;
      if (budget) promised.push({ id, member, budget });
    }
  }
  return promised;
}
