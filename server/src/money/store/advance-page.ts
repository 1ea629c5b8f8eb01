// A member's advances as they read them, and what of everybody's is owed as the treasury does.
import { sql } from "kysely";
import type { listAdvances, readAdvances } from "@partcommune/shared/money/api";
import { limitLines, limitOf, monthsToLoss } from "@partcommune/shared/money/rules/advance";
import { waitsFor } from "@partcommune/shared/money/rules/payout";
import { monthsAfter } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { memberCard } from "../../membership/index.ts";
import { cursorOf, isBehind } from "../../platform/list.ts";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { advanceFacts } from "./advance-facts.ts";
import { advancesOf, shortOf } from "./advances.ts";
import { availableTo } from "./draws.ts";
import { factsOfPayable } from "./payables.ts";

type Page = AnswerOf<typeof readAdvances>;

/** What a member owes, what more they may ask for, and why. */
export async function advancePage(view: View, member: Id, secured: Money): Promise<Page> {
  const { currency } = secured;
  const { facts } = await advanceFacts(view, member, secured);
  const lines = limitLines(facts);
  const { value: repaymentShare } = await view.bylaw("advance.repaymentShare", view.now);
  const card = await memberCard(view, member);
  return {
    limit: limitOf(lines, currency),
    lines: [...lines],
    secured,
    budgetShare: facts.budgetShare,
    repaymentShare,
    owed: facts.owed,
    available: { minor: await availableTo(view, member), currency },
    isLeaving: card?.stage === "leaving",
    items: await itemsOf(view, member),
  };
}

async function itemsOf(view: View, member: Id): Promise<Page["items"]> {
  const open = await factsOfPayable(view.db, view.now)
    .where("payable.about", "=", "advance")
    .where("payable.member", "=", member)
    .where("item.id", "is", null)
    .execute();
  const short = await shortOf(view, open);
  const waits = new Map(open.map((row) => [row.id, waitsFor({ ...row, short: short.has(row.id) })]));
  return (await advancesOf(view, member)).map(({ payable, paidOn, ...advance }) => {
    const waiting = waits.get(payable);
    return { ...advance, ...(paidOn === null ? {} : { paidOn }), ...(waiting === undefined ? {} : { waitsFor: waiting }) };
  });
}

type Card = AnswerOf<typeof listAdvances>["items"][number];

/** Since when a member has earned nothing, or the day on which they had the advance where that is later. */
const lastIncome = (zone: string) => sql<Day>`(greatest(advance.granted_at,
  (select max(opened_at) from money.payable where payable.member = advance.member and payable.about = 'invoice')) at time zone ${zone})::date`;

/** Advances that were granted and of which something is owed, the oldest first. */
export async function openAdvances(view: View, { limit, after }: InputOf<typeof listAdvances>): Promise<AnswerOf<typeof listAdvances>> {
  const { actor, db } = view;
  const { zone } = await bookOf(db);
  const rows = await db
    .selectFrom("money.advance as advance")
    .innerJoin("membership.member_card as card", "card.id", "advance.member")
    .leftJoin("money.advance_loss as loss", (join) => join.onRef("loss.advance", "=", "advance.id").on("loss.state", "=", "proposed"))
    .leftJoin("membership.person_card as proposer", "proposer.id", "loss.proposed_by")
    .select(["advance.id", "advance.amount_minor", "advance.repaid_minor", "advance.currency", "advance.asked_at", "card.name"])
    .select(["loss.id as loss", "loss.talked_on", "loss.proposed_by", "proposer.name as proposer", lastIncome(zone).as("lastIncome")])
    .where("advance.state", "=", "granted")
    .where((eb) => isBehind(eb, after, ">", "advance.asked_at", "advance.id"))
    .orderBy("advance.asked_at")
    .orderBy("advance.id")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map((row): Card => ({
    id: row.id,
    member: row.name ?? "",
    amount: { minor: row.amount_minor, currency: row.currency },
    owed: { minor: row.amount_minor - row.repaid_minor, currency: row.currency },
    askedAt: row.asked_at,
    lastIncome: row.lastIncome,
    lossFrom: monthsAfter(row.lastIncome, monthsToLoss),
    ...lossOf(row, actor.kind === "person" ? actor.person : undefined),
  }));
  return { items, ...(rows.length > limit && last ? { next: cursorOf(last.asked_at, last.id) } : {}) };
}

type LossRow = { loss: Id | null; talked_on: Day | null; proposed_by: Id | null; proposer: string | null };

const lossOf = ({ loss, talked_on: talkedOn, proposed_by: by, proposer }: LossRow, person: Id | undefined): Pick<Card, "loss"> =>
  loss === null || talkedOn === null ? {} : { loss: { id: loss, proposedBy: proposer ?? "", talkedOn, mine: by === person } };

export type AdvanceToLose = { readonly member: Id; readonly state: string; readonly left: Money; readonly lastIncome: Day };

/** What is asked before an advance is given up. */
export async function advanceToLose({ db }: Pick<View, "db">, advance: Id): Promise<AdvanceToLose | undefined> {
  const { zone } = await bookOf(db);
  const row = await db
    .selectFrom("money.advance as advance")
    .select(["member", "state", "currency", lastIncome(zone).as("lastIncome")])
    .select(sql<bigint>`amount_minor - repaid_minor - lost_minor`.as("minor"))
    .where("id", "=", advance)
    .executeTakeFirst();
  return row && { member: row.member, state: row.state, left: { minor: row.minor, currency: row.currency }, lastIncome: row.lastIncome };
}

export type ProposedLoss = {
  readonly advance: Id;
  readonly state: string;
  readonly proposedBy: Id;
  readonly proposedAt: Instant;
  readonly talkedOn: Day;
};

/** A proposal to give an advance up. */
export async function advanceLossAt({ db }: Pick<View, "db">, id: Id): Promise<ProposedLoss | undefined> {
  return db
    .selectFrom("money.advance_loss")
    .select(["advance", "state", "proposed_by as proposedBy", "proposed_at as proposedAt", "talked_on as talkedOn"])
    .where("id", "=", id)
    .executeTakeFirst();
}
