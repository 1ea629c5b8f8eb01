// Money set aside by a vote, in SQL: what of, until when, what was paid out of it.
import type { readProposalPurpose } from "@partcommune/shared/governance/api/purpose";
import type { PurposePot } from "@partcommune/shared/governance/rules/purpose-pots";
import type { listPurposes } from "@partcommune/shared/money/api/purpose";
import { initiative } from "@partcommune/shared/money/rules/accounts";
import type { PurposeState } from "@partcommune/shared/money/rules/purpose";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { minus, sum, zero, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { balanceOf, type Reading } from "./ledger.ts";

export type Purpose = {
  readonly id: Id;
  readonly title: string;
  readonly pot: PurposePot;
  readonly amount: Money;
  readonly until: Day;
  readonly state: PurposeState;
  readonly short?: Money | undefined;
};

/** Saves what a vote set aside, or what it could not. False where it stands already. */
export async function savePurpose({ tx, now }: Scope, { id, title, pot, amount, until, state, short }: Purpose): Promise<boolean> {
  const saved = await tx
    .insertInto("money.purpose")
    .values({
      id,
      title,
      pot,
      amount_minor: amount.minor,
      currency: amount.currency,
      until_on: until,
      state,
      short_minor: short?.minor ?? null,
      decided_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

const columns = ["id", "title", "pot", "amount_minor", "currency", "until_on", "state", "short_minor"] as const;
type Row = {
  readonly id: Id;
  readonly title: string;
  readonly pot: string;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly until_on: Day;
  readonly state: string;
  readonly short_minor: bigint | null;
};

const purposeFrom = ({ id, title, pot, amount_minor: minor, currency, until_on: until, state, short_minor: short }: Row): Purpose => ({
  id,
  title,
  pot: pot as PurposePot,
  amount: { minor, currency },
  until,
  state: state as PurposeState,
  ...(short === null ? {} : { short: { minor: short, currency } }),
});

/** A purpose with what is left of it, held until the act ends. */
export async function heldPurpose({ tx }: Pick<Scope, "tx">, id: Id): Promise<(Purpose & { readonly left: Money }) | undefined> {
  const row = await tx.selectFrom("money.purpose").select(columns).where("id", "=", id).forUpdate().executeTakeFirst();
  if (!row) return undefined;
  const purpose = purposeFrom(row);
  return { ...purpose, left: await leftOf({ db: tx }, purpose) };
}

const leftOf = async (reading: Reading, { id, amount }: Pick<Purpose, "id" | "amount">): Promise<Money> =>
  (await balanceOf(reading, initiative(id)))?.available ?? zero(amount.currency);

/** Ends a purpose. True for exactly one caller. */
export async function closePurpose({ tx, now }: Scope, id: Id): Promise<boolean> {
  const closed = await tx
    .updateTable("money.purpose")
    .set({ state: "closed", closed_at: now })
    .where("id", "=", id)
    .where("state", "=", "open")
    .executeTakeFirst();
  return closed.numUpdatedRows === 1n;
}

/** Purposes whose last day is over. */
export async function purposesToClose({ db, now }: View): Promise<readonly Id[]> {
  const today = dayOf(now, (await bookOf(db)).zone);
  const rows = await db
    .selectFrom("money.purpose")
    .select("id")
    .where("state", "=", "open")
    .where("until_on", "<", today)
    .orderBy("id")
    .limit(100)
    .execute();
  return rows.map(({ id }) => id);
}

/** What can be paid out, the one that ends first before the others. */
export async function openPurposes({ db }: View): Promise<AnswerOf<typeof listPurposes>> {
  const rows = await db
    .selectFrom("money.purpose")
    .select(columns)
    .where("state", "=", "open")
    .orderBy("until_on")
    .orderBy("id")
    .limit(200)
    .execute();
  const items = [];
  for (const purpose of rows.map(purposeFrom)) items.push({ ...purpose, left: await leftOf({ db }, purpose) });
  return { items };
}

/** What became of money that a proposal set aside. */
export async function purposePage(
  { db }: View,
  { proposal }: InputOf<typeof readProposalPurpose>,
): Promise<AnswerOf<typeof readProposalPurpose>> {
  const row = found(await db.selectFrom("money.purpose").select(columns).where("id", "=", proposal).executeTakeFirst());
  const purpose = purposeFrom(row);
  const lines = await db
    .selectFrom("money.bank_line")
    .select(["booked_on as on", "amount_minor", "reason"])
    .where("purpose", "=", proposal)
    .where("state", "=", "booked")
    .orderBy("booked_on")
    .orderBy("id")
    .limit(500)
    .execute();
  const { currency } = purpose.amount;
  const payments = lines.map(({ on, amount_minor: minor, reason }) => ({ on, amount: { minor, currency }, reason: reason ?? "" }));
  const paid = payments.reduce((so, { amount }) => sum(so, amount), zero(currency));
  const returned = purpose.state === "closed" ? { returned: minus(purpose.amount, paid) } : {};
  return { ...purpose, left: await leftOf({ db }, purpose), ...returned, payments };
}
