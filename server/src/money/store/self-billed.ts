// Invoices that the coop wrote in members' names, in SQL.
import { sql } from "kysely";
import type { listSelfBilled } from "@partcommune/shared/money/api";
import { objectionToForm } from "@partcommune/shared/money/rules/e-invoice";
import type { Amounts } from "@partcommune/shared/money/rules/invoice";
import { eInvoiceOf } from "@partcommune/shared/money/rules/paper-e-invoice";
import { seesAllMoney } from "@partcommune/shared/money/rules/rights";
import { lastToCallWrong, type SelfBilledPaper } from "@partcommune/shared/money/rules/self-billing";
import { readsOwn } from "@partcommune/shared/platform/actor";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { isBefore, type Day, type Instant } from "@partcommune/shared/platform/time";
import { memberCard } from "../../membership/index.ts";
import { cursorOf, isBehind } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import { insertion } from "../../platform/rows.ts";
import type { Scope, View } from "../../platform/scope.ts";

/** The work that an item pays, as its invoice to the client says it. */
export type WorkBilled = {
  readonly invoice: string;
  readonly about: string;
  readonly deliveredOn: Day;
};

/** By invoice: what the papers in members' names repeat of it. */
export async function worksBilled({ tx }: Pick<Scope, "tx">, invoices: readonly Id[]): Promise<ReadonlyMap<Id, WorkBilled>> {
  if (invoices.length === 0) return new Map();
  const rows = await tx
    .selectFrom("money.document")
    .select(["id", "number", "about"])
    // A claim on a sister has no such day: the work was approved on its own.
    .select(sql<Day>`coalesce((frozen::jsonb ->> 'deliveredOn')::date, issued_on)`.as("deliveredOn"))
    .where("id", "=", sql<Id>`any (${[...invoices]}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, number, about, deliveredOn }) => [id, { invoice: number, about, deliveredOn }]));
}

export type NewSelfBilled = Amounts & {
  readonly id: Id;
  readonly number: string;
  readonly member: Id;
  readonly payable: Id;
  /** What pays it: an item of a payout, or a part that was used. */
  readonly item?: Id;
  readonly draw?: Id;
  /** Or nothing: it stands in the place of one that was called wrong. */
  readonly replaces?: Id;
  readonly billing: Id;
  readonly issuedOn: Day;
  readonly frozen: string;
  readonly hash: Buffer;
};

/** Freezes invoices in members' names. */
export async function saveSelfBilled({ tx, now }: Scope, papers: readonly NewSelfBilled[]): Promise<void> {
  const rows = papers.map(({ id, number, member, payable, item, draw, replaces, billing, issuedOn, net, vat, gross, frozen, hash }) => ({
    id,
    number,
    member,
    payable,
    item: item ?? null,
    draw: draw ?? null,
    replaces: replaces ?? null,
    billing,
    issued_on: issuedOn,
    currency: net.currency,
    net_minor: net.minor,
    vat_minor: vat.minor,
    gross_minor: gross.minor,
    frozen,
    hash,
    issued_at: now,
  }));
  await insertion("money.self_billed", rows).execute(tx);
}

const sees = ({ actor }: Pick<View, "actor">, member: Id): boolean => seesAllMoney(actor) || readsOwn(actor, member);

/** One, or what took one back, as it was issued, for those who may read it. */
export async function selfBilledPage(view: View, { paper }: { readonly paper: Id }): Promise<{ readonly frozen: string }> {
  const row = found(
    await view.db
      .selectFrom("money.self_billed")
      .select(["member", "frozen"])
      .where("id", "=", paper)
      .unionAll(view.db.selectFrom("money.self_billed_credit").select(["member", "frozen"]).where("id", "=", paper))
      .executeTakeFirst(),
  );
  found(sees(view, row.member) || undefined);
  return { frozen: row.frozen };
}

/** Whose it is, and when it was issued. */
export const selfBilledAt = async (
  { tx }: Pick<Scope, "tx">,
  paper: Id,
): Promise<{ readonly member: Id; readonly issuedAt: Instant } | undefined> =>
  tx.selectFrom("money.self_billed").select(["member", "issued_at as issuedAt"]).where("id", "=", paper).executeTakeFirst();

/** Keeps what a member finds wrong. False when they said so before. */
export async function saveObjection({ tx, now }: Pick<Scope, "tx" | "now">, paper: Id, because: string): Promise<boolean> {
  const row = await tx
    .insertInto("money.self_billed_objection")
    .values({ paper, because, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return row.numInsertedOrUpdatedRows === 1n;
}

const papers = ({ db }: Pick<View, "db">) =>
  db
    .selectFrom("money.self_billed as paper")
    .leftJoin("money.self_billed_objection as wrong", "wrong.paper", "paper.id")
    .leftJoin("money.self_billed_answer as answer", "answer.paper", "paper.id")
    .leftJoin("money.self_billed_credit as credit", "credit.paper", "paper.id")
    .leftJoin("money.self_billed as wronged", "wronged.id", "paper.replaces")
    .select(["answer.at as answeredAt", "answer.because as stands", "credit.id as credit", "credit.number as creditNumber"])
    .select(["wronged.number as replaces"])
    .select(["paper.id", "paper.number", "paper.issued_on", "paper.issued_at", "paper.currency", "paper.hash", "paper.frozen"])
    .select(["paper.net_minor", "paper.vat_minor", "paper.gross_minor", "wrong.because", "wrong.at"]);

type Row = Awaited<ReturnType<ReturnType<typeof papers>["executeTakeFirstOrThrow"]>>;

/** The invoices in a member's name, newest first. */
export async function selfBilledOf(
  view: View,
  { member, limit, after }: InputOf<typeof listSelfBilled>,
): Promise<AnswerOf<typeof listSelfBilled>> {
  found((sees(view, member) && (await memberCard(view, member)) !== undefined) || undefined);
  const rows = await papers(view)
    .where("paper.member", "=", member)
    .where((eb) => isBehind(eb, after, "<", "paper.issued_at", "paper.id"))
    .orderBy("paper.issued_at", "desc")
    .orderBy("paper.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => cardOf(row, view.now)),
    ...(rows.length > limit && last ? { next: cursorOf(last.issued_at, last.id) } : {}),
  };
}

function cardOf(
  { id, number, issued_on: issuedOn, issued_at: issuedAt, frozen, because, at, ...row }: Row,
  now: Instant,
): AnswerOf<typeof listSelfBilled>["items"][number] {
  const money = (minor: bigint): Money => ({ minor, currency: row.currency });
  const paper = JSON.parse(frozen) as SelfBilledPaper;
  const wrongUntil = lastToCallWrong(issuedAt);
  return {
    id,
    number,
    issuedOn,
    about: paper.line.about,
    invoice: paper.invoice,
    net: money(row.net_minor),
    vat: money(row.vat_minor),
    gross: money(row.gross_minor),
    ...(paper.advanceOf === undefined ? {} : { advanceOf: paper.advanceOf }),
    hash: row.hash.toString("hex"),
    ubl: objectionToForm("peppol", eInvoiceOf(paper)) === undefined,
    ...(because === null || at === null ? {} : { wrong: { because, at } }),
    ...(row.answeredAt === null ? {} : { answer: { at: row.answeredAt, ...answerTold(row) } }),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    ...(because === null && isBefore(now, wrongUntil) ? { wrongUntil } : {}),
  };
}

const answerTold = ({ stands, credit: id, creditNumber: number }: Pick<Row, "stands" | "credit" | "creditNumber">) => ({
  ...(stands === null ? {} : { because: stands }),
  ...(id === null || number === null ? {} : { credit: { id, number } }),
});
