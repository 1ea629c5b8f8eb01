// Lines of the bank in SQL.
import { sql } from "kysely";
import type { Cost } from "@partcommune/shared/money/rules/accounts";
import type { Pot } from "@partcommune/shared/governance/rules/pots";
import type { bankLineStates, enterBankLine, listBankLines } from "@partcommune/shared/money/api";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { cursorOf, isBehind } from "../../platform/list.ts";
import { insertion } from "../../platform/rows.ts";
import type { Scope, View } from "../../platform/scope.ts";

type State = (typeof bankLineStates)[number];
export type Meaning = InputOf<typeof enterBankLine>["means"];
type Kind = Meaning["kind"];

export type NewLine = InputOf<typeof enterBankLine> & { readonly enteredBy: Id };

/** Saves a line as entered. A line of this reference that stands already lets none in. */
export async function saveLine(scope: Scope, line: NewLine): Promise<Id | undefined> {
  const row = await scope.tx
    .insertInto("money.bank_line")
    .values({ ...rowOf(scope, line), state: "entered" })
    .onConflict((conflict) => conflict.column("reference").where("state", "<>", sql.lit("discarded")).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** Saves lines that the bank's own file explains by a checked reference, in their order: they are booked in the same act. */
export async function saveFileLines(scope: Scope, lines: readonly NewLine[]): Promise<readonly Line[]> {
  if (lines.length === 0) return [];
  const rows = lines.map((line) => ({ ...rowOf(scope, line), source: "file", state: "booked" }));
  await insertion("money.bank_line", rows).execute(scope.tx);
  return linesToBook(
    scope,
    rows.map((row) => row.id),
  );
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
  readonly until: Day | null;
  /** A bill, or what else came in or left that has to do with nobody's work. */
  readonly ofCost: OfCost | null;
  readonly state: State;
  readonly enteredBy: Id;
};

export const lineToBook = async (scope: Pick<Scope, "tx">, id: Id): Promise<Line | undefined> => (await linesToBook(scope, [id]))[0];

/** Lines as they are booked, in this order. */
async function linesToBook({ tx }: Pick<Scope, "tx">, ids: readonly Id[]): Promise<readonly Line[]> {
  const rows = await tx
    .selectFrom("money.bank_line as line")
    .leftJoin("money.document as document", "document.id", "line.invoice")
    .select(["line.id", "line.booked_on", "line.amount_minor", "line.currency", "line.kind", "line.state", "line.entered_by"])
    .select(["line.invoice", "line.settles_minor", "document.currency as invoiced"])
    .select(["line.item", "line.member", "line.purpose", "line.sister", "line.pot", "line.lender", "line.until_on as until"])
    .select(["line.cost", "line.income", "line.party", "line.vat_by", "line.vat_rate", "line.vat_minor"])
    .where("line.id", "=", sql<Id>`any (${[...ids]}::uuid[])`)
    .execute();
  const lines = rows.map((row): Line => {
    const { booked_on: bookedOn, amount_minor: minor, currency, kind, pot, state, entered_by: enteredBy, ...rest } = row;
    const { settles_minor: settles, invoiced, cost, income, party, vat_by, vat_rate, vat_minor, ...named } = rest;
    const settled = settles === null || invoiced === null ? { minor, currency } : { minor: settles, currency: invoiced };
    return {
      ...named,
      bookedOn,
      amount: { minor, currency },
      settled,
      ofCost: costOf({ kind, currency, cost, income, party, vat_by, vat_rate, vat_minor }),
      kind: kind as Kind,
      pot: pot as Pot | null,
      state: state as State,
      enteredBy,
    };
  });
  const byId = new Map(lines.map((line) => [line.id, line]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Confirms a line that another person entered. True for exactly one caller. */
export async function confirmLine({ tx, now }: Scope, id: Id, person: Id): Promise<boolean> {
  const row = await tx
    .updateTable("money.bank_line")
    .set({ state: "booked", confirmed_by: person, confirmed_at: now })
    .where("id", "=", id)
    .where("state", "=", "entered")
    .where("entered_by", "<>", person)
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Discards a line that nobody confirmed. True for exactly one caller. */
export async function discardLine({ tx }: Scope, id: Id, person: Id): Promise<boolean> {
  const row = await tx
    .updateTable("money.bank_line")
    .set({ state: "discarded", discarded_by: person })
    .where("id", "=", id)
    .where("state", "=", "entered")
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** The lines with what each is about: the invoice's number, or the member's name. */
const lines = ({ db }: View) =>
  db
    .selectFrom("money.bank_line as line")
    .innerJoin("membership.person_card as enterer", "enterer.id", "line.entered_by")
    .leftJoin("membership.person_card as confirmer", "confirmer.id", "line.confirmed_by")
    .leftJoin("money.document as document", "document.id", "line.invoice")
    .leftJoin("money.payout_item as item", "item.id", "line.item")
    .leftJoin("membership.member_card as member", (join) =>
      join.on((eb) => eb("member.id", "=", eb.fn.coalesce("line.member", "item.member"))),
    )
    .leftJoin("money.purpose as purpose", "purpose.id", "line.purpose")
    .leftJoin("money.lender as lender", "lender.id", "line.lender")
    .leftJoin("money.statement_line as shown", "shown.line", "line.id")
    .select(["line.id", "line.booked_on", "line.amount_minor", "line.currency", "line.reference", "line.kind", "line.state", "line.source"])
    .select(["shown.bank_ref", "shown.words", "shown.party"])
    .select(["line.entered_by", "line.entered_at", "enterer.name as enterer", "confirmer.name as confirmer"])
    .select(["document.number", "member.name as member", "purpose.title as purpose", "line.reason", "line.sister"])
    .select(["line.endower", "line.pot", "lender.name as lender", "line.until_on", "line.party", "line.cost", "line.income"]);

type Row = Awaited<ReturnType<ReturnType<typeof lines>["executeTakeFirstOrThrow"]>>;

const cardOf = ({ actor }: View, row: Row, coops: ReadonlyMap<Id, string>): AnswerOf<typeof listBankLines>["items"][number] => ({
  id: row.id,
  bookedOn: row.booked_on,
  amount: { minor: row.amount_minor, currency: row.currency },
  reference: shownReference(row),
  source: row.source as "typed" | "file",
  kind: row.kind as Kind,
  about:
    row.number ??
    row.member ??
    row.endower ??
    row.party ??
    row.lender ??
    row.until_on ??
    coops.get(row.sister ?? "") ??
    (row.purpose === null ? "" : `${row.purpose} (${row.reason})`),
  ...(row.pot === null ? {} : { pot: row.pot as Pot }),
  ...(row.cost === null ? {} : { cost: row.cost as Cost }),
  state: row.state as State,
  enteredBy: row.enterer ?? "",
  mine: actor.kind === "person" && actor.person === row.entered_by,
  ...(row.confirmer === null ? {} : { confirmedBy: row.confirmer }),
});

/** What the bank's file says of a line, where it came from there. */
const shownReference = ({ reference, bank_ref: bankRef, party, words }: Row): string =>
  [bankRef, party, words?.split("\n")[0]].filter((each) => each).join(" · ") || reference;

/** Newest first. */
export async function bankLines(view: View, { limit, after }: InputOf<typeof listBankLines>): Promise<AnswerOf<typeof listBankLines>> {
  const rows = await lines(view)
    .where((eb) => isBehind(eb, after, "<", "line.entered_at", "line.id"))
    .orderBy("line.entered_at", "desc")
    .orderBy("line.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const coops = await view.coops(shown.flatMap(({ sister }) => sister ?? []));
  return {
    items: shown.map((row) => cardOf(view, row, coops)),
    ...(rows.length > limit && last ? { next: cursorOf(last.entered_at, last.id) } : {}),
  };
}
