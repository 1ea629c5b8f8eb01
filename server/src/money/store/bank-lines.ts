// Lines of the bank in SQL.
import { sql } from "kysely";
import type { Pot } from "@partcommune/shared/governance/rules/pots";
import type { bankLineStates, enterBankLine } from "@partcommune/shared/money/api";
import type { InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { insertion } from "../../platform/rows.ts";
import type { Scope } from "../../platform/scope.ts";

type State = (typeof bankLineStates)[number];
export type Meaning = InputOf<typeof enterBankLine>["means"];
export type Kind = Meaning["kind"];

/** One of several things that a line means. */
export type Part = Extract<Meaning, { kind: "several" }>["parts"][number];

export type NewLine = InputOf<typeof enterBankLine> & { readonly enteredBy: Id; readonly parts: readonly Part[] };

/** Saves a line as entered. A line of this reference that stands already lets none in. */
export async function saveLine(scope: Scope, line: NewLine): Promise<Id | undefined> {
  const row = await scope.tx
    .insertInto("money.bank_line")
    .values({ ...rowOf(scope, line), state: "entered" })
    .onConflict((conflict) =>
      conflict.column("reference").where("state", "<>", sql.lit("discarded")).where("part_of", "is", null).doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  if (row !== undefined) await saveParts(scope, [{ id: row.id, line }]);
  return row?.id;
}

/** What a line means that means several things: each part is a line of its own, in the state of the whole. */
async function saveParts(
  scope: Scope,
  wholes: readonly { readonly id: Id; readonly line: NewLine; readonly file?: true }[],
): Promise<void> {
  const rows = wholes.flatMap(({ id, line, file }) =>
    line.parts.map((part) => ({
      ...rowOf(scope, { ...line, ...part }),
      part_of: id,
      ...(file ? fromFile : { source: "typed", state: "entered" }),
    })),
  );
  if (rows.length > 0) await insertion("money.bank_line", rows).execute(scope.tx);
}

const fromFile = { source: "file", state: "booked" } as const;

/** Saves lines that the bank's own file explains by a checked reference, in their order: they are booked in the same act. */
export async function saveFileLines(scope: Scope, lines: readonly NewLine[]): Promise<readonly Line[]> {
  if (lines.length === 0) return [];
  const rows = lines.map((line) => ({ ...rowOf(scope, line), ...fromFile }));
  await insertion("money.bank_line", rows).execute(scope.tx);
  await saveParts(
    scope,
    lines.map((line, at) => ({ id: rows[at]?.id ?? "", line, file: true })),
  );
  // As they were written; a checked reference names nothing but an invoice, in the currency of the account, or what we paid.
  return rows.map((row) => lineFrom({ ...silent, ...row }));
}

const rowOf = ({ now, id }: Pick<Scope, "now" | "id">, { bookedOn, amount, reference, means, enteredBy }: NewLine) => ({
  id: id(),
  booked_on: bookedOn,
  amount_minor: amount.minor,
  currency: amount.currency,
  reference,
  ...columnsOf(means),
  entered_by: enteredBy,
  entered_at: now,
});

/** What was discarded explains nothing: the bank's line waits again. */
export async function unexplain({ tx }: Pick<Scope, "tx">, line: Id): Promise<void> {
  await tx.updateTable("money.statement_line").set({ line: null }).where("line", "=", line).execute();
}

/** What a line means, as its row says it. */
function columnsOf(means: Meaning) {
  if ("until" in means) return { kind: means.kind, until_on: means.until };
  if (means.kind === "clientPaid") return { kind: means.kind, invoice: means.invoice, settles_minor: means.settles?.minor ?? null };
  if (means.kind === "costPaid" || means.kind === "costRefunded") return billColumns(means);
  if (means.kind === "several") return { kind: means.kind };
  if (means.kind === "batchSettled") return { kind: means.kind, payout: means.payout };
  if (means.kind === "strayReceived") return { kind: means.kind, stranger: means.from };
  if (means.kind !== "endowed") return means;
  const { kind, pot, by, from } = means;
  return { kind, pot, endowed_by: by, endower: from };
}

/** What has to do with nobody's work: bills, premiums, and what comes in besides the fee. */
export type OfCost = Extract<Meaning, { party: string }>;

type CostRow = {
  readonly kind: string;
  readonly currency: string;
  readonly cost: string | null;
  readonly income: string | null;
  readonly party: string | null;
  readonly vat_by: string | null;
  readonly vat_rate: bigint | null;
  readonly vat_minor: bigint | null;
};

function costOf({ kind, currency, cost, income, party, vat_by: by, vat_rate: rate, vat_minor: minor }: CostRow): OfCost | null {
  if (party === null) return null;
  const asked = rate === null || minor === null ? undefined : ({ by: "supplier", rate, vat: { minor, currency } } as const);
  const vat = by === "us" ? ({ by } as const) : asked;
  return { kind, party, ...(cost === null ? {} : { cost, vat }), ...(income === null ? {} : { income }) } as OfCost;
}

const billColumns = ({ kind, cost, party, vat }: Extract<Meaning, { cost: unknown }>) => ({
  kind,
  cost,
  party,
  vat_by: vat?.by ?? null,
  ...(vat?.by === "supplier" ? { vat_rate: vat.rate, vat_minor: vat.vat.minor } : {}),
});

export type Line = {
  readonly id: Id;
  readonly bookedOn: Day;
  readonly amount: Money;
  readonly kind: Kind;
  readonly invoice: Id | null;
  /** Of an invoice: what of its own money is paid. */
  readonly settled: Money;
  readonly item: Id | null;
  readonly member: Id | null;
  readonly purpose: Id | null;
  readonly sister: Id | null;
  readonly pot: Pot | null;
  readonly lender: Id | null;
  /** Of what a stranger sent, the line by which it came. */
  readonly stray: Id | null;
  readonly until: Day | null;
  /** A bill, or what else came in or left that has to do with nobody's work. */
  readonly ofCost: OfCost | null;
  /** Of a line that means several things. */
  readonly isPart: boolean;
  readonly state: State;
  readonly enteredBy: Id;
};

/** A whole line; what is only a part of one is entered, confirmed and discarded with it. */
export async function lineToBook(scope: Pick<Scope, "tx">, id: Id): Promise<Line | undefined> {
  const [line] = await linesToBook(scope, [id]);
  return line?.isPart ? undefined : line;
}

const isInParts = (kind: Kind): boolean => kind === "several" || kind === "batchSettled";

/** The parts of those lines that mean several things, and the others as they are. */
export async function inParts({ tx }: Pick<Scope, "tx">, lines: readonly Line[]): Promise<readonly Line[]> {
  const wholes = lines.flatMap(({ kind, id }) => (isInParts(kind) ? [id] : []));
  if (wholes.length === 0) return lines;
  const parts = await tx
    .selectFrom("money.bank_line")
    .select("id")
    .where("part_of", "=", sql<Id>`any (${wholes}::uuid[])`)
    .orderBy("id")
    .execute();
  const of = await linesToBook(
    { tx },
    parts.map(({ id }) => id),
  );
  return [...lines.filter(({ kind }) => !isInParts(kind)), ...of];
}

type LineRow = CostRow &
  Pick<Line, "id" | "invoice" | "item" | "member" | "purpose" | "sister" | "lender" | "stray" | "until"> & {
    readonly booked_on: Day;
    readonly amount_minor: bigint;
    readonly state: string;
    readonly entered_by: Id;
    readonly settles_minor: bigint | null;
    /** The currency of the invoice. */
    readonly invoiced: string | null;
    readonly pot: string | null;
    readonly part_of: Id | null;
  };

/** Of a line, what is said of none. */
const silent = {
  invoice: null,
  settles_minor: null,
  invoiced: null,
  item: null,
  member: null,
  purpose: null,
  sister: null,
  pot: null,
  lender: null,
  stray: null,
  until: null,
  cost: null,
  income: null,
  party: null,
  vat_by: null,
  vat_rate: null,
  vat_minor: null,
  part_of: null,
};

function lineFrom(row: LineRow): Line {
  const { settles_minor: settles, invoiced, currency } = row;
  const amount = { minor: row.amount_minor, currency };
  return {
    id: row.id,
    bookedOn: row.booked_on,
    amount,
    settled: settles === null || invoiced === null ? amount : { minor: settles, currency: invoiced },
    kind: row.kind as Kind,
    invoice: row.invoice,
    item: row.item,
    member: row.member,
    purpose: row.purpose,
    sister: row.sister,
    pot: row.pot as Pot | null,
    lender: row.lender,
    stray: row.stray,
    until: row.until,
    ofCost: costOf(row),
    isPart: row.part_of !== null,
    state: row.state as State,
    enteredBy: row.entered_by,
  };
}

/** Lines as they are booked, in this order. */
async function linesToBook({ tx }: Pick<Scope, "tx">, ids: readonly Id[]): Promise<readonly Line[]> {
  const rows = await tx
    .selectFrom("money.bank_line as line")
    .leftJoin("money.document as document", "document.id", "line.invoice")
    .select(["line.id", "line.booked_on", "line.amount_minor", "line.currency", "line.kind", "line.state", "line.entered_by"])
    .select(["line.invoice", "line.settles_minor", "document.currency as invoiced"])
    .select(["line.item", "line.member", "line.purpose", "line.sister", "line.pot", "line.lender", "line.stray", "line.until_on as until"])
    .select(["line.cost", "line.income", "line.party", "line.vat_by", "line.vat_rate", "line.vat_minor", "line.part_of"])
    .where("line.id", "=", sql<Id>`any (${[...ids]}::uuid[])`)
    .execute();
  const lines = rows.map(lineFrom);
  const byId = new Map(lines.map((line) => [line.id, line]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Confirms a line that another person entered. True for exactly one caller. */
export async function confirmLine({ tx, now }: Scope, id: Id, person: Id): Promise<boolean> {
  const row = await tx
    .updateTable("money.bank_line")
    .set({ state: "booked", confirmed_by: person, confirmed_at: now })
    .where((eb) => eb.or([eb("id", "=", id), eb("part_of", "=", id)]))
    .where("state", "=", "entered")
    .where("entered_by", "<>", person)
    .executeTakeFirst();
  return row.numUpdatedRows > 0n;
}

/** Discards a line that nobody confirmed. True for exactly one caller. */
export async function discardLine({ tx }: Scope, id: Id, person: Id): Promise<boolean> {
  const row = await tx
    .updateTable("money.bank_line")
    .set({ state: "discarded", discarded_by: person })
    .where((eb) => eb.or([eb("id", "=", id), eb("part_of", "=", id)]))
    .where("state", "=", "entered")
    .executeTakeFirst();
  return row.numUpdatedRows > 0n;
}
