// What was given up as lost, in SQL, and what came in of it after all.
import { sql } from "kysely";
import type { listLosses } from "@partcommune/shared/money/api";
import { openOf, type LossReason } from "@partcommune/shared/money/rules/late";
import type { Earned } from "@partcommune/shared/money/rules/collection";
import { openParts } from "@partcommune/shared/money/rules/legs-of-loss";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { minus, share, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { cursorOf, isBehind } from "../../platform/list.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { invoiceToCredit, type Creditable } from "./credits.ts";
import { answersTo } from "./reliefs.ts";

/** One who did the work, and whether the guarantee answers for them. */
export type TeamMember = Earned & { readonly guaranteed: boolean };

/** An invoice with what is open of it; held until the transaction ends, so that payments and credits of it wait. */
export type ToGiveUp = {
  readonly invoice: Id;
  readonly client: Id;
  readonly engagement: Id;
  readonly milestone: Id;
  readonly sister: Creditable["sister"];
  readonly payBy: Day;
  /** In the coop's own money. */
  readonly atHome: Creditable["atHome"];
  /** What is owed in all, less what was credited. */
  readonly gross: Money;
  readonly paid: Money;
  readonly open: Money;
  /** What that is worth in the coop's own money, by the rate of the invoice. */
  readonly worth: Money;
  readonly team: readonly TeamMember[];
};

export async function invoiceToLose(scope: Pick<Scope, "tx">, invoice: Id): Promise<ToGiveUp | undefined> {
  const standing = await invoiceToCredit(scope, invoice);
  if (!standing) return undefined;
  const { client, engagement, milestone, sister, atHome, gross: all, creditedGross, paid, worth, earnings } = standing;
  const { pay_by: payBy, lost_minor: lost } = await scope.tx
    .selectFrom("money.collection")
    .select(["pay_by", "lost_minor"])
    .where("invoice", "=", invoice)
    .executeTakeFirstOrThrow();
  const promised = await scope.tx
    .selectFrom("money.payable")
    .select("member")
    .where("invoice", "=", invoice)
    .where("due_on", "is not", null)
    .execute();
  const guaranteed = new Set(promised.map(({ member }) => member));
  const open = minus(openOf(all, creditedGross, paid), { minor: lost, currency: all.currency });
  const team = earnings.map((earned) => ({ ...earned, guaranteed: guaranteed.has(earned.member) }));
  const gross = minus(all, creditedGross);
  return { invoice, client, engagement, milestone, sister, payBy, atHome, gross, paid, open, worth, team };
}

/** Whether what was open of an invoice was given up, whatever came in since. */
export async function isLost({ tx }: Pick<Scope, "tx">, invoice: Id): Promise<boolean> {
  const lost = tx.selectFrom("money.loss").select("id").where("invoice", "=", invoice).where("state", "=", "confirmed");
  return (await lost.executeTakeFirst()) !== undefined;
}

export type NewLoss = { readonly invoice: Id; readonly because: LossReason; readonly proposedBy: Id };

/** Saves a proposed loss, unless one of this invoice waits or was confirmed. */
export async function saveLoss({ tx, now, id }: Scope, { proposedBy, ...loss }: NewLoss): Promise<Id | undefined> {
  const row = await tx
    .insertInto("money.loss")
    .values({ id: id(), ...loss, state: "proposed", proposed_by: proposedBy, proposed_at: now })
    .onConflict((conflict) => conflict.column("invoice").where("state", "<>", sql.lit("discarded")).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export type Proposed = { readonly state: string; readonly invoice: Id; readonly because: LossReason; readonly proposedBy: Id };

export async function lossAt({ tx }: Pick<Scope, "tx">, id: Id): Promise<Proposed | undefined> {
  const row = await tx.selectFrom("money.loss").selectAll().where("id", "=", id).executeTakeFirst();
  return row && { state: row.state, invoice: row.invoice, because: row.because as LossReason, proposedBy: row.proposed_by };
}

export type Confirmed = {
  readonly id: Id;
  readonly person: Id;
  readonly kind: "guaranteed" | "not";
  readonly open: Money;
  readonly worth: Money;
};

/** Confirms a loss that another person proposed, and counts what is lost of the invoice. True for exactly one caller. */
export async function confirmLoss({ tx, now }: Pick<Scope, "tx" | "now">, { id, person, kind, open, worth }: Confirmed): Promise<boolean> {
  const row = await tx
    .updateTable("money.loss")
    .set({ state: "confirmed", confirmed_by: person, confirmed_at: now, kind })
    .set({ currency: open.currency, gross_minor: open.minor, worth_minor: worth.minor })
    .where("id", "=", id)
    .where("state", "=", "proposed")
    .where("proposed_by", "<>", person)
    .returning("invoice")
    .executeTakeFirst();
  if (!row) return false;
  await tx.updateTable("money.collection").set({ lost_minor: open.minor }).where("invoice", "=", row.invoice).execute();
  return true;
}

/** What a member is owed is less by so much, which the client never paid and nobody had promised; below zero: more, since it came in. */
export async function lowerPayable({ tx }: Pick<Scope, "tx">, invoice: Id, member: Id, minor: bigint): Promise<void> {
  await tx
    .updateTable("money.payable")
    .set((eb) => ({ lost_minor: eb("lost_minor", "+", minor) }))
    .where("invoice", "=", invoice)
    .where("member", "=", member)
    .execute();
}

type CameIn = { readonly invoice: Id; readonly amount: Money; readonly worth: Money };

/** Counts what came in of invoices that were given up; answers which of these were. The caller holds the invoices. */
export async function recover({ tx }: Pick<Scope, "tx">, came: readonly CameIn[]): Promise<ReadonlySet<Id>> {
  const texts = (minor: (each: CameIn) => bigint): readonly string[] => came.map((each) => String(minor(each)));
  const { rows } = await sql<{ invoice: Id }>`
    update money.loss set recovered_minor = recovered_minor + amount, recovered_worth_minor = recovered_worth_minor + worth
    from unnest(${came.map(({ invoice }) => invoice)}::uuid[], ${texts(({ amount }) => amount.minor)}::bigint[],
      ${texts(({ worth }) => worth.minor)}::bigint[]) came (of, amount, worth)
    where invoice = came.of and state = 'confirmed' returning invoice`.execute(tx);
  return new Set(rows.map(({ invoice }) => invoice));
}

type Card = AnswerOf<typeof listLosses>["items"][number];

type Borne = {
  readonly money: string;
  readonly open: bigint;
  readonly whole_net: bigint;
  readonly whole_vat: bigint;
  readonly home_loss_ppm: bigint;
};

/** What of a loss the coop of the member bears: its part of the price, without VAT. */
function sistersPart({ money: currency, open, whole_net: net, whole_vat: vat, home_loss_ppm: ppm }: Borne): Money {
  const of = (minor: bigint): Money => ({ minor, currency });
  return share(openParts({ net: of(net), vat: of(vat) }, { net: of(0n), vat: of(0n) }, of(open)).net, ppm);
}

const vatOf = (vat: Card["vat"]): Pick<Card, "vat"> => (vat === undefined ? {} : { vat });

/** What was given up or is proposed to be, newest first. */
export async function losses(view: View, { limit, after }: InputOf<typeof listLosses>): Promise<AnswerOf<typeof listLosses>> {
  const { actor, db } = view;
  const rows = await db
    .selectFrom("money.loss as loss")
    .innerJoin("money.document as document", "document.id", "loss.invoice")
    .innerJoin("money.collection as collection", "collection.invoice", "loss.invoice")
    .innerJoin("membership.person_card as proposer", "proposer.id", "loss.proposed_by")
    .leftJoin("membership.person_card as confirmer", "confirmer.id", "loss.confirmed_by")
    .selectAll("loss")
    .select(["document.number", "document.currency as money", "proposer.name as proposer", "confirmer.name as confirmer"])
    .select(sql<string>`document.frozen::jsonb #>> '{client,name}'`.as("client"))
    .select(sql<bigint>`coalesce(loss.gross_minor, collection.gross_minor - collection.credited_minor - collection.paid_minor)`.as("open"))
    .select(
      sql<boolean>`document.sister is not null
        or exists (select from money.payable where payable.invoice = loss.invoice and payable.due_on is not null)`.as("guaranteed"),
    )
    .select(["document.home_loss_ppm", "document.net_minor as whole_net", "document.vat_minor as whole_vat"])
    .where((eb) => isBehind(eb, after, "<", "loss.proposed_at", "loss.id"))
    .orderBy("loss.proposed_at", "desc")
    .orderBy("loss.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const answers = await answersTo(
    view,
    shown.map(({ id }) => id),
  );
  const items = shown.map((row): Card => ({
    id: row.id,
    invoice: row.invoice,
    invoiceNumber: row.number,
    client: row.client,
    because: row.because as LossReason,
    state: row.state as Card["state"],
    open: { minor: row.open, currency: row.money },
    recovered: { minor: row.recovered_minor, currency: row.money },
    guaranteed: row.guaranteed,
    ...(row.home_loss_ppm === 0n ? {} : { sisterBears: sistersPart(row) }),
    proposedBy: row.proposer ?? "",
    mine: actor.kind === "person" && actor.person === row.proposed_by,
    ...(row.confirmer === null ? {} : { confirmedBy: row.confirmer }),
    ...vatOf(answers.get(row.id)),
  }));
  return { items, ...(rows.length > limit && last ? { next: cursorOf(last.proposed_at, last.id) } : {}) };
}
