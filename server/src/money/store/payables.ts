// What members are owed, in SQL, and the papers of an engagement for its workspace.
import { payableStates } from "@partcommune/shared/money/api";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

export type NewPayable = {
  readonly invoice: Id;
  readonly engagement: Id;
  readonly milestone: Id;
  readonly member: Id;
  readonly amount: Money;
  /** The last day, where it is guaranteed. */
  readonly dueOn?: Day;
};

/** Opens what a member is owed for a milestone. */
export async function openPayable({ tx, now, id }: Scope, { amount, dueOn, ...payable }: NewPayable): Promise<Id> {
  const opened = id();
  await tx
    .insertInto("money.payable")
    .values({
      id: opened,
      ...payable,
      amount_minor: amount.minor,
      currency: amount.currency,
      due_on: dueOn ?? null,
      opened_at: now,
    })
    .execute();
  return opened;
}

export type PayableState = (typeof payableStates)[number];

/** How far a payable is; the first answer that holds. */
export const payableState = ({
  settled,
  ordered,
  collected,
  counts,
}: Record<"settled" | "ordered" | "collected" | "counts", boolean>): PayableState => {
  if (settled) return "paid";
  if (ordered) return "ordered";
  return collected && counts ? "ready" : "waiting";
};

export type Papers = {
  readonly invoice: {
    readonly id: Id;
    readonly number: string;
    readonly issuedOn: Day;
    readonly payBy: Day;
    readonly gross: Money;
    readonly paid: Money;
  };
  readonly payable?: {
    readonly id: Id;
    readonly amount: Money;
    readonly dueOn?: Day;
    readonly state: "open" | "ordered" | "paid";
    readonly paidOn?: Day;
  };
};

/** The papers of an engagement by milestone. Whoever asks has the right to see the engagement. */
export async function papersOf({ db }: Pick<View, "db">, engagement: Id): Promise<ReadonlyMap<Id, Papers>> {
  const rows = await db
    .selectFrom("money.document as document")
    .innerJoin("money.collection as collection", "collection.invoice", "document.id")
    .leftJoin("money.payable as payable", "payable.milestone", "document.milestone")
    .leftJoin("money.payout_item as item", (join) => join.onRef("item.payable", "=", "payable.id").on("item.live", "=", true))
    .select(["document.id", "document.milestone", "document.number", "document.issued_on", "document.pay_by", "document.currency"])
    .select(["document.gross_minor", "collection.paid_minor", "payable.id as payable", "payable.amount_minor", "payable.due_on"])
    .select(["item.id as item", "item.settled_on"])
    .where("document.engagement", "=", engagement)
    .execute();
  return new Map(rows.map((row) => [row.milestone, papersFrom(row)]));
}

type Row = {
  id: string;
  number: string;
  issued_on: Day;
  pay_by: Day;
  currency: string;
  gross_minor: bigint;
  paid_minor: bigint;
  payable: string | null;
  amount_minor: bigint | null;
  due_on: Day | null;
  item: string | null;
  settled_on: Day | null;
};

function papersFrom(row: Row): Papers {
  const money = (minor: bigint): Money => ({ minor, currency: row.currency });
  const { id, number, issued_on: issuedOn, pay_by: payBy, payable, amount_minor: amount, due_on: dueOn } = row;
  const invoice = { id, number, issuedOn, payBy, gross: money(row.gross_minor), paid: money(row.paid_minor) };
  if (payable === null || amount === null) return { invoice };
  return {
    invoice,
    payable: {
      id: payable,
      amount: money(amount),
      ...(dueOn === null ? {} : { dueOn }),
      ...(row.settled_on === null ? { state: row.item === null ? "open" : "ordered" } : { state: "paid", paidOn: row.settled_on }),
    },
  };
}
