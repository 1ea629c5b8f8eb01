// What the treasury's desk shows of the bank's own files: the statements beside the book, and the lines that wait with what each may mean.
import { sql } from "kysely";
import type { listStatements, listWaitingLines } from "@partcommune/shared/money/api/statement";
import { bank } from "@partcommune/shared/money/rules/accounts";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import { owedOf, type VatLine } from "@partcommune/shared/money/rules/vat-return";
import { itemNamedBy, referencesIn, type Left } from "@partcommune/shared/money/rules/matching";
import type { StatementFault, StatementState } from "@partcommune/shared/money/rules/statement";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { cursorOf, isBehind } from "../../platform/list.ts";
import { batchesMeant, payoutNamedBy } from "./batches-meant.ts";
import { bookIn } from "./closing.ts";
import { sharesInTurn } from "./shares.ts";
import { refusedAmong } from "./reports.ts";
import { straysToSend } from "./strays.ts";
import { vatOpen } from "./vat.ts";
import type { View } from "../../platform/scope.ts";

type Statements = AnswerOf<typeof listStatements>;

/** What the book has on the account at the end of a day: known to the cent, since every line of a file moves it. */
const inBook = sql<bigint>`(
  select coalesce(sum(leg.amount), 0)::bigint from ledger.leg join ledger.entry using (entry_id) join ledger.account using (account_id)
  where code = ${bank("main").code} and leg.currency = statement.currency and entry.value_on <= statement.until_on
)`;

/** Newest first, with who answered for those that do not add up. */
export async function statementsOfBank({ db, actor }: View, { limit }: InputOf<typeof listStatements>): Promise<Statements> {
  const rows = await db
    .selectFrom("money.statement as statement")
    .innerJoin("membership.person_card as importer", "importer.id", "statement.imported_by")
    .select(["statement.id", "statement.name", "statement.until_on", "statement.lines", "statement.state", "statement.fault"])
    .select(["statement.closing_minor", "statement.currency", "statement.imported_at", "importer.name as by", inBook.as("book")])
    .orderBy("statement.until_on", "desc")
    .orderBy("statement.id", "desc")
    .limit(limit)
    .execute();
  const words = await vouchings(
    { db },
    rows.map(({ id }) => id),
  );
  const items = rows.map((row) => {
    const { id, name, until_on: until, lines, currency, closing_minor: closing } = row;
    const vouched = words.filter(({ statement }) => statement === id);
    return {
      id,
      name,
      until,
      lines,
      by: row.by ?? "",
      at: row.imported_at,
      state: row.state as StatementState,
      ...(row.fault === null ? {} : { fault: row.fault as StatementFault }),
      ...(closing === null ? {} : { closing: { minor: closing, currency }, difference: { minor: row.book - closing, currency } }),
      vouched: vouched.map(({ by, reason }) => ({ by: by ?? "", reason })),
      mine: actor.kind === "person" && vouched.some(({ person }) => person === actor.person),
    };
  });
  return { items };
}

const vouchings = async ({ db }: Pick<View, "db">, statements: readonly Id[]) =>
  statements.length === 0
    ? []
    : db
        .selectFrom("money.statement_vouching as vouching")
        .innerJoin("membership.person_card as voucher", "voucher.id", "vouching.person")
        .select(["vouching.statement", "vouching.person", "vouching.reason", "voucher.name as by"])
        .where("vouching.statement", "in", statements)
        .orderBy("vouching.no")
        .execute();

type Waiting = AnswerOf<typeof listWaitingLines>;
type Suggestion = Waiting["items"][number]["suggestions"][number];

const waiting = ({ db }: View) =>
  db
    .selectFrom("money.statement_line as line")
    .select(["line.id", "line.booked_on", "line.amount_minor", "line.currency", "line.party", "line.words"])
    .select(["line.end_to_end", "line.batch", "line.returned"])
    .where("line.line", "is", null)
    .where("line.suspended", "=", true);

type Row = Awaited<ReturnType<ReturnType<typeof waiting>["executeTakeFirstOrThrow"]>>;

/** The transfer of ours that a line names which left. */
const itemLeft = (row: Row): Id | undefined => (row.amount_minor < 0n ? itemNamedBy({ endToEnd: row.end_to_end }) : undefined);

/** Oldest first, each with what it may mean, the likeliest first. */
export async function waitingLines(view: View, { limit, after }: InputOf<typeof listWaitingLines>): Promise<Waiting> {
  const rows = await waiting(view)
    .where((eb) => isBehind(eb, after, ">", "line.booked_on", "line.id"))
    .orderBy("line.booked_on")
    .orderBy("line.id")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const [payments, payouts, shares] = [await openInvoices(view), await itemsUnderWay(view), await membersNamed(view, shown)];
  const repaid = shown.some((row) => row.amount_minor < 0n) ? await sharesToRepay(view) : [];
  const strays = shown.some((row) => row.amount_minor < 0n) ? await straysWaiting(view) : [];
  const vat = shown.length > 0 ? await vatToSettle(view) : [];
  const [beyond, batches] = [await beyondOpen(view, shown), await batchesMeant(view, shown)];
  const refused = await refusedAmong(
    view,
    shown.flatMap((row) => itemLeft(row) ?? []),
  );
  const last = shown.at(-1);
  return {
    items: shown.map((row) => {
      const card =
        row.amount_minor < 0n
          ? cardOf(row, [...payouts, ...repaid, ...strays, ...vat], batches.get(row.id) ?? [])
          : cardOf(row, [...payments, ...shares, ...vat], beyond.get(row.id) ?? []);
      return refused.has(itemLeft(row) ?? "") ? { ...card, left: "refusedBefore" } : card;
    }),
    ...(rows.length > limit && last ? { next: cursorOf(last.booked_on, last.id) } : {}),
  };
}

/** Something a line may mean: what is open of it where that is in the line's own money, and by which word a line names it. */
type Candidate = Omit<Suggestion, "why"> & {
  readonly open: bigint | undefined;
  readonly currency: string | undefined;
  readonly word: string;
};

const mostSuggestions = 6;

function cardOf(row: Row, candidates: readonly Candidate[], others: readonly Suggestion[]): Waiting["items"][number] {
  const came = row.amount_minor > 0n;
  const amount = { minor: came ? row.amount_minor : -row.amount_minor, currency: row.currency };
  const suggestions = candidates.flatMap((candidate) => suggestionOf(row, amount.minor, candidate) ?? []);
  const order: readonly Suggestion["why"][] = ["reference", "butOne", "memberNumber", "sameAmount", "openEnough", "bankAlone"];
  return {
    id: row.id,
    bookedOn: row.booked_on,
    amount,
    came,
    party: row.party,
    words: row.words,
    left: leftOf(row, suggestions),
    suggestions: [...suggestions, ...others, ...chargesOf(row)]
      .toSorted((one, other) => order.indexOf(one.why) - order.indexOf(other.why))
      .slice(0, mostSuggestions),
  };
}

/** Invoices with their clients, and what was paid and credited of them. */
const invoices = ({ db }: View) =>
  db
    .selectFrom("money.collection as collection")
    .innerJoin("money.document as document", "document.id", "collection.invoice")
    .innerJoin("membership.client_card as client", "client.id", "document.client")
    .select(["document.id", "document.number", "document.reference", "document.currency", "client.name"])
    .select(["collection.gross_minor", "collection.paid_minor", "collection.credited_minor"])
    .where("document.kind", "=", "invoice");

/** By line: an invoice that it names and of which less is open than came. What is too much is the client's. */
async function beyondOpen(view: View, rows: readonly Row[]): Promise<ReadonlyMap<string, readonly Suggestion[]>> {
  const named = new Map(rows.map((row) => [row.id, row.amount_minor > 0n ? referencesIn(row.words.split("\n")) : []]));
  const references = [...named.values()].flat();
  if (references.length === 0) return new Map();
  const found = await invoices(view)
    .where("document.reference", "=", sql<string>`any (${references}::text[])`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      found.flatMap(({ id: invoice, number, reference, currency, name, ...of }) => {
        const open = of.gross_minor - of.credited_minor - of.paid_minor;
        const over = row.amount_minor - (open > 0n ? open : 0n);
        if (currency !== row.currency || over <= 0n || !named.get(row.id)?.includes(reference ?? "")) return [];
        const means: Suggestion["means"] =
          open > 0n
            ? {
                kind: "several",
                parts: [
                  { amount: { minor: open, currency }, means: { kind: "clientPaid", invoice } },
                  { amount: { minor: over, currency }, means: { kind: "clientOverpaid", invoice } },
                ],
              }
            : { kind: "clientOverpaid", invoice };
        return [{ means, about: `${number} · ${name ?? ""}`, why: "reference" as const }];
      }),
    ]),
  );
}

/** What leaves an account and goes to nobody the bank has kept for itself. */
function chargesOf({ amount_minor: minor, party, words }: Row): readonly Suggestion[] {
  if (minor >= 0n || party !== "") return [];
  const about = words.split("\n")[0]?.trim().slice(0, 140) || "–";
  return [{ means: { kind: "costPaid", cost: "bank", party: about }, about, why: "bankAlone" }];
}

function suggestionOf({ words, currency, end_to_end: named }: Row, amount: bigint, candidate: Candidate): Suggestion | undefined {
  const { means, about, on, open, word } = candidate;
  const meant = { means, about, ...(on === undefined ? {} : { on }) };
  const fits = candidate.currency === undefined || candidate.currency === currency;
  if (!fits || (open !== undefined && open < amount)) return undefined;
  if ("member" in means && words.includes(word)) return { ...meant, why: "memberNumber" };
  if (referencesIn(words.split("\n")).includes(word) || named === word) return { ...meant, why: "reference" };
  if (open === undefined) return undefined;
  if (open === amount) return { ...meant, why: "sameAmount" };
  return means.kind === "clientPaid" ? { ...meant, why: "openEnough" } : undefined;
}

/** Why a line waits, told from what it says now. */
function leftOf(row: Row, suggestions: readonly Suggestion[]): Left["left"] {
  const { words, end_to_end: endToEnd } = row;
  if (payoutNamedBy(row) !== undefined) return "batchDiffers";
  const references = referencesIn(words.split("\n"));
  if (references.length === 0 && itemNamedBy({ endToEnd }) === undefined) return "noReference";
  return suggestions.filter(({ why }) => why === "reference").length > 1 ? "severalReferences" : "notOpen";
}

/** Invoices that are not paid in full, those due first on top. One in foreign money is meant where a line bears its reference: all that is open of it, by whatever the bank credited. */
async function openInvoices(view: View): Promise<readonly Candidate[]> {
  const rows = await invoices(view)
    .select(sql<string>`(select currency from platform.coop)`.as("home"))
    .where((eb) => eb(eb("collection.paid_minor", "+", eb.ref("collection.credited_minor")), "<", eb.ref("collection.gross_minor")))
    .orderBy("collection.pay_by")
    .orderBy("document.id")
    .limit(500)
    .execute();
  return rows.map((row) => {
    const open = { minor: row.gross_minor - row.credited_minor - row.paid_minor, currency: row.currency };
    const means = { kind: "clientPaid", invoice: row.id } as const;
    const named = { about: `${row.number} · ${row.name ?? ""}`, currency: row.home, word: row.reference };
    return row.currency === row.home
      ? { ...named, means, open: open.minor }
      : { ...named, means: { ...means, settles: open }, open: undefined };
  });
}

/** Payouts that were signed and the bank has not booked. */
async function itemsUnderWay({ db }: View): Promise<readonly Candidate[]> {
  const rows = await db
    .selectFrom("money.payout_item as item")
    .innerJoin("money.payout_batch as batch", "batch.id", "item.batch")
    .innerJoin("membership.member_card as member", "member.id", "item.member")
    .select(["item.id", "item.amount_minor", "item.currency", "member.name"])
    .where("batch.state", "in", ["signed", "exported"])
    .where("item.live", "=", true)
    .where("item.settled_on", "is", null)
    .orderBy("item.id")
    .limit(500)
    .execute();
  return rows.map((row) => ({
    means: { kind: "payoutSettled", item: row.id },
    about: row.name ?? "",
    open: row.amount_minor,
    currency: row.currency,
    word: bankIdOf(row.id),
  }));
}

/** Members whose number stands in the words of a line: they pay a share with it. */
async function membersNamed({ db }: View, rows: readonly Row[]): Promise<readonly Candidate[]> {
  const numbers = rows.flatMap(({ words }) => words.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []);
  if (numbers.length === 0) return [];
  const members = await db.selectFrom("membership.member_card").select(["id", "name"]).where("id", "in", numbers).execute();
  return members.flatMap(({ id, name }) =>
    id === null ? [] : [{ means: { kind: "sharePaid", member: id }, about: name ?? "", open: undefined, currency: undefined, word: id }],
  );
}

/** Shares that may be repaid now. */
const sharesToRepay = async (view: View): Promise<readonly Candidate[]> =>
  (await sharesInTurn(view)).flatMap(({ member, name, amount, wait }) =>
    wait === undefined
      ? [{ means: { kind: "shareRepaid", member }, about: name, open: amount.minor, currency: amount.currency, word: member }]
      : [],
  );

/** What strangers sent and nobody has sent back. */
const straysWaiting = async (view: View): Promise<readonly Candidate[]> =>
  (await straysToSend(view)).map(({ stray, ...of }) => ({ ...of, means: { kind: "straySentBack", stray }, word: stray }));

/** VAT of the months that are closed: it leaves, or it comes back. */
async function vatToSettle({ db }: View): Promise<readonly Candidate[]> {
  const book = await bookIn(db);
  if (!book) return [];
  const { closedUntil: until } = book;
  const { minor, currency } = owedOf(await vatOpen(db, book, until));
  const settled = (kind: VatLine, open: bigint): Candidate => ({
    means: { kind, until },
    about: "",
    on: until,
    open,
    currency,
    word: kind,
  });
  return [settled("vatPaid", minor), settled("vatRefunded", -minor)].filter(({ open = 0n }) => open > 0n);
}
