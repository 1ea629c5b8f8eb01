// Lines of the bank as the treasury's desk shows them, in SQL.
import type { Pot } from "@partcommune/shared/governance/rules/pots";
import type { bankLineStates, listBankLines } from "@partcommune/shared/money/api";
import type { Cost } from "@partcommune/shared/money/rules/accounts";
import { comesBy } from "@partcommune/shared/money/rules/bank-line";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day } from "@partcommune/shared/platform/time";
import { filesSentWith } from "../../platform/files/store.ts";
import { cursorOf, isBehind } from "../../platform/list.ts";
import type { View } from "../../platform/scope.ts";
import type { Kind } from "./bank-lines.ts";
import { orderedOn } from "./batches-meant.ts";

type State = (typeof bankLineStates)[number];

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
    .leftJoin("money.payout_batch as batch", "batch.id", "line.payout")
    .leftJoin("money.purpose as purpose", "purpose.id", "line.purpose")
    .leftJoin("money.lender as lender", "lender.id", "line.lender")
    .leftJoin("money.bank_line as stray", "stray.id", "line.stray")
    .leftJoin("money.statement_line as shown", "shown.line", "line.id")
    .select(["line.id", "line.booked_on", "line.amount_minor", "line.currency", "line.reference", "line.kind", "line.state", "line.source"])
    .select(["shown.bank_ref", "shown.words", "shown.party"])
    .select(["line.entered_by", "line.entered_at", "enterer.name as enterer", "confirmer.name as confirmer"])
    .select(["document.number", "member.name as member", "purpose.title as purpose", "line.reason", "line.sister"])
    .select([
      "line.endower",
      "line.pot",
      "lender.name as lender",
      "line.until_on",
      "line.party",
      "line.cost",
      "line.income",
      "line.part_of",
    ])
    .select(["line.payout", "batch.items", orderedOn.$castTo<Day | null>().as("orderedOn")])
    .select((eb) => [eb.fn.coalesce("line.stranger", "stray.stranger").as("stranger")]);

type Row = Awaited<ReturnType<ReturnType<typeof lines>["executeTakeFirstOrThrow"]>>;

type Names = { readonly coops: ReadonlyMap<Id, string>; readonly leftOut: ReadonlyMap<Id, readonly string[]> };

/** Whom or what a line is about, in a word. */
const aboutOf = (row: Row, { coops }: Names): string =>
  row.number ??
  row.member ??
  row.endower ??
  row.party ??
  row.lender ??
  row.stranger ??
  coops.get(row.sister ?? "") ??
  (row.purpose === null ? "" : `${row.purpose} (${row.reason})`);

function factsOf(row: Row, names: Names) {
  const on = row.until_on ?? row.orderedOn;
  const without = names.leftOut.get(row.id)?.length ?? 0;
  return {
    about: aboutOf(row, names),
    ...(on === null ? {} : { on }),
    ...(row.items === null ? {} : { transfers: { meant: row.items - without, all: row.items } }),
  };
}

const partCard = (row: Row, names: Names) => ({
  kind: row.kind as Kind,
  ...factsOf(row, names),
  amount: { minor: row.amount_minor, currency: row.currency },
  came: comesBy(row.kind),
});

const cardOf = ({ actor }: View, row: Row, names: Names): Omit<AnswerOf<typeof listBankLines>["items"][number], "files"> => ({
  id: row.id,
  bookedOn: row.booked_on,
  amount: { minor: row.amount_minor, currency: row.currency },
  reference: shownReference(row),
  source: row.source as "typed" | "file",
  kind: row.kind as Kind,
  ...factsOf(row, names),
  ...(names.leftOut.has(row.id) ? { without: [...(names.leftOut.get(row.id) ?? [])] } : {}),
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

/** Of payouts that left as one sum, by line: whose transfers did not leave with it. */
async function leftOut({ db }: View, shown: readonly Row[]): Promise<ReadonlyMap<Id, readonly string[]>> {
  const wholes = shown.flatMap(({ id, payout }) => (payout === null ? [] : [id]));
  if (wholes.length === 0) return new Map();
  const rows = await db
    .selectFrom("money.bank_line as line")
    .innerJoin("money.payout_item as item", "item.batch", "line.payout")
    .innerJoin("membership.member_card as member", "member.id", "item.member")
    .leftJoin("money.bank_line as part", (join) => join.onRef("part.part_of", "=", "line.id").onRef("part.item", "=", "item.id"))
    .select(["line.id", "member.name"])
    .where("line.id", "in", wholes)
    .where("part.id", "is", null)
    .orderBy("item.id")
    .execute();
  return new Map([...Map.groupBy(rows, ({ id }) => id)].map(([id, of]) => [id, of.map(({ name }) => name ?? "")]));
}

async function partsOf(view: View, shown: readonly Row[]): Promise<readonly Row[]> {
  const wholes = shown.flatMap(({ kind, id }) => (kind === "several" ? [id] : []));
  return wholes.length === 0 ? [] : lines(view).where("line.part_of", "in", wholes).orderBy("line.id").execute();
}

/** Newest first. */
export async function bankLines(view: View, { limit, after }: InputOf<typeof listBankLines>): Promise<AnswerOf<typeof listBankLines>> {
  const rows = await lines(view)
    .where("line.part_of", "is", null)
    .where((eb) => isBehind(eb, after, "<", "line.entered_at", "line.id"))
    .orderBy("line.entered_at", "desc")
    .orderBy("line.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const parts = await partsOf(view, shown);
  const files = await filesSentWith(
    view,
    shown.map(({ id }) => id),
  );
  const names = {
    coops: await view.coops([...shown, ...parts].flatMap(({ sister }) => sister ?? [])),
    leftOut: await leftOut(view, shown),
  };
  return {
    items: shown.map((row) => {
      const own = parts.filter((part) => part.part_of === row.id).map((part) => partCard(part, names));
      return { ...cardOf(view, row, names), files: files.get(row.id) ?? [], ...(own.length > 0 ? { parts: own } : {}) };
    }),
    ...(rows.length > limit && last ? { next: cursorOf(last.entered_at, last.id) } : {}),
  };
}

/** A line for whoever may see it, as the files know it that are kept with it. */
export const lineSeen = async ({ db }: View, line: Id): Promise<{ readonly state: string } | undefined> =>
  db.selectFrom("money.bank_line").select("state").where("id", "=", line).where("part_of", "is", null).executeTakeFirst();
