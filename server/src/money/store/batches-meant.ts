// Payouts that a line which left may mean as a whole, in SQL.
import { sql } from "kysely";
import type { listWaitingLines } from "@partcommune/shared/money/api/statement";
import { batchNamedBy } from "@partcommune/shared/money/rules/matching";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";

type Suggestion = AnswerOf<typeof listWaitingLines>["items"][number]["suggestions"][number];
type Row = {
  readonly id: Id;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly end_to_end: string;
  readonly batch: string;
};

/** The payout that a waiting line names as a whole. */
export const payoutNamedBy = ({ amount_minor: minor, end_to_end: endToEnd, batch }: Row): Id | undefined =>
  batchNamedBy({ minor, endToEnd, batch });

/** The day on which a payout was ordered, where the coop is. */
export const orderedOn = sql<Day>`(batch.ordered_at at time zone (select zone from platform.coop))::date`;

/** Payouts that the bank has not booked whole, with what waits of each. */
const underWay = async ({ db }: Pick<View, "db">) =>
  db
    .selectFrom("money.payout_batch as batch")
    .innerJoin("money.payout_item as item", "item.batch", "batch.id")
    .select(["batch.id", "batch.currency", "batch.items", orderedOn.as("orderedOn")])
    .select([sql<bigint>`sum(item.amount_minor)::bigint`.as("minor"), sql<number>`count(*)::integer`.as("waiting")])
    .where("batch.state", "in", ["signed", "exported"])
    .where("item.live", "=", true)
    .where("item.settled_on", "is", null)
    .groupBy("batch.id")
    .orderBy("batch.id")
    .execute();

type UnderWay = Awaited<ReturnType<typeof underWay>>[number];

/** By line: payouts whose waiting transfers come to it; of one that it names also those that come to it but for a single transfer. */
export async function batchesMeant(view: View, rows: readonly Row[]): Promise<ReadonlyMap<Id, readonly Suggestion[]>> {
  const left = rows.filter(({ amount_minor: minor }) => minor < 0n);
  if (left.length === 0) return new Map();
  const batches = await underWay(view);
  const found = new Map<Id, readonly Suggestion[]>();
  for (const row of left) {
    const named = payoutNamedBy(row);
    const whole = batches.flatMap((batch) => wholeOf(row, batch, named) ?? []);
    const differs = whole.length > 0 ? undefined : batches.find(({ id, currency }) => id === named && currency === row.currency);
    found.set(row.id, differs ? await butOne(view, row, differs) : whole);
  }
  return found;
}

const factsOf = ({ orderedOn: on, items: all }: Pick<UnderWay, "orderedOn" | "items">, meant: number) =>
  ({ about: "", on, transfers: { meant, all } }) satisfies Partial<Suggestion>;

/** A payout of one transfer is suggested as that transfer. */
function wholeOf(row: Row, { id: payout, minor, currency, waiting, ...batch }: UnderWay, named: Id | undefined): Suggestion | undefined {
  if (minor !== -row.amount_minor || currency !== row.currency) return undefined;
  if (payout !== named && waiting < 2) return undefined;
  const why = payout === named ? "reference" : "sameAmount";
  return { means: { kind: "batchSettled", payout }, ...factsOf(batch, waiting), why };
}

async function butOne({ db }: Pick<View, "db">, row: Row, batch: UnderWay): Promise<readonly Suggestion[]> {
  const items = await db
    .selectFrom("money.payout_item as item")
    .innerJoin("membership.member_card as member", "member.id", "item.member")
    .select(["item.id", "member.name"])
    .where("item.batch", "=", batch.id)
    .where("item.live", "=", true)
    .where("item.settled_on", "is", null)
    .where("item.amount_minor", "=", batch.minor + row.amount_minor)
    .orderBy("item.id")
    .execute();
  return items.map(({ id, name }) => ({
    means: { kind: "batchSettled", payout: batch.id, without: [id] },
    ...factsOf(batch, batch.waiting - 1),
    without: [name ?? ""],
    why: "butOne",
  }));
}
