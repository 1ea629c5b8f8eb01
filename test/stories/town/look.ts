// What an outsider sees of a town each evening, held against what the story itself knows.
import { sql } from "kysely";
import { readFund } from "@partcommune/shared/mutual/api";
import { amountText } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import type { Bank } from "./bank.ts";
import { told } from "./telling.ts";
import type { Town } from "./town.ts";
import type { Underway } from "./work.ts";

const text = (minor: bigint): string => amountText({ minor, currency: "EUR" });

export type Evening = {
  readonly exposure: bigint;
  readonly queued: number;
  readonly guaranteePot: bigint;
  readonly wrong: readonly string[];
};

const minorOf = (amount: string): bigint => BigInt(amount.replace(".", ""));

export type Looking = {
  readonly town: Town;
  readonly bank: Bank;
  readonly all: readonly Underway[];
  /** Pots that have reached their floor. Where the founders began with less, that is what the wizard told them. */
  readonly filled: Set<string>;
};

/** The fund page as anybody reads it: what it shows as exposed and in the bank is so, and no pot stands below its floor with nobody told. */
export async function evening({ town: { coop }, bank, all, filled }: Looking, day: Day): Promise<Evening> {
  const { guarantee, queue, pots, warnings, coverage } = await told(coop.someone(), readFund, {});
  const exposed = all.reduce((so, each) => (each.ahead && !each.collected && !each.lost ? so + (each.budget ?? 0n) : so), 0n);
  const isBelow = ({ available, held }: (typeof pots)[number]): boolean => minorOf(available.amount) + minorOf(held.amount) < 0n;
  for (const each of pots) if (!isBelow(each)) filled.add(each.pot);
  const warned = new Set(warnings.flatMap(({ pot, endedOn }) => (pot === undefined || endedOn !== undefined ? [] : [pot])));
  const untold = pots.filter((each) => isBelow(each) && filled.has(each.pot) && !warned.has(each.pot));
  const wrong = [
    ...(guarantee.exposure.amount === text(exposed)
      ? []
      : [`${day}: ${guarantee.exposure.amount} is shown as exposed, ${text(exposed)} is`]),
    ...(coverage.bank.amount === text(bank.balance())
      ? []
      : [`${day}: the book has ${coverage.bank.amount}, the bank ${text(bank.balance())}`]),
    ...untold.map(({ pot }) => `${day}: the pot ${pot} is below its floor, and nobody is told`),
  ];
  const pot = pots.find((each) => each.pot === "guarantee");
  return { exposure: exposed, queued: queue.count, guaranteePot: minorOf(pot?.available.amount ?? "0.00"), wrong };
}

/** After the clock has struck: whoever is due to be paid ahead is, or stands in the queue, and then an alert stands. */
export async function clockKept({ coop }: Town, day: Day): Promise<readonly string[]> {
  const { rows } = await sql<{ forgotten: number; queued: number; alerts: number }>`
    select count(*) filter (where payable.queued_for is null)::int as forgotten, count(payable.queued_for)::int as queued,
      (select count(*) from mutual.alert where ended_at is null)::int as alerts
    from money.payable join money.collection using (invoice)
    where front_on <= ${day}::date and fronted_at is null and payable.credited_minor + payable.lost_minor < payable.amount_minor
      and paid_minor + collection.credited_minor + collection.lost_minor < gross_minor
      and not exists (select from money.payout_item where payout_item.payable = payable.id and live)`.execute(coop.db);
  const [{ forgotten, queued, alerts } = { forgotten: 0, queued: 0, alerts: 0 }] = rows;
  return [
    ...(forgotten > 0 ? [`${day}: ${forgotten} are due to be paid ahead, and neither paid nor queued`] : []),
    ...(queued > 0 === alerts > 0 ? [] : [`${day}: ${queued} stand in the queue under ${alerts} alerts`]),
  ];
}
