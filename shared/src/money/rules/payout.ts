// When what members are owed may be ordered, and when an order may be signed.
import type { Id } from "../../platform/id.ts";
import { refuse, type Refusal } from "../../platform/refusal.ts";
import { objectionToVerb } from "../../platform/table.ts";
import type { payableStates } from "../api.ts";
import { payoutTable, type PayoutState } from "./payout-batch.ts";

export type PayableState = (typeof payableStates)[number];

/** What decides how far a payable is. */
export type PayableFacts = {
  /** The client has paid the invoice in full. */
  readonly collected: boolean;
  /** The member's bank account counts, and no change of it is under way. */
  readonly counts: boolean;
  readonly ordered: boolean;
  readonly settled: boolean;
};

export function payableState({ settled, ordered, collected, counts }: PayableFacts): PayableState {
  if (settled) return "paid";
  if (ordered) return "ordered";
  return collected && counts ? "ready" : "waiting";
}

/** What keeps a payable from being ordered; nothing when it is ready. */
export function waitsFor({ collected, counts }: Pick<PayableFacts, "collected" | "counts">): "client" | "iban" | undefined {
  if (!collected) return "client";
  return counts ? undefined : "iban";
}

export type Chosen = PayableFacts & { readonly currency: string };

/** Why these are not ordered together. */
export function objectionToOrder(chosen: readonly Chosen[]): Refusal | undefined {
  const states = chosen.map(payableState);
  if (states.some((state) => state === "ordered" || state === "paid")) return refuse("payable-ordered-already");
  const waiting = states.filter((state) => state === "waiting").length;
  if (waiting > 0) return refuse("payable-not-ready", { waiting });
  return new Set(chosen.map(({ currency }) => currency)).size > 1 ? refuse("payables-in-two-currencies") : undefined;
}

export type Ordered = {
  readonly state: PayoutState;
  readonly hash: string;
  readonly orderedBy: Id;
  /** A member's bank account is no longer the one in the batch, or about to change. */
  readonly accountsMoved: boolean;
};

/** Why this person does not sign this batch as the second. */
export function objectionToSecondSignature(batch: Ordered, person: Id, hash: string): Refusal | undefined {
  const wrong = objectionToVerb(payoutTable, batch.state, "sign");
  if (wrong) return wrong;
  if (batch.orderedBy === person) return refuse("second-person-needed");
  return hash === batch.hash && !batch.accountsMoved ? undefined : refuse("payout-differs");
}
