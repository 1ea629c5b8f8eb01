// What protects a member's pay, added up: what is promised and not yet paid, what waits for a client, and what of the promised stands in the queue.
import type { Id } from "../../platform/id.ts";
import { sum, zero, type Money } from "../../platform/money.ts";
import { answerFor } from "./guarantee.ts";

/** The three sums, in the order in which they are told. What is queued is a part of what is secured. */
export const protections = ["secured", "waiting", "queued"] as const;
export type Protection = (typeof protections)[number];

/** An answer of the guarantee to one member. */
export type PromiseKept = {
  readonly engagement: Id;
  readonly guaranteed: boolean;
  readonly amount: Money;
  /** Of that, what was never owed in the end. */
  readonly released: Money;
  readonly isOpen: boolean;
  readonly milestones: readonly Id[] | null;
};

/** What was approved of it, less what credit notes and losses took back: that part of a promise is a payment now. */
export type Approved = { readonly engagement: Id; readonly milestone: Id; readonly minor: bigint };

/** What a member is owed and not yet paid. */
export type Owed = {
  readonly engagement: Id;
  readonly invoice: string;
  readonly amount: Money;
  readonly guaranteed: boolean;
  readonly queued: boolean;
};

/** One row of a sum: an invoice, or what is signed and not approved. */
export type ProtectionRow = { readonly of: Protection; readonly engagement: Id; readonly invoice?: string; readonly amount: Money };

/** Every row of the three sums. The answers of an engagement come in the order they were given. */
export const protectionRows = (
  promises: readonly PromiseKept[],
  approved: readonly Approved[],
  owed: readonly Owed[],
): readonly ProtectionRow[] => [...owed.flatMap(rowsOfOwed), ...promises.flatMap((promise) => rowsToCome(promise, promises, approved))];

function rowsOfOwed({ engagement, invoice, amount, guaranteed, queued }: Owed): readonly ProtectionRow[] {
  const row = { engagement, invoice, amount };
  return [{ of: guaranteed ? "secured" : "waiting", ...row }, ...(queued ? [{ of: "queued", ...row } as const] : [])];
}

/** What an open promise is about and nobody has approved yet. */
function rowsToCome(promise: PromiseKept, promises: readonly PromiseKept[], approved: readonly Approved[]): readonly ProtectionRow[] {
  const { engagement, guaranteed, amount, released, isOpen } = promise;
  if (!isOpen) return [];
  const answers = promises.filter((each) => each.engagement === engagement);
  const minor = approved
    .filter((each) => each.engagement === engagement && answerFor(answers, each.milestone) === promise)
    .reduce((left, each) => left - each.minor, amount.minor - released.minor);
  return minor > 0n ? [{ of: guaranteed ? "secured" : "waiting", engagement, amount: { minor, currency: amount.currency } }] : [];
}

/** What the rows come to, in the coop's own money. */
export const protectionSums = (rows: readonly ProtectionRow[], currency: string): Readonly<Record<Protection, Money>> =>
  Object.fromEntries(
    protections.map((each) => [
      each,
      sum(zero(currency), ...rows.filter(({ of, amount }) => of === each && amount.currency === currency).map(({ amount }) => amount)),
    ]),
  ) as Record<Protection, Money>;
