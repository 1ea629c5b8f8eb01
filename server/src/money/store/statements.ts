// The bank's statements in SQL: kept as they came, each line once, and what explains it.
import { sql } from "kysely";
import type { LineRead, StatementFault, StatementRead, StatementState } from "@partcommune/shared/money/rules/statement";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day } from "@partcommune/shared/platform/time";
import { batchesOf, mostTogether } from "../../platform/batches.ts";
import { found } from "../../platform/refused.ts";
import { insertion } from "../../platform/rows.ts";
import type { Scope } from "../../platform/scope.ts";

/** One file of an account at a time, until the transaction ends. */
export async function takeTurn({ tx }: Pick<Scope, "tx">, iban: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`money:statement:${iban}`}, 0))`.execute(tx);
}

export type NewStatement = StatementRead & {
  readonly fault: StatementFault | undefined;
  readonly hash: Buffer;
  readonly place: number;
  readonly file: Buffer;
  readonly by: Id;
};

/** Keeps a statement. Undefined where the very file has been read before. */
export async function saveStatement({ tx, now, id }: Scope, statement: NewStatement): Promise<Id | undefined> {
  const { iban, name, currency, until, opening, closing, lines, fault, hash, place, file, by } = statement;
  const row = await tx
    .insertInto("money.statement")
    .values({
      id: id(),
      account: iban,
      name,
      currency,
      hash,
      place,
      file,
      until_on: until,
      opening_minor: opening ?? null,
      closing_minor: closing ?? null,
      lines: lines.length,
      state: fault === undefined ? "taken" : "broken",
      fault: fault ?? null,
      imported_by: by,
      imported_at: now,
    })
    .onConflict((conflict) => conflict.columns(["hash", "place"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

type Placed = LineRead & { readonly place: number };

/** A line that no file had before, as it will be kept. */
export type FreshLine = LineToWork & Placed & { readonly statement: Id; readonly account: string };

/** Those lines that no file had before, in the order of their days. */
export async function freshOf(
  { tx, id }: Scope,
  statement: Id,
  { iban: account, currency }: Pick<StatementRead, "iban" | "currency">,
  lines: readonly Placed[],
): Promise<readonly FreshLine[]> {
  const known = new Set<Placed>();
  for (const some of batchesOf(lines, mostTogether)) {
    const { rows } = await sql<{ nth: bigint }>`
      select nth from unnest(${some.map(({ bankRef }) => bankRef)}::text[], ${some.map(({ minor }) => String(minor))}::bigint[],
        ${some.map(({ bookedOn }) => bookedOn)}::date[], ${some.map(({ place }) => place)}::integer[])
        with ordinality asked (bank_ref, amount_minor, booked_on, place, nth)
      join money.statement_line using (bank_ref, amount_minor, booked_on, place) where account = ${account}`.execute(tx);
    for (const { nth } of rows) known.add(found(some[Number(nth) - 1]));
  }
  return lines
    .filter((line) => !known.has(line))
    .toSorted((one, other) => (one.bookedOn < other.bookedOn ? -1 : Number(one.bookedOn > other.bookedOn)))
    .map((line) => ({ ...line, id: id(), statement, account, currency }));
}

/** What became of a line: what explains it, and whether it waits on an account for money that nobody has explained. */
export type Became = { readonly by: Id | undefined; readonly suspended: boolean };

/** Keeps lines that no file had before, each with what became of it. The caller holds the turn. */
export async function saveLines({ tx }: Pick<Scope, "tx">, lines: readonly (FreshLine & Became)[]): Promise<void> {
  for (const some of batchesOf(lines, mostTogether)) {
    const rows = some.map((line) => ({
      id: line.id,
      statement: line.statement,
      account: line.account,
      currency: line.currency,
      booked_on: line.bookedOn,
      amount_minor: line.minor,
      bank_ref: line.bankRef,
      place: line.place,
      end_to_end: line.endToEnd,
      batch: line.batch,
      words: line.words.join("\n"),
      party: line.party,
      returned: line.returned,
      suspended: line.suspended,
      line: line.by ?? null,
    }));
    await insertion("money.statement_line", rows).execute(tx);
  }
}

export type LineToWork = {
  readonly id: Id;
  readonly bookedOn: Day;
  readonly minor: bigint;
  readonly currency: string;
  readonly bankRef: string;
  readonly endToEnd: string;
  readonly batch: string;
  readonly words: readonly string[];
  readonly returned: boolean;
};

const workable = ({ tx }: Pick<Scope, "tx">) =>
  tx
    .selectFrom("money.statement_line")
    .select(["id", "booked_on as bookedOn", "amount_minor as minor", "currency", "bank_ref as bankRef", "end_to_end as endToEnd"])
    .select(["batch", "words", "returned"])
    .where("line", "is", null);

/** The lines of a statement that nothing has been done with. */
export async function linesToWork(scope: Pick<Scope, "tx">, statement: Id): Promise<readonly LineToWork[]> {
  const rows = await workable(scope)
    .where("statement", "=", statement)
    .where("suspended", "=", false)
    .orderBy("booked_on")
    .orderBy("id")
    .execute();
  return rows.map(({ words, ...row }) => ({ ...row, words: words.split("\n") }));
}

/** A line that waits for somebody to explain it, held until the transaction ends. */
export async function waitingLine(scope: Pick<Scope, "tx">, id: Id): Promise<LineToWork | undefined> {
  const row = await workable(scope).where("id", "=", id).where("suspended", "=", true).forUpdate().executeTakeFirst();
  return row && { ...row, words: row.words.split("\n") };
}

/** The waiting line that somebody types what it means of: by the bank's reference, or by its day, and by its amount. */
export async function waitingTwin(
  { tx }: Pick<Scope, "tx">,
  { bookedOn, reference, minor }: { readonly bookedOn: Day; readonly reference: string; readonly minor: bigint },
): Promise<Id | undefined> {
  const row = await tx
    .selectFrom("money.statement_line")
    .select("id")
    .where("line", "is", null)
    .where("suspended", "=", true)
    .where("amount_minor", "=", minor)
    .where((eb) => eb.or([eb("bank_ref", "=", reference), eb("booked_on", "=", bookedOn)]))
    .orderBy((eb) => eb("bank_ref", "=", reference), "desc")
    .orderBy("id")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row?.id;
}

/** Whether a line of a statement is there at all. */
export const lineStands = async ({ tx }: Pick<Scope, "tx">, id: Id): Promise<boolean> =>
  (await tx.selectFrom("money.statement_line").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;

/** Says of lines what explains each. */
export async function explain({ tx }: Pick<Scope, "tx">, given: readonly { readonly id: Id; readonly by: Id }[]): Promise<void> {
  if (given.length === 0) return;
  await sql`
    update money.statement_line set line = given.by
    from unnest(${given.map(({ id }) => id)}::uuid[], ${given.map(({ by }) => by)}::uuid[]) given (id, by)
    where statement_line.id = given.id`.execute(tx);
}

/** Says of lines that are kept what became of each. */
export async function saveBecame(scope: Pick<Scope, "tx">, lines: readonly (LineToWork & Became)[]): Promise<void> {
  await explain(
    scope,
    lines.flatMap(({ id, by }) => (by === undefined ? [] : [{ id, by }])),
  );
  await suspend(
    scope,
    lines.flatMap(({ id, suspended }) => (suspended ? [id] : [])),
  );
}

async function suspend({ tx }: Pick<Scope, "tx">, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable("money.statement_line")
    .set({ suspended: true })
    .where("id", "=", sql<Id>`any (${[...ids]}::uuid[])`)
    .execute();
}

export type Suspended = { readonly id: Id; readonly minor: bigint; readonly currency: string };

/** The suspended line that a line of ours explains. */
export const suspendedBy = async ({ tx }: Pick<Scope, "tx">, line: Id): Promise<Suspended | undefined> =>
  tx
    .selectFrom("money.statement_line")
    .select(["id", "amount_minor as minor", "currency"])
    .where("line", "=", line)
    .where("suspended", "=", true)
    .executeTakeFirst();

export type HeldStatement = { readonly state: StatementState; readonly vouchedBy: Id | undefined };

/** A statement with its first voucher, held until the transaction ends. */
export async function heldStatement({ tx }: Pick<Scope, "tx">, id: Id): Promise<HeldStatement | undefined> {
  const row = await tx.selectFrom("money.statement").select("state").where("id", "=", id).forUpdate().executeTakeFirst();
  if (!row) return undefined;
  const first = await tx
    .selectFrom("money.statement_vouching")
    .select("person")
    .where("statement", "=", id)
    .where("no", "=", 1)
    .executeTakeFirst();
  return { state: row.state as StatementState, vouchedBy: first?.person };
}

/** Keeps a person's word for a statement and moves it on. The caller holds it. */
export async function saveVouching(
  { tx, now }: Scope,
  statement: Id,
  to: "vouched" | "accepted",
  person: Id,
  reason: string,
): Promise<void> {
  await tx
    .insertInto("money.statement_vouching")
    .values({ statement, no: to === "vouched" ? 1 : 2, person, reason, at: now })
    .execute();
  await tx.updateTable("money.statement").set({ state: to }).where("id", "=", statement).execute();
}
