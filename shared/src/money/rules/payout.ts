// When what members are owed may be ordered, and when an order may be signed.
import type { Id } from "../../platform/id.ts";
import { refuse, type Refusal } from "../../platform/refusal.ts";
import type { payableAbouts, payableStates, queueReasons, waits } from "../api.ts";
import { objectionToVerb } from "../../platform/table.ts";
import { payoutTable, type PayoutState } from "./payout-batch.ts";
import { objectionToPaying } from "./self-billing.ts";

export type PayableState = (typeof payableStates)[number];

/** What a member is owed it for. */
export type PayableAbout = (typeof payableAbouts)[number];
/** What members are owed beside their parts of invoices. */
export type OutlayAbout = Exclude<PayableAbout, "invoice">;

/** What the guarantee lacks to pay somebody ahead: room above the floor of its pot, or money in the bank. */
export type QueueReason = (typeof queueReasons)[number];

/** What decides how far a payable is. */
export type PayableFacts = {
  /** The client has paid the invoice in full; what is no invoice's waits for no client. */
  readonly collected: boolean;
  /** It has a last day, whatever the client does. */
  readonly guaranteed: boolean;
  /** Something of the guarantee pot is held back for it, so that it is paid though the client has not. */
  readonly fronted: boolean;
  /** It should be paid ahead, and this lacks. */
  readonly queuedFor: QueueReason | null;
  /** An advance for which the bank does not hold enough. */
  readonly short?: boolean;
  /** The member's bank account counts, and no change of it is under way. */
  readonly counts: boolean;
  /** Whoever is paid on an invoice has agreed that the coop writes it. */
  readonly bills: boolean;
  /** What whoever is employed has in hand of it is known. */
  readonly reckoned: boolean;
  readonly ordered: boolean;
  readonly settled: boolean;
};

type Waiting = Omit<PayableFacts, "ordered" | "settled">;

export function payableState({ settled, ordered, ...facts }: PayableFacts): PayableState {
  if (settled) return "paid";
  if (ordered) return "ordered";
  return waitsFor(facts) === undefined ? "ready" : "waiting";
}

/** What a payable waits for: the client; a bank account of the member, or their word how they bill; the payroll office; the pot or the cash to pay it ahead; or the day from which it is paid ahead. */
export type Wait = (typeof waits)[number];

/** What keeps a payable from being ordered; nothing when it is ready. */
export function waitsFor({ collected, guaranteed, fronted, queuedFor, short, counts, bills, reckoned }: Waiting): Wait | undefined {
  if (!counts && (collected || fronted)) return "iban";
  if (!bills && (collected || fronted)) return "billing";
  if (!reckoned && (collected || fronted)) return "payroll";
  if (collected || fronted) return short ? "cash" : undefined;
  return guaranteed ? (queuedFor ?? "day") : "client";
}

export type Chosen = PayableFacts & { readonly currency: string; readonly name: string };

/** Why these are not ordered together. */
export function objectionToOrder(chosen: readonly Chosen[]): Refusal | undefined {
  const states = chosen.map(payableState);
  if (states.some((state) => state === "ordered" || state === "paid")) return refuse("payable-ordered-already");
  const queued = chosen.filter((each, at) => states[at] === "waiting" && isQueued(each)).length;
  if (queued > 0) return refuse("guarantee-queued", { queued });
  const unbilled = objectionToPaying(chosen.filter((each) => waitsFor(each) === "billing"));
  if (unbilled) return unbilled;
  const unreckoned = new Set(chosen.filter((each) => waitsFor(each) === "payroll").map(({ name }) => name));
  if (unreckoned.size > 0) return refuse("payroll-wanted", { names: [...unreckoned].join(", ") });
  const waiting = states.filter((state) => state === "waiting").length;
  if (waiting > 0) return refuse("payable-not-ready", { waiting });
  return new Set(chosen.map(({ currency }) => currency)).size > 1 ? refuse("payables-in-two-currencies") : undefined;
}

const isQueued = (facts: Waiting): boolean => !facts.short && ["pot", "cash"].includes(waitsFor(facts) ?? "");

export type Ordered = {
  readonly state: PayoutState;
  readonly hash: string;
  readonly orderedBy: Id;
  /** A member's bank account is no longer the one in the batch, or about to change; or they bill in another way than when it was ordered. */
  readonly accountsMoved: boolean;
};

/** Why this person does not sign this batch as the second. */
export function objectionToSecondSignature(batch: Ordered, person: Id, hash: string): Refusal | undefined {
  const wrong = objectionToVerb(payoutTable, batch.state, "sign");
  if (wrong) return wrong;
  if (batch.orderedBy === person) return refuse("second-person-needed");
  return hash === batch.hash && !batch.accountsMoved ? undefined : refuse("payout-differs");
}
