// What the guarantee answers when signed work is changed: milestones that are added or cost more are asked about anew, and no promise is taken back.
import { budgetOf } from "@partcommune/shared/money/rules/split";
import { isGuaranteed } from "@partcommune/shared/mutual/rules/guarantee";
import type { Id } from "@partcommune/shared/platform/id";
import { sum, zero, type Money } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import { viewOf, type Scope, type View } from "../../platform/scope.ts";
import { answersOf, standInLine } from "../store/promises.ts";
import { answerFor } from "./answer-for.ts";
import { lowerPromise, promiseGuarantee, promiseIfSigned, type Addition, type Signing } from "./guarantee.ts";

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
  readonly promise?: NonNullable<Awaited<ReturnType<typeof promiseIfSigned>>>;
  /** A milestone whose promise would be lost: where there is one, nobody signs. */
  readonly wouldLose?: Id;
};

/** What would be answered if both signed now. */
export async function answerAddition(view: View, adding: Adding): Promise<AdditionAnswer> {
  const { signing, promised } = await signingOf(view, adding);
  const promise = await promiseIfSigned(view, signing);
  const [lost] = promise && isGuaranteed(promise.answers) ? [] : promised;
  return { ...(promise ? { promise } : {}), ...(lost ? { wouldLose: lost.id } : {}) };
}

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
  const milestones = promised.map(({ id, was }) => ({ id, from: was, to: zero(was.currency) }));
  if (milestones.length > 0) await lowerPromise(scope, { engagement, team, agreedAt, milestones });
  // Released just now, so no longer part of what is exposed.
  await promiseGuarantee(scope, {
    ...signing,
    addition: { ...signing.addition, promisedBefore: zero(signing.addition.promisedBefore.currency) },
  });
  return undefined;
}

type Promised = { readonly id: Id; readonly was: Money };

async function signingOf(
  view: View,
  { amendment, agreedAt, milestones, ...rest }: Adding,
): Promise<{ readonly signing: Signing & { readonly addition: Addition }; readonly promised: readonly Promised[] }> {
  // A team's work is not amended, so whoever leads it is whoever does it.
  const answers = await answersOf(view, rest.engagement, rest.team[0]?.member ?? "");
  const promised = milestones.flatMap(({ id, was }) => (was && answerFor(answers, id)?.guaranteed ? [{ id, was }] : []));
  const { value: rate } = await view.bylaw("fee.rate", agreedAt);
  const prices = milestones.map(({ price }) => price);
  const before = promised.map(({ was }) => budgetOf([was], rate));
  const promisedBefore = before.reduce((total, each) => sum(total, each), zero(prices[0]?.currency ?? ""));
  const addition = { amendment, agreedAt, milestones: milestones.map(({ id }) => id), promisedBefore };
  return { signing: { ...rest, prices, addition }, promised };
}
