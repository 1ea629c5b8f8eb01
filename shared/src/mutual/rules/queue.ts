// The law of the queue: who is paid ahead of their client, in which order, and why the others wait.
import type { QueueReason } from "../../money/rules/payout.ts";
import { minus, type Money, type Ppm } from "../../platform/money.ts";
import { holdFor } from "./guarantee.ts";

/** What the guarantee has to pay ahead with. */
export type Means = {
  /** What the guarantee pot could hold back now, above its floor. */
  readonly pot: Money;
  /** In the bank, and nobody else's. */
  readonly cash: Money;
  readonly holdShare: Ppm;
};

/** What is decided about one: it is paid ahead and so much is held back of the pot, or it waits. */
export type Verdict<T> = { readonly of: T; readonly held: Money } | { readonly of: T; readonly waitsFor: QueueReason };

/** Decides for all in their order. Nothing overtakes: behind the first that must wait, everything waits for what that one lacks. */
export function inTurn<T extends { readonly amount: Money }>(line: readonly T[], { pot, cash, holdShare }: Means): readonly Verdict<T>[] {
  let left = { pot, cash };
  let lacks: QueueReason | undefined;
  return line.map((of) => {
    const held = holdFor(of.amount, holdShare);
    lacks ??= lackOf(of.amount, held, left);
    if (lacks !== undefined) return { of, waitsFor: lacks };
    left = { pot: minus(left.pot, held), cash: minus(left.cash, of.amount) };
    return { of, held };
  });
}

function lackOf(amount: Money, held: Money, { pot, cash }: Pick<Means, "pot" | "cash">): QueueReason | undefined {
  if (pot.minor < held.minor) return "pot";
  return cash.minor < amount.minor ? "cash" : undefined;
}

/** A payment leaves two working days before its last day, so that the bank has them. */
export const daysForTheBank = 2;
