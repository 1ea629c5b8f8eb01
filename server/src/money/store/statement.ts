// A member's statement, read from the book's rows alone.
import { sql } from "kysely";
import type { readStatement } from "@partcommune/shared/money/api";
import { budgetOfMember } from "@partcommune/shared/money/rules/accounts";
import { bearerOf, bearers, type Bearer } from "@partcommune/shared/money/rules/overdraft";
import { payableState, waitsFor, type PayableFacts, type Wait } from "@partcommune/shared/money/rules/payout";
import { costOf, inHand } from "@partcommune/shared/money/rules/payroll";
import { seesAllMoney } from "@partcommune/shared/money/rules/rights";
import { readsOwn } from "@partcommune/shared/platform/actor";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { sum, zero, type Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { memberCard } from "../../membership/index.ts";
import { cursorOf, placeAfter } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { maskedIban } from "./ibans.ts";
import { balancesUnder } from "./ledger.ts";
import { yearsOfMember } from "./member-year.ts";
import { placesInQueue, type Place } from "./fronting.ts";
import { payColumns, payFrom, type PayRow } from "./pay.ts";
import { factsOfPayable } from "./payables.ts";

type Statement = AnswerOf<typeof readStatement>;
type OneBudget = InputOf<typeof readStatement>["budget"];

/** The account of the one budget that is asked for; undefined: all are. */
const of = (member: Id, budget: OneBudget) =>
  budget === undefined ? undefined : budgetOfMember(member, budget === "first" ? undefined : budget);

/** What moved a member's budgets, or one of them, newest first, and what is still to come. */
export async function statementOf(view: View, { member, budget, limit, after }: InputOf<typeof readStatement>): Promise<Statement> {
  const { actor } = view;
  const isOwn = readsOwn(actor, member);
  found(isOwn || (seesAllMoney(actor) && (await memberCard(view, member)) !== undefined) || undefined);
  const { currency } = await bookOf(view.db);
  const name = await nameOf(view, member, budget);
  const only = of(member, budget);
  const standing = (await balancesUnder(view, only?.code ?? budgetOfMember(member).code)).filter(
    ({ account }) => only === undefined || account.code === only.code,
  );
  const iban = await maskedIban(view, member);
  return {
    ...(name === undefined ? {} : { name }),
    // The book's debit is positive; what a member is owed is a credit.
    balance: sum(zero(currency), ...standing.map(({ balance }) => ({ minor: -balance.minor, currency }))),
    available: sum(zero(currency), ...standing.map(({ available }) => available)),
    ...(iban === undefined ? {} : { iban }),
    years: [...(await yearsOfMember(view, member))],
    payables: await payablesOf(view, member, budget),
    ...(await movements(view, only?.code ?? `${budgetOfMember(member).code}%`, currency, limit, after)),
  };
}

/** What the one budget that is asked for is called, closed or not; one that is not the member's is none. */
async function nameOf({ db }: View, member: Id, budget: OneBudget): Promise<string | undefined> {
  if (budget === undefined || budget === "first") return undefined;
  const row = await db.selectFrom("money.budget").select("name").where("id", "=", budget).where("member", "=", member).executeTakeFirst();
  return found(row).name;
}

type Movement = {
  entry: bigint;
  uid: Id;
  on: Day;
  kind: string;
  number: string | null;
  bearer: Bearer | null;
  reason: string | null;
  amount: bigint;
  balance: bigint;
};

async function movements(
  { db }: View,
  codes: string,
  currency: string,
  limit: number,
  after: string | undefined,
): Promise<Pick<Statement, "items" | "next">> {
  const [before = lastOfAll] = placeAfter(after, 1);
  const { rows } = await sql<Movement>`
    select entry_id as entry, uid, value_on as "on", entry.kind, number, case when entry.bearer = any(${bearers.map(bearerOf)}::text[]) then replace(entry.bearer, 'pot:', '') end as bearer, correction.reason, amount, balance
    from (
      select entry_id, -sum(amount)::bigint as amount, -sum(sum(amount)) over (order by entry_id)::bigint as balance
      from ledger.leg where account_id in (select account_id from ledger.account where code like ${codes}) group by entry_id
    ) moved join ledger.entry using (entry_id) left join money.document on document.id = entry.document_id
    left join money.correction on entry.kind = 'correction' and entry.key = 'correction:' || correction.id || ':booked'
    where amount <> 0 and entry_id < ${before}::bigint
    order by entry_id desc limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const money = (minor: bigint): Money => ({ minor, currency });
  return {
    items: shown.map(({ uid, on, kind, number, bearer: by, reason, amount, balance }) => ({
      id: uid,
      on,
      kind,
      ...(number === null ? {} : { invoice: number }),
      ...(by === null ? {} : { borne: { by, ...(reason === null ? {} : { reason }) } }),
      amount: money(amount),
      balance: money(balance),
    })),
    ...(rows.length > limit && last ? { next: cursorOf(String(last.entry)) } : {}),
  };
}

const lastOfAll = "9223372036854775807";

const mostPayables = 200;

/** What a member is owed and was paid, newest first. */
async function payablesOf({ db, now }: View, member: Id, budget: OneBudget): Promise<Statement["payables"]> {
  const rows = await factsOfPayable(db, now)
    .innerJoin("money.document as document", "document.id", "payable.invoice")
    .select(["document.number", "payable.due_on"])
    .innerJoin("money.earning as earning", (join) =>
      join.onRef("earning.invoice", "=", "payable.invoice").onRef("earning.member", "=", "payable.member"),
    )
    .select(payColumns)
    .where("payable.about", "=", "invoice")
    .where("payable.member", "=", member)
    .$if(budget !== undefined, (query) =>
      query.where("earning.into_budget", "is not distinct from", budget === "first" ? null : (budget ?? null)),
    )
    .orderBy("payable.opened_at", "desc")
    .orderBy("payable.id", "desc")
    .limit(mostPayables)
    .execute();
  const places = rows.some(({ queuedFor }) => queuedFor !== null) ? await placesInQueue({ db, now }) : new Map<Id, Place>();
  return rows.map((row) => ({
    id: row.id,
    invoice: row.number,
    amount: { minor: row.owed_minor, currency: row.currency },
    ...(row.due_on === null ? {} : { dueOn: row.due_on }),
    ...waitOf(row, places),
    ...(row.reckoned && row.model !== null ? { pay: payLines(row, row.model) } : {}),
  }));
}

/** The lines of one pay. */
function payLines(row: PayRow & { readonly pay: Id | null; readonly posted_at: Instant | null; readonly currency: string }, model: string) {
  const pay = found(payFrom(row.pay, row, row.currency));
  return {
    cost: costOf(pay),
    employer: pay.employer,
    gross: sum(pay.net, pay.employee),
    employee: pay.employee,
    ...(pay.along.minor === 0n ? {} : { along: pay.along }),
    inHand: inHand(pay),
    model,
  };
}

/** How far something is, and what it waits for. */
function waitOf(
  row: PayableFacts & { readonly id: Id },
  places: ReadonlyMap<Id, Place>,
): Pick<Statement["payables"][number], "state" | "waitsFor" | "queue"> {
  const state = payableState(row);
  const waiting: Wait | undefined = state === "waiting" ? waitsFor(row) : undefined;
  const queue = places.get(row.id);
  return { state, ...(waiting === undefined ? {} : { waitsFor: waiting }), ...(queue === undefined ? {} : { queue }) };
}
