// What the tax office said of VAT on losses, in SQL.
import { sql } from "kysely";
import type { listLosses } from "@partcommune/shared/money/api";
import { vatDue } from "@partcommune/shared/money/rules/accounts";
import type { ReliefAnswer } from "@partcommune/shared/money/rules/relief";
import { reliefLaw } from "@partcommune/shared/platform/packs";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";

export type NewRelief = { readonly loss: Id; readonly answer: ReliefAnswer; readonly proposedBy: Id };

/** Saves what one entered of the office's answer, unless one of this loss stands. */
export async function saveRelief({ tx, now, id }: Scope, { loss, answer, proposedBy }: NewRelief): Promise<Id | undefined> {
  const row = await tx
    .insertInto("money.relief")
    .values({ id: id(), loss, answer, state: "proposed", proposed_by: proposedBy, proposed_at: now })
    .onConflict((conflict) => conflict.column("loss").where("state", "<>", sql.lit("discarded")).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export type Proposed = { readonly loss: Id; readonly answer: ReliefAnswer; readonly state: string; readonly proposedBy: Id };

/** What was entered of the office's answer. */
export async function reliefAt({ tx }: Pick<Scope, "tx">, id: Id): Promise<Proposed | undefined> {
  const row = await tx.selectFrom("money.relief").selectAll().where("id", "=", id).executeTakeFirst();
  return row && { loss: row.loss, answer: row.answer as ReliefAnswer, state: row.state, proposedBy: row.proposed_by };
}

/** Whether the office refused to give back the VAT of an invoice. The caller holds its loss. */
export async function isRefused({ tx }: Pick<Scope, "tx">, invoice: Id): Promise<boolean> {
  const row = await tx
    .selectFrom("money.relief as relief")
    .innerJoin("money.loss as loss", "loss.id", "relief.loss")
    .select("relief.id")
    .where("loss.invoice", "=", invoice)
    .where("relief.state", "=", "confirmed")
    .where("relief.answer", "=", "refused")
    .executeTakeFirst();
  return row !== undefined;
}

/** What VAT is asked back on a loss, and what of it was declared once more because it came in after all. */
export type AskedBack = { readonly invoice: Id; readonly engagement: Id; readonly vat: Money; readonly again: Money };

/** The VAT of a loss; held until the transaction ends, so that what comes in of it waits. */
export async function askedBack({ tx }: Pick<Scope, "tx">, loss: Id): Promise<AskedBack | undefined> {
  const held = await tx.selectFrom("money.loss").select("invoice").where("id", "=", loss).forUpdate().executeTakeFirst();
  if (!held) return undefined;
  const { invoice } = held;
  const { currency, country } = await bookOf(tx);
  const { rows } = await sql<{ engagement: Id; vat: bigint; again: bigint }>`
    select document.engagement, ${askedOf} as vat, coalesce((
      select -sum(amount) from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
      where entry.document_id = document.id and kind = 'guarantee.recovered' and code = ${vatDue(country).code}), 0)::bigint as again
    from money.document where id = ${invoice}`.execute(tx);
  const [row] = rows;
  return row && { invoice, engagement: row.engagement, vat: { minor: row.vat, currency }, again: { minor: row.again, currency } };
}

/** What VAT the loss of a document asked back. */
const askedOf = sql`coalesce((
  select sum(amount) from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
  where entry.key = 'invoice:' || document.id || ':lost' and code like 'vat:%:relief'), 0)::bigint`;

type Vat = NonNullable<AnswerOf<typeof listLosses>["items"][number]["vat"]>;

/** Of these losses, what VAT is asked back and what the office said of it. */
export async function answersTo({ db, now, actor }: View, losses: readonly Id[]): Promise<ReadonlyMap<Id, Vat>> {
  const { country, currency, zone } = await bookOf(db);
  const law = reliefLaw(country, dayOf(now, zone));
  const { rows } = await sql<Row>`
    select loss.id as loss, ${askedOf} as vat, relief.id, relief.answer, relief.state, relief.proposed_by as by,
      proposer.name as "proposedBy", confirmer.name as "confirmedBy"
    from money.loss join money.document on document.id = loss.invoice
    left join money.relief on relief.loss = loss.id and relief.state <> 'discarded'
    left join membership.person_card proposer on proposer.id = relief.proposed_by
    left join membership.person_card confirmer on confirmer.id = relief.confirmed_by
    where loss.id = any (${[...losses]}::uuid[]) and loss.state = 'confirmed'`.execute(db);
  const isMine = (person: Id | null): boolean => actor.kind === "person" && actor.person === person;
  return new Map(
    rows.flatMap((row) => {
      const said = row.id === null ? {} : { said: saidFrom(row, row.id, isMine(row.by)) };
      const vat: Vat = { asked: { minor: row.vat, currency }, ...(law === undefined ? {} : { law }), ...said };
      return row.vat === 0n ? [] : [[row.loss, vat] as const];
    }),
  );
}

type Row = {
  readonly loss: Id;
  readonly vat: bigint;
  readonly id: Id | null;
  readonly answer: string;
  readonly state: string;
  readonly by: Id | null;
  readonly proposedBy: string | null;
  readonly confirmedBy: string | null;
};

type Said = NonNullable<Vat["said"]>;

const saidFrom = ({ answer, state, proposedBy, confirmedBy }: Row, id: Id, mine: boolean): Said => ({
  id,
  answer: answer as ReliefAnswer,
  state: state as Said["state"],
  proposedBy: proposedBy ?? "",
  mine,
  ...(confirmedBy === null ? {} : { confirmedBy }),
});
