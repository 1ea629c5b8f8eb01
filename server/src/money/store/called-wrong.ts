// Invoices in members' names that were called wrong, in SQL: what waits for an answer, what was answered, and what took them back.
import { sql } from "kysely";
import type { listCalledWrong } from "@partcommune/shared/money/api";
import { vatToBill, type Questioned, type SelfBilledPaper, type VatScheme } from "@partcommune/shared/money/rules/self-billing";
import { readsOwn } from "@partcommune/shared/platform/actor";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { cursorOf, isBehind } from "../../platform/list.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { newestBilling } from "./billing.ts";
import { whereOf } from "./payables.ts";

/** A paper that may have been called wrong, with the work that it is about. */
export type Wrong = Questioned & {
  readonly id: Id;
  readonly payable: Id;
  readonly invoice: Id;
  readonly engagement: Id;
  readonly milestone: Id;
  readonly net: Money;
  readonly vat: Money;
  readonly paper: SelfBilledPaper;
};

/** One, called wrong or not. */
export async function questionedAt({ tx }: Pick<Scope, "tx">, paper: Id): Promise<Wrong | undefined> {
  const row = await tx
    .selectFrom("money.self_billed as paper")
    .innerJoin("money.payable as payable", "payable.id", "paper.payable")
    .leftJoin("money.self_billed_objection as wrong", "wrong.paper", "paper.id")
    .leftJoin("money.self_billed_answer as answer", "answer.paper", "paper.id")
    .select(["paper.id", "paper.member", "paper.payable", "paper.net_minor", "paper.vat_minor", "paper.currency", "paper.frozen"])
    .select(["wrong.because", "answer.at as answeredAt"])
    .select((eb) => [
      eb.ref("payable.invoice").$notNull().as("invoice"),
      eb.ref("payable.engagement").$notNull().as("engagement"),
      eb.ref("payable.milestone").$notNull().as("milestone"),
    ])
    .where("paper.id", "=", paper)
    .executeTakeFirst();
  if (!row) return undefined;
  const { net_minor: net, vat_minor: vat, currency, frozen, answeredAt, ...rest } = row;
  return {
    ...rest,
    answered: answeredAt !== null,
    net: { minor: net, currency },
    vat: { minor: vat, currency },
    paper: JSON.parse(frozen) as SelfBilledPaper,
  };
}

/** Keeps an answer: why it stands, or, without a word, that it is written anew. False where there is one already. */
export async function saveAnswer(
  { tx, now }: Pick<Scope, "tx" | "now">,
  { paper, person, because }: { readonly paper: Id; readonly person: Id; readonly because: string | undefined },
): Promise<boolean> {
  const row = await tx
    .insertInto("money.self_billed_answer")
    .values({ paper, person, anew: because === undefined, because: because ?? null, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return row.numInsertedOrUpdatedRows === 1n;
}

export type NewCredit = {
  readonly id: Id;
  readonly number: string;
  readonly member: Id;
  readonly paper: Id;
  readonly issuedOn: Day;
  readonly frozen: string;
  readonly hash: Buffer;
};

/** Freezes what takes an invoice back. */
export async function saveCredit({ tx, now }: Pick<Scope, "tx" | "now">, { issuedOn, ...credit }: NewCredit): Promise<void> {
  await tx
    .insertInto("money.self_billed_credit")
    .values({ ...credit, issued_on: issuedOn, issued_at: now })
    .execute();
}

/** What waits for an answer, the oldest first. */
export async function calledWrong(
  view: View,
  { limit, after }: InputOf<typeof listCalledWrong>,
): Promise<AnswerOf<typeof listCalledWrong>> {
  const where = await whereOf(view);
  const rows = await view.db
    .selectFrom("money.self_billed_objection as wrong")
    .innerJoin("money.self_billed as paper", "paper.id", "wrong.paper")
    .innerJoin("membership.member_card as card", "card.id", "paper.member")
    .innerJoinLateral(newestBilling(sql.ref("paper.member")), (join) => join.onTrue())
    .innerJoin("money.billing as said", "said.id", "billing.id")
    .leftJoin("money.self_billed_answer as answer", "answer.paper", "paper.id")
    .select(["paper.id", "paper.number", "paper.member", "card.name", "paper.issued_on as issuedOn", "paper.net_minor", "paper.vat_minor"])
    .select(["paper.currency", "paper.frozen", "wrong.because", "wrong.at", "said.agreed", "said.name as seller", "said.scheme"])
    .select("said.country as seat")
    .where("answer.paper", "is", null)
    .where((eb) => isBehind(eb, after, ">", "wrong.at", "wrong.paper"))
    .orderBy("wrong.at")
    .orderBy("wrong.paper")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ id, number, member, name, issuedOn, currency, frozen, because, at, ...row }) => {
      const net = { minor: row.net_minor, currency };
      const facts = { scheme: row.scheme as VatScheme, seat: row.seat };
      return {
        id,
        number,
        member: name ?? "",
        own: readsOwn(view.actor, member),
        issuedOn,
        about: (JSON.parse(frozen) as SelfBilledPaper).line.about,
        net,
        vat: { minor: row.vat_minor, currency },
        because,
        at,
        ...(row.agreed ? { anew: { seller: row.seller, vat: vatToBill(net, facts, where) } } : {}),
      };
    }),
    ...(rows.length > limit && last ? { next: cursorOf(last.at, last.id) } : {}),
  };
}
