// What is to be paid ahead of clients, in SQL: who is due, what is held back of the guarantee pot, and who stands in the queue.
import { sql } from "kysely";
import { pot } from "@partcommune/shared/money/rules/accounts";
import type { Hold, HoldEnd } from "@partcommune/shared/money/rules/entry";
import type { PayableAbout, QueueReason } from "@partcommune/shared/money/rules/payout";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import { placeHold } from "./holds.ts";
import { factsOfPayable, isCollected, isCome, isLeft } from "./payables.ts";

/** Something that is guaranteed, is due to be paid ahead, and is not. */
export type Due = {
  readonly id: Id;
  readonly member: Id;
  readonly engagement: Id;
  readonly amount: Money;
  readonly dueOn: Day;
  readonly queuedFor: QueueReason | null;
};

/** What nobody has paid and nothing is held back for. */
const unpaid = ({ db, now }: Pick<View, "db" | "now">) =>
  factsOfPayable(db, now)
    .where("payable.due_on", "is not", null)
    .where("payable.fronted_at", "is", null)
    .where("item.id", "is", null)
    .where(isLeft, ">", 0n)
    .where(sql<boolean>`not ${isCollected}`);

const inTurn = sql`payable.due_on, payable.opened_at, payable.id`;

/** All that is due to be paid ahead by a day, in its order: due day, approval, id. */
export async function dueToFront(view: Pick<View, "db" | "now">, today: Day): Promise<readonly Due[]> {
  const rows = await unpaid(view)
    .select(["payable.engagement", "payable.due_on"])
    .$narrowType<{ due_on: Day; engagement: Id }>()
    .where("payable.front_on", "<=", today)
    .orderBy(inTurn)
    .execute();
  return rows.map(({ id, member, engagement, amount_minor: minor, currency, due_on: dueOn, queuedFor }) => ({
    id,
    member,
    engagement,
    amount: { minor, currency },
    dueOn,
    queuedFor,
  }));
}

/** A place in the queue: the first is 1; the sum of those before, and with this one. */
export type Place = { readonly place: number; readonly before: Money; readonly through: Money };

/** The places of all who stand in the queue. */
export async function placesInQueue(view: Pick<View, "db" | "now">): Promise<ReadonlyMap<Id, Place>> {
  const rows = await unpaid(view).where("payable.queued_for", "is not", null).orderBy(inTurn).execute();
  let before = 0n;
  return new Map(
    rows.map(({ id, amount_minor: minor, currency }, at) => {
      const place = { place: at + 1, before: { minor: before, currency }, through: { minor: before + minor, currency } };
      before += minor;
      return [id, place];
    }),
  );
}

/** What is held back of the pot for something that is paid ahead. It stands once. */
const guaranteeKey = (payable: Id): string => `payable:${payable}:guarantee`;

/** Holds back a part of the pot, so that this is paid though the client has not. False when it is not needed any more. Payments of the invoice wait, and see what it became. */
export async function setAside({ tx, now }: Pick<Scope, "tx" | "now">, due: Due, held: Money): Promise<boolean> {
  const { id: payable, engagement } = due;
  const collection = await tx
    .selectFrom("money.collection as collection")
    .select(isCollected.as("collected"))
    .where("invoice", "=", (eb) => eb.selectFrom("money.payable").select("invoice").where("id", "=", payable))
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (collection.collected) return false;
  const fronted = await tx
    .updateTable("money.payable as payable")
    .set({ fronted_at: now, queued_for: null })
    .where("id", "=", payable)
    .where("fronted_at", "is", null)
    .where(isLeft, "=", due.amount.minor)
    .executeTakeFirst();
  if (fronted.numUpdatedRows !== 1n) return false;
  const hold: Hold = { account: pot("guarantee"), money: held, kind: "guarantee", key: guaranteeKey(payable) };
  return placeHold({ tx, now }, hold, engagement);
}

/** Says what something lacks to be paid ahead. */
export async function queuePayable({ tx }: Pick<Scope, "tx">, payable: Id, reason: QueueReason): Promise<void> {
  await tx.updateTable("money.payable").set({ queued_for: reason }).where("id", "=", payable).where("fronted_at", "is", null).execute();
}

/** What ends all that is held back of the pot for invoices, by invoice: voided when the client has paid, used when it is lost. */
export async function heldBackFor(
  { tx }: Pick<Scope, "tx">,
  invoices: readonly Id[],
  outcome: "voided" | "posted",
): Promise<ReadonlyMap<Id, readonly HoldEnd[]>> {
  if (invoices.length === 0) return new Map();
  const { rows } = await sql<{ invoice: Id; key: string; amount: bigint; currency: string }>`
    select payable.invoice, hold.key, hold.amount, payable.currency from money.payable join ledger.hold on hold.key = 'payable:' || payable.id || ':guarantee'
    where payable.invoice = any (${[...invoices]}::uuid[]) and payable.fronted_at is not null
      and not exists (select from ledger.hold_end where hold_end.hold_id = hold.hold_id)
    order by payable.id`.execute(tx);
  const ends = ({ key, amount: minor, currency }: (typeof rows)[number]): HoldEnd =>
    outcome === "voided" ? { key, outcome } : { key, outcome, posted: { minor, currency } };
  return new Map([...Map.groupBy(rows, ({ invoice }) => invoice)].map(([invoice, of]) => [invoice, of.map(ends)]));
}

/** What was set aside or paid by clients for members, or is to be advanced to them, and has not been ordered: it lies in the bank and is theirs. */
export async function spokenFor(
  { db, now }: { readonly db: View["db"]; readonly now: Instant },
  currency: string,
  without?: PayableAbout,
): Promise<bigint> {
  const rows = await factsOfPayable(db, now)
    .where("payable.currency", "=", currency)
    .where("item.id", "is", null)
    .where(sql<boolean>`(payable.fronted_at is not null or ${isCome})`)
    .$if(without !== undefined, (query) => query.where("payable.about", "<>", without ?? "invoice"))
    .execute();
  return rows.reduce((so, { amount_minor: minor }) => so + minor, 0n);
}
