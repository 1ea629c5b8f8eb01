// What the references of a bank's line lead to, in SQL, and whether somebody typed that line before the file came.
import { sql } from "kysely";
import { itemNamedBy, referencesIn, type Matched, type Named } from "@partcommune/shared/money/rules/matching";
import type { PayoutState } from "@partcommune/shared/money/rules/payout-batch";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope } from "../../platform/scope.ts";
import type { LineToWork } from "./statements.ts";

/** The item and the invoices that a line names. The invoices are held, since what is open of them decides. */
export async function namedBy(scope: Pick<Scope, "tx">, line: LineToWork): Promise<Named> {
  const item = itemNamedBy(line);
  return {
    item: item === undefined ? undefined : await itemFound(scope, item),
    invoices: line.minor > 0n ? await invoicesFound(scope, referencesIn(line.words)) : [],
  };
}

export async function itemFound({ tx }: Pick<Scope, "tx">, id: Id): Promise<Named["item"]> {
  const row = await tx
    .selectFrom("money.payout_item as item")
    .innerJoin("money.payout_batch as batch", "batch.id", "item.batch")
    .select(["item.id", "item.amount_minor", "item.currency", "item.settled_on", "item.live", "batch.state"])
    .where("item.id", "=", id)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      amount: { minor: row.amount_minor, currency: row.currency },
      batch: row.state as PayoutState,
      settled: row.settled_on !== null,
      live: row.live,
    }
  );
}

async function invoicesFound({ tx }: Pick<Scope, "tx">, references: readonly string[]): Promise<Named["invoices"]> {
  if (references.length === 0) return [];
  const rows = await tx
    .selectFrom("money.document as document")
    .innerJoin("money.collection as collection", "collection.invoice", "document.id")
    .select(["document.id", "document.currency", "collection.gross_minor", "collection.paid_minor", "collection.credited_minor"])
    .where("document.reference", "in", references)
    .where("document.kind", "=", "invoice")
    .orderBy("document.id")
    .forUpdate("collection")
    .execute();
  return rows.map(({ id, currency, ...row }) => ({
    id,
    gross: { minor: row.gross_minor - row.credited_minor, currency },
    paid: { minor: row.paid_minor, currency },
  }));
}

/** Lines that people typed and no file has shown yet. */
const typed = ({ tx }: Pick<Scope, "tx">, { minor, currency }: LineToWork) =>
  tx
    .selectFrom("money.bank_line as line")
    .select(["line.id", "line.state"])
    .where("line.source", "=", "typed")
    .where("line.state", "<>", "discarded")
    .where("line.amount_minor", "=", minor < 0n ? -minor : minor)
    .where("line.currency", "=", currency)
    .where(sql<boolean>`not exists (select from money.statement_line where statement_line.line = line.id)`)
    .orderBy("line.id")
    .limit(1);

export type Typed = { readonly id: Id; readonly state: string };

/** The same line as somebody typed it, by the bank's own reference. */
export const typedByReference = async (scope: Pick<Scope, "tx">, line: LineToWork): Promise<Typed | undefined> =>
  line.bankRef === "" ? undefined : typed(scope, line).where("line.reference", "=", line.bankRef).executeTakeFirst();

/** The same line as somebody typed it within a week of it, by what both mean. */
export const typedByMeaning = async (scope: Pick<Scope, "tx">, line: LineToWork, { kind, ...means }: Matched): Promise<Typed | undefined> =>
  typed(scope, line)
    .where("line.kind", "=", kind)
    .where(sql<boolean>`abs(line.booked_on - ${line.bookedOn}::date) <= 7`)
    .where((eb) => eb("invoice" in means ? "line.invoice" : "line.item", "=", "invoice" in means ? means.invoice : means.item))
    .executeTakeFirst();
