// A member's expenses as they read them, with what each waits for, and those of everybody that the treasury looks at.
import { sql } from "kysely";
import type { listExpenses, listOpenExpenses } from "@partcommune/shared/money/api";
import { missingFor, ownPart, type ExpenseKind, type ExpenseState, type ToCome } from "@partcommune/shared/money/rules/expense";
import { allowanceKinds, allowanceOn } from "@partcommune/shared/platform/allowances";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { sum, zero, type Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { filesSentWith, type Card as FileCard } from "../../platform/files/store.ts";
import { cursorOf, isBehind } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { houseOf } from "./house.ts";
import { countingIban, factsOfPayable, isCome, isLeft } from "./payables.ts";

type Answer = AnswerOf<typeof listExpenses>;

const mostShown = 200;

const cards = ({ db }: Pick<View, "db">) =>
  db
    .selectFrom("money.expense as expense")
    .select(["expense.id", "expense.kind", "expense.about", "expense.spent_on", "expense.amount_minor", "expense.vat_minor"])
    .select(["expense.currency", "expense.units", "expense.rate_source", "expense.state", "expense.handed_in_at", "expense.into_budget"]);

type Row = {
  readonly id: Id;
  readonly kind: string;
  readonly about: string;
  readonly spent_on: Day;
  readonly amount_minor: bigint;
  readonly vat_minor: bigint;
  readonly currency: string;
  readonly units: number | null;
  readonly rate_source: string | null;
  readonly state: string;
  readonly handed_in_at: Instant;
  readonly into_budget: Id | null;
};

const cardFrom = (row: Row, files: readonly FileCard[]) => ({
  id: row.id,
  kind: row.kind as ExpenseKind,
  about: row.about,
  spentOn: row.spent_on,
  amount: { minor: row.amount_minor, currency: row.currency },
  vat: { minor: row.vat_minor, currency: row.currency },
  state: row.state as ExpenseState,
  files: [...files],
  ...(row.units === null ? {} : { units: row.units }),
  ...(row.rate_source === null ? {} : { source: row.rate_source }),
});

/** One's expenses, newest first. */
export async function ownExpenses(view: View): Promise<Answer> {
  const { actor, db, now } = view;
  const member = found(actor.kind === "person" ? actor.member : undefined);
  const rows = await cards(view)
    .leftJoin("money.budget as budget", "budget.id", "expense.into_budget")
    .leftJoin("money.payable as payable", "payable.source", "expense.id")
    .leftJoin("money.payout_item as item", (join) => join.onRef("item.payable", "=", "payable.id").on("item.live", "=", true))
    .leftJoinLateral(countingIban(now, sql.ref("expense.member")), (join) => join.onTrue())
    .select(["budget.name as budget", "expense.because", "item.settled_on as paidOn", "item.id as item", "counting.id as counting"])
    .where("expense.member", "=", member)
    .orderBy("expense.handed_in_at", "desc")
    .orderBy("expense.id", "desc")
    .limit(mostShown)
    .execute();
  const files = await filesSentWith(
    { db },
    rows.map(({ id }) => id),
  );
  const missing = await missingOf(view, member, rows.toReversed());
  const items = rows.map(({ budget, because, paidOn, item, counting, ...row }) => ({
    ...cardFrom(row, files.get(row.id) ?? []),
    ...(budget === null ? {} : { budget }),
    ...(because === null ? {} : { because }),
    ...(paidOn === null ? {} : { paidOn }),
    ...(row.state === "covered" && item === null && counting === null ? { waitsFor: "iban" as const } : {}),
    ...missing.get(row.id),
  }));
  return { allowances: await allowancesNow(view), items };
}

/** The rates of the coop's country that hold today. */
async function allowancesNow({ db, now }: View): Promise<Answer["allowances"]> {
  const { country, zone, currency } = await houseOf(db);
  return allowanceKinds.flatMap((kind) => {
    const row = allowanceOn(kind, country, dayOf(now, zone));
    return row?.currency === currency ? [{ kind, perUnit: perUnit(row.tenThousandths), currency, source: row.source }] : [];
  });
}

/** Ten-thousandths as a decimal text, without more noughts than money has. */
const perUnit = (tenThousandths: bigint): string => {
  const digits = String(tenThousandths).padStart(5, "0");
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/0{1,2}$/, "");
};

/** For each that waits, in the order in which they are covered: how much is missing and from when it should be there. */
async function missingOf(
  view: View,
  member: Id,
  rows: readonly Row[],
): Promise<ReadonlyMap<Id, { readonly missing: Money; readonly from?: Day }>> {
  const waiting = rows.filter(({ state }) => state === "waiting");
  if (waiting.length === 0) return new Map();
  const money = await moneyOf(view, member);
  const before = new Map<Id | null, Money>();
  return new Map(
    waiting.map(({ id, into_budget: into, currency, amount_minor: amount, vat_minor: vat }) => {
      const own = ownPart({ amount: { minor: amount, currency }, vat: { minor: vat, currency } });
      const all = sum(before.get(into) ?? zero(currency), own);
      before.set(into, all);
      const those = money.filter((each) => each.into === into);
      const there = sum(zero(currency), ...those.flatMap(({ isReady, left }) => (isReady ? [left] : [])));
      const toCome = those.flatMap(({ isReady, left, on }): readonly ToCome[] => (isReady || on === null ? [] : [{ amount: left, on }]));
      return [id, missingFor(all, there, toCome)];
    }),
  );
}

type Own = { readonly into: Id | null; readonly left: Money; readonly isReady: boolean; readonly on: Day | null };

/** What a member is owed for work and is not ordered: ready, or to come by its own day or the client's last one. */
async function moneyOf({ db, now }: View, member: Id): Promise<readonly Own[]> {
  const rows = await factsOfPayable(db, now)
    .clearSelect()
    .innerJoin("money.earning as earning", (join) =>
      join.onRef("earning.invoice", "=", "payable.invoice").onRef("earning.member", "=", "payable.member"),
    )
    .select(["earning.into_budget as into", "payable.currency", isLeft.as("minor")])
    .select(sql<boolean>`(payable.fronted_at is not null or ${isCome})`.as("isReady"))
    .select(sql<Day | null>`coalesce(payable.due_on, collection.pay_by)`.as("on"))
    .where("payable.member", "=", member)
    .where("item.id", "is", null)
    .where(isLeft, ">", 0n)
    .orderBy("on")
    .execute();
  return rows.map(({ minor, currency, ...row }) => ({ ...row, left: { minor, currency } }));
}

/** The expenses of all that are not repaid, the oldest first. */
export async function openExpenses(
  view: View,
  { limit, after }: InputOf<typeof listOpenExpenses>,
): Promise<AnswerOf<typeof listOpenExpenses>> {
  const rows = await cards(view)
    .innerJoin("membership.member_card as member", "member.id", "expense.member")
    .select("member.name")
    .where("expense.state", "in", ["waiting", "covered"])
    .where((eb) => isBehind(eb, after, ">", "expense.handed_in_at", "expense.id"))
    .orderBy("expense.handed_in_at")
    .orderBy("expense.id")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const files = await filesSentWith(
    view,
    shown.map(({ id }) => id),
  );
  const last = shown.at(-1);
  return {
    items: shown.map(({ name, ...row }) => ({ ...cardFrom(row, files.get(row.id) ?? []), member: name ?? "" })),
    ...(rows.length > limit && last ? { next: cursorOf(last.handed_in_at, last.id) } : {}),
  };
}
