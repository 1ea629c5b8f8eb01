// Budgets below zero in SQL, and the corrections by which a pot bears them.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { listCorrections, listOverdrawn } from "@partcommune/shared/money/api";
import type { Bearer } from "@partcommune/shared/money/rules/overdraft";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Database, Tx } from "../../platform/database.ts";
import { cursorOf, isBehind, placeAfter } from "../../platform/list.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { isBudget } from "./accounts.ts";

type Overdrawn = AnswerOf<typeof listOverdrawn>["items"][number];

/** What the payroll office found more and no pay is reckoned with yet, less what pots bear of it. */
const kept = sql`net_off_minor + employee_off_minor + employer_off_minor - borne_minor`;

/**
 * What members were given too much: as far as their first budget stands below zero, and no further than all of theirs together; or, where more
 * work has come meanwhile, what is kept of its pay. `borne`: what was booked just now.
 */
const overdrawn = (borne = 0n) => sql`
  select member, greatest(below + ${borne}::bigint, later)::bigint as minor from (
    select owner_id::uuid as member, least(sum(balance), sum(balance) filter (where code = 'member:' || owner_id || ':budget')) as below
    from ledger.account_balance where ${isBudget} group by owner_id
  ) budgets left join (select member, sum(${kept}) as later from money.payroll_figure where taken_by is null group by member) figures using (member)`;

/** By what a member's budgets stand below zero, or stood before so much was booked just now; zero or less where they do not. */
export async function overdrawnBy(
  { db }: { readonly db: Database | Tx },
  member: Id,
  { minor: borne }: Pick<Money, "minor"> = { minor: 0n },
): Promise<Money> {
  const { currency } = await bookOf(db);
  const { rows } = await sql<{ minor: bigint }>`select minor from (${overdrawn(borne)}) budgets where member = ${member}`.execute(db);
  return { minor: rows[0]?.minor ?? 0n, currency };
}

/** The members whose budgets stand below zero. */
export async function overdrawnBudgets(
  { db }: View,
  { limit, after }: InputOf<typeof listOverdrawn>,
): Promise<AnswerOf<typeof listOverdrawn>> {
  const { currency } = await bookOf(db);
  const [last = null] = placeAfter(after, 1);
  const { rows } = await sql<{ member: Id; name: string; minor: bigint }>`
    select member, name, minor from (${overdrawn()}) budgets join membership.member_card card on card.id = member
    where minor > 0 and (${last}::uuid is null or member > ${last}::uuid) order by member limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const end = shown.at(-1);
  const items = shown.map(({ minor, ...row }): Overdrawn => ({ ...row, overdrawn: { minor, currency } }));
  return { items, ...(rows.length > limit && end ? { next: cursorOf(end.member) } : {}) };
}

export type NewCorrection = {
  readonly member: Id;
  readonly amount: Money;
  readonly bearer: Bearer;
  readonly reason: string;
  readonly proposedBy: Id;
};

/** What the entry keeps of the reason: with salt and words gone, nobody can tell from it what they were. */
const digestOf = (salt: Uint8Array, reason: string): Buffer => createHash("sha256").update(salt).update(reason).digest();

/** Saves a proposed correction, unless one of this member waits already. */
export async function saveCorrection(
  { tx, now, id, random }: Pick<Scope, "tx" | "now" | "id" | "random">,
  { amount, proposedBy, reason, ...rest }: NewCorrection,
): Promise<Id | undefined> {
  const salt = Buffer.from(random(16));
  const words = { reason, salt, digest: digestOf(salt, reason) };
  const money = { amount_minor: amount.minor, currency: amount.currency };
  const row = await tx
    .insertInto("money.correction")
    .values({ id: id(), ...rest, ...money, ...words, state: "proposed", proposed_by: proposedBy, proposed_at: now })
    .onConflict((conflict) => conflict.column("member").where("state", "=", sql.lit("proposed")).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export type Proposed = {
  readonly member: Id;
  readonly amount: Money;
  readonly bearer: Bearer;
  readonly digest: Buffer;
  readonly state: string;
  readonly proposedBy: Id;
};

/** A correction, held until the transaction ends. */
export async function heldCorrection({ tx }: Pick<Scope, "tx">, id: Id): Promise<Proposed | undefined> {
  const row = await tx.selectFrom("money.correction").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  return (
    row && {
      member: row.member,
      amount: { minor: row.amount_minor, currency: row.currency },
      bearer: row.bearer as Bearer,
      digest: row.digest,
      state: row.state,
      proposedBy: row.proposed_by,
    }
  );
}

/** Confirms a correction that the caller holds, with what the budget stood below zero by. */
export async function confirmCorrection({ tx, now }: Pick<Scope, "tx" | "now">, id: Id, person: Id, { minor }: Money): Promise<void> {
  await tx
    .updateTable("money.correction")
    .set({ state: "confirmed", confirmed_by: person, confirmed_at: now, overdrawn_minor: minor })
    .where("id", "=", id)
    .execute();
}

/** What a pot bears is not kept of the next pay: it goes off what the payroll office found more, the oldest first. The caller holds the figures. */
export async function bearFigures({ tx }: Pick<Scope, "tx">, member: Id, { minor }: Money): Promise<void> {
  await sql`
    with turns as (
      select id, ${kept} as open, sum(${kept}) over (order by month) - (${kept}) as before
      from money.payroll_figure where member = ${member} and taken_by is null and ${kept} > 0
    )
    update money.payroll_figure figure set borne_minor = borne_minor + least(open, ${minor}::bigint - before)
    from turns where turns.id = figure.id and before < ${minor}::bigint`.execute(tx);
}

type Card = AnswerOf<typeof listCorrections>["items"][number];

/** Corrections, newest first. */
export async function corrections(
  { db, actor }: View,
  { limit, after }: InputOf<typeof listCorrections>,
): Promise<AnswerOf<typeof listCorrections>> {
  const rows = await db
    .selectFrom("money.correction as correction")
    .innerJoin("membership.member_card as card", "card.id", "correction.member")
    .innerJoin("membership.person_card as proposer", "proposer.id", "correction.proposed_by")
    .leftJoin("membership.person_card as confirmer", "confirmer.id", "correction.confirmed_by")
    .selectAll("correction")
    .select(["card.name", "proposer.name as proposer", "confirmer.name as confirmer"])
    .where((eb) => isBehind(eb, after, "<", "correction.proposed_at", "correction.id"))
    .orderBy("correction.proposed_at", "desc")
    .orderBy("correction.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map((row): Card => ({
    id: row.id,
    member: row.member,
    name: row.name ?? "",
    amount: { minor: row.amount_minor, currency: row.currency },
    bearer: row.bearer as Bearer,
    ...(row.reason === null ? {} : { reason: row.reason }),
    state: row.state as Card["state"],
    proposedBy: row.proposer ?? "",
    mine: actor.kind === "person" && actor.person === row.proposed_by,
    ...(row.confirmer === null ? {} : { confirmedBy: row.confirmer }),
  }));
  return { items, ...(rows.length > limit && last ? { next: cursorOf(last.proposed_at, last.id) } : {}) };
}
