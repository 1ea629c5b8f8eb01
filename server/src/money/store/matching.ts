// What the references of a bank's line lead to, in SQL, and whether somebody typed that line before the file came.
import { sql } from "kysely";
import {
  aboutOf,
  batchNamedBy,
  itemNamedBy,
  referencesIn,
  type Left,
  type Matched,
  type Named,
  type Typed,
} from "@partcommune/shared/money/rules/matching";
import type { PayoutState } from "@partcommune/shared/money/rules/payout-batch";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope } from "../../platform/scope.ts";
import type { LineToWork } from "./statements.ts";

/** The items and the invoices that lines name, by line. The invoices are held, since what is open of them decides. */
export async function namedBy(scope: Pick<Scope, "tx">, lines: readonly LineToWork[]): Promise<ReadonlyMap<Id, Named>> {
  const items = await itemsFound(
    scope,
    lines.flatMap((line) => itemNamedBy(line) ?? []),
  );
  const batches = await batchesFound(
    scope,
    lines.flatMap((line) => batchNamedBy(line) ?? []),
  );
  const references = new Map(lines.map((line) => [line.id, line.minor > 0n ? referencesIn(line.words) : []]));
  const invoices = Map.groupBy(await invoicesFound(scope, [...references.values()].flat()), ({ reference }) => reference);
  return new Map(
    lines.map((line) => {
      const named = references.get(line.id) ?? [];
      const batch = batches.get(batchNamedBy(line) ?? "");
      return [line.id, { item: items.get(itemNamedBy(line) ?? ""), batch, invoices: named.flatMap((each) => invoices.get(each) ?? []) }];
    }),
  );
}

/** One item of a payout, with what decides what the bank may say of it. */
export const itemFound = async (scope: Pick<Scope, "tx">, id: Id): Promise<Named["item"]> => (await itemsFound(scope, [id])).get(id);

async function itemsFound({ tx }: Pick<Scope, "tx">, ids: readonly Id[]): Promise<ReadonlyMap<Id, NonNullable<Named["item"]>>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom("money.payout_item as item")
    .innerJoin("money.payout_batch as batch", "batch.id", "item.batch")
    .select(["item.id", "item.amount_minor", "item.currency", "item.settled_on", "item.live", "batch.state"])
    .where("item.id", "=", sql<Id>`any (${[...ids]}::uuid[])`)
    .execute();
  return new Map(
    rows.map(({ id, amount_minor: minor, currency, state, settled_on: settledOn, live }) => [
      id,
      { id, amount: { minor, currency }, batch: state as PayoutState, settled: settledOn !== null, live },
    ]),
  );
}

/** A payout, with its transfers that wait for the bank. */
export const batchFound = async (scope: Pick<Scope, "tx">, id: Id): Promise<Named["batch"]> => (await batchesFound(scope, [id])).get(id);

async function batchesFound({ tx }: Pick<Scope, "tx">, ids: readonly Id[]): Promise<ReadonlyMap<Id, NonNullable<Named["batch"]>>> {
  if (ids.length === 0) return new Map();
  const these = sql<Id>`any (${[...new Set(ids)]}::uuid[])`;
  const batches = await tx.selectFrom("money.payout_batch").select(["id", "state"]).where("id", "=", these).execute();
  const rows = await tx
    .selectFrom("money.payout_item")
    .select(["id", "batch", "amount_minor as minor", "currency"])
    .where("batch", "=", these)
    .where("live", "=", true)
    .where("settled_on", "is", null)
    .orderBy("id")
    .execute();
  const waiting = Map.groupBy(rows, ({ batch }) => batch);
  return new Map(
    batches.map(({ id, state }) => [
      id,
      {
        id,
        batch: state as PayoutState,
        items: (waiting.get(id) ?? []).map(({ id: item, minor, currency }) => ({ id: item, amount: { minor, currency } })),
      },
    ]),
  );
}

type Referred = Named["invoices"][number] & { readonly reference: string };

async function invoicesFound({ tx }: Pick<Scope, "tx">, references: readonly string[]): Promise<readonly Referred[]> {
  if (references.length === 0) return [];
  const rows = await tx
    .selectFrom("money.document as document")
    .innerJoin("money.collection as collection", "collection.invoice", "document.id")
    .select(["document.id", "document.reference", "document.currency"])
    .select(["collection.gross_minor", "collection.paid_minor", "collection.credited_minor"])
    .$narrowType<{ reference: string }>()
    .where("document.reference", "=", sql<string>`any (${[...references]}::text[])`)
    .where("document.kind", "=", "invoice")
    .orderBy("document.id")
    .forUpdate("collection")
    .execute();
  return rows.map(({ id, reference, currency, ...row }) => ({
    id,
    reference,
    gross: { minor: row.gross_minor - row.credited_minor, currency },
    paid: { minor: row.paid_minor, currency },
  }));
}

export type Aimed = { readonly line: LineToWork; readonly aim: Matched | Left };

/** Lines that people typed and no file has shown yet, of the bank's own references of these or about the same; the oldest first. */
export async function typedLike(scope: Pick<Scope, "tx">, lines: readonly Aimed[]): Promise<readonly Typed[]> {
  const references = lines.flatMap(({ line: { bankRef } }) => (bankRef === "" ? [] : [bankRef]));
  const about = sql<Id>`any (${lines.flatMap(({ aim }) => ("left" in aim ? [] : aboutOf(aim)))}::uuid[])`;
  const rows = await scope.tx
    .selectFrom("money.bank_line as line")
    .select(["line.id", "line.state", "line.reference", "line.kind", "line.booked_on as bookedOn", "line.amount_minor as minor"])
    .select(["line.currency", sql<Id | null>`coalesce(line.invoice, line.item, line.payout)`.as("about")])
    .where("line.source", "=", "typed")
    .where("line.state", "<>", "discarded")
    .where("line.part_of", "is", null)
    .where((eb) =>
      eb.or([
        eb("line.reference", "=", sql<string>`any (${references}::text[])`),
        eb("line.invoice", "=", about),
        eb("line.item", "=", about),
        eb("line.payout", "=", about),
      ]),
    )
    .where(sql<boolean>`not exists (select from money.statement_line where statement_line.line = line.id)`)
    .orderBy("line.id")
    .execute();
  return rows.map(({ minor, currency, ...row }) => ({ ...row, amount: { minor, currency } }));
}
