// What the treasury's desk shows of payouts: what can be ordered, and what was.
import { sql } from "kysely";
import type { listPayables, listPayouts } from "@partcommune/shared/money/api";
import { waitsFor } from "@partcommune/shared/money/rules/payout";
import type { Where } from "@partcommune/shared/money/rules/self-billing";
import type { PayoutState } from "@partcommune/shared/money/rules/payout-batch";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { cursorOf, isBehind, placeAfter } from "../../platform/list.ts";
import type { View } from "../../platform/scope.ts";
import { shortOf } from "./advances.ts";
import { placesInQueue, type Place } from "./fronting.ts";
import { factsOfPayable, leaving, whereOf, type PayableOwed } from "./payables.ts";
import type { PayRow } from "./pay.ts";
import { takings, type Taking } from "./payout-files.ts";
import { lastSaid, refusedBefore, type SaidOf } from "./reports.ts";

/** What has no due day stands behind everything that has one. */
const due = sql<Day>`coalesce(payable.due_on, '9999-12-31')`;

/** What members are owed and nobody has ordered, due first on top. */
export async function openPayables(view: View, { limit, after }: InputOf<typeof listPayables>): Promise<AnswerOf<typeof listPayables>> {
  const [afterDay, afterId] = placeAfter(after, 2);
  const rows = await factsOfPayable(view.db, view.now)
    .innerJoin("membership.member_card as member", "member.id", "payable.member")
    .leftJoin("money.document as document", "document.id", "payable.invoice")
    .select(["member.name", "document.number", "payable.due_on", due.as("due")])
    .where("item.id", "is", null)
    .$if(afterDay !== undefined && afterId !== undefined, (query) =>
      query.where(sql<boolean>`(${due}, payable.id) > (${afterDay}::date, ${afterId}::uuid)`),
    )
    .orderBy(due)
    .orderBy("payable.id")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const places = shown.some(({ queuedFor }) => queuedFor !== null) ? await placesInQueue(view) : new Map<Id, Place>();
  const short = await shortOf(view, shown);
  const where = await whereOf(view);
  const refused = await refusedBefore(
    view,
    shown.map(({ id }) => id),
  );
  return {
    items: shown.map((row) => payableCard({ ...row, short: short.has(row.id), refused: refused.get(row.id) }, places.get(row.id), where)),
    ...(rows.length > limit && last ? { next: cursorOf(last.due, last.id) } : {}),
  };
}

type PayableRow = PayableOwed & {
  name: string | null;
  number: string | null;
  due_on: Day | null;
  short: boolean;
  refused: SaidOf | undefined;
};

function payableCard(row: PayableRow, queue: Place | undefined, where: Where): AnswerOf<typeof listPayables>["items"][number] {
  const waiting = waitsFor(row);
  const { amount, vat } = leaving(row, where);
  return {
    id: row.id,
    member: row.name ?? "",
    about: row.about,
    ...(row.number === null ? {} : { invoice: row.number }),
    amount,
    ...(row.isPay ? { cost: { minor: row.amount_minor, currency: row.currency } } : {}),
    ...(vat.minor === 0n ? {} : { vat }),
    ...(row.due_on === null ? {} : { dueOn: row.due_on }),
    ...(waiting === undefined ? {} : { waitsFor: waiting }),
    ...(queue === undefined ? {} : { queue }),
    ...(row.refused === undefined ? {} : { refusedBefore: inShort(row.refused) }),
  };
}

const batches = ({ db }: View) =>
  db
    .selectFrom("money.payout_batch as batch")
    .innerJoin("membership.person_card as orderer", "orderer.id", "batch.ordered_by")
    .leftJoin("money.payout_signature as second", (join) => join.onRef("second.batch", "=", "batch.id").on("second.no", "=", 2))
    .leftJoin("membership.person_card as signer", "signer.id", "second.person")
    .select(["batch.id", "batch.state", "batch.total_minor", "batch.currency", "batch.hash", "batch.ordered_by", "batch.ordered_at"])
    .select(["orderer.name as orderer", "signer.name as signer"]);

type BatchRow = Awaited<ReturnType<ReturnType<typeof batches>["executeTakeFirstOrThrow"]>>;
type Items = AnswerOf<typeof listPayouts>["items"][number]["items"];

const isAsking = ({ actor }: View, person: Id): boolean => actor.kind === "person" && actor.person === person;

/** What became of a batch at the bank. */
type AtBank = { readonly taken: readonly Taking[]; readonly said: SaidOf | undefined };
type BatchCard = AnswerOf<typeof listPayouts>["items"][number];

/** What the bank reported; what it left empty is absent. */
const inShort = ({ status, reason, words, at }: SaidOf): NonNullable<BatchCard["said"]> => ({
  status,
  at,
  ...(reason === "" ? {} : { reason }),
  ...(words === "" ? {} : { words }),
});

const batchCard = (view: View, row: BatchRow, items: Items, { taken, said }: AtBank): BatchCard => ({
  id: row.id,
  state: row.state as PayoutState,
  total: { minor: row.total_minor, currency: row.currency },
  hash: row.hash.toString("hex"),
  orderedBy: row.orderer ?? "",
  orderedAt: row.ordered_at,
  ...(row.signer === null ? {} : { signedBy: row.signer }),
  mine: isAsking(view, row.ordered_by),
  ...(said === undefined ? {} : { said: inShort(said) }),
  taken: taken.map(({ by, at, person }) => ({ by, at, mine: isAsking(view, person) })),
  items,
});

/** Batches with their items, newest first. */
export async function payouts(view: View, { limit, after }: InputOf<typeof listPayouts>): Promise<AnswerOf<typeof listPayouts>> {
  const rows = await batches(view)
    .where((eb) => isBehind(eb, after, "<", "batch.ordered_at", "batch.id"))
    .orderBy("batch.ordered_at", "desc")
    .orderBy("batch.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const ids = shown.map(({ id }) => id);
  const said = await lastSaid(view, ids);
  const items = await itemsByBatch(view, ids, said);
  const taken = Map.groupBy(await takings(view, ids), ({ batch }) => batch);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => batchCard(view, row, items.get(row.id) ?? [], { taken: taken.get(row.id) ?? [], said: said.get(row.id) })),
    ...(rows.length > limit && last ? { next: cursorOf(last.ordered_at, last.id) } : {}),
  };
}

async function itemsByBatch({ db }: View, ids: readonly Id[], said: ReadonlyMap<Id, SaidOf>): Promise<ReadonlyMap<Id, Items>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("money.payout_item as item")
    .innerJoin("membership.member_card as member", "member.id", "item.member")
    .innerJoin("money.iban as account", "account.id", "item.iban")
    .leftJoin("money.self_billed as paper", "paper.item", "item.id")
    .select([
      "item.batch",
      "item.id",
      "member.name",
      "account.masked",
      "item.amount_minor",
      "item.currency",
      "item.settled_on",
      "item.refused_on",
      "item.payable",
      "item.live",
    ])
    .leftJoin("money.self_billed_objection as wrong", "wrong.paper", "paper.id")
    .leftJoin("money.pay as pay", "pay.id", "item.pay")
    .select(["pay.cost_minor", "pay.employee_minor", "pay.employer_minor", "pay.model"])
    .select(["item.vat_minor", "paper.id as paper", "paper.number", "wrong.because"])
    .where("item.batch", "in", ids)
    .orderBy("item.id")
    .execute();
  const refused = await refusedBefore(
    { db },
    rows.flatMap(({ payable, live }) => (live ? [payable] : [])),
  );
  const cards = rows.map(({ batch, id, name, masked: iban, amount_minor: minor, currency, settled_on: settledOn, ...row }) => ({
    batch,
    card: {
      id,
      member: name ?? "",
      iban,
      amount: { minor, currency },
      ...(row.vat_minor === 0n ? {} : { vat: { minor: row.vat_minor, currency } }),
      ...payTold(row, currency),
      ...(row.paper === null || row.number === null
        ? {}
        : { paper: { id: row.paper, number: row.number, ...(row.because === null ? {} : { wrong: row.because }) } }),
      ...(settledOn === null ? {} : { settledOn }),
      ...(row.refused_on === null ? {} : { refusedOn: row.refused_on }),
      // Only one transfer of a payable lives: what was refused of it came before.
      ...reported(said.get(id), row.live ? refused.get(row.payable) : undefined),
    },
  }));
  return new Map([...Map.groupBy(cards, ({ batch }) => batch)].map(([batch, of]) => [batch, of.map(({ card }) => card)]));
}

/** The last of a transfer, and what refused an earlier one of the same. */
const reported = (said: SaidOf | undefined, before: SaidOf | undefined) => ({
  ...(said === undefined ? {} : { said: inShort(said) }),
  ...(before === undefined ? {} : { refusedBefore: inShort(before) }),
});

type PayTold = Pick<PayRow, "cost_minor" | "employee_minor" | "employer_minor"> & { readonly model: string | null };

/** Of pay, what the budget bears and the contributions of both sides. */
function payTold({ cost_minor: cost, employee_minor: employee, employer_minor: employer, model }: PayTold, currency: string) {
  if (cost === null || employee === null || employer === null || model === null) return {};
  const money = (minor: bigint): Money => ({ minor, currency });
  return { pay: { cost: money(cost), employee: money(employee), employer: money(employer), model } };
}
