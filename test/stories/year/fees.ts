// Every fee of a year reckoned anew, by nothing of the coop's own law: from the public history of the rates and the split, with fractions of its own.
import { sql } from "kysely";
import { listBylawVersions } from "@partcommune/shared/governance/api";
import type { Instant } from "@partcommune/shared/platform/time";
import { publishedOn } from "../town/rates.ts";
import { told } from "../town/telling.ts";
import type { Town } from "../town/town.ts";
import type { Day } from "@partcommune/shared/platform/time";

type Invoice = {
  readonly number: string;
  readonly currency: string;
  readonly net: bigint;
  readonly home_net: bigint;
  readonly issued_on: Day;
  readonly signed_at: Instant;
  readonly posted_at: Instant;
  readonly budgets: bigint;
  readonly pots: Readonly<Record<string, string>>;
};

const million = 1_000_000n;
/** In this order cents that are left over go to pots whose rest is the same. */
const order = ["guarantee", "insurance", "coaching", "advances", "reserve", "running"] as const;

/** To the nearest whole, and from the middle to the even one. */
function nearest(numerator: bigint, denominator: bigint): bigint {
  const [whole, rest] = [numerator / denominator, 2n * (numerator % denominator)];
  return rest > denominator || (rest === denominator && whole % 2n === 1n) ? whole + 1n : whole;
}

/** What a fee brings each pot: whole cents first, then one each to those whose rest is largest. */
function sharedAmong(fee: bigint, parts: Readonly<Record<string, number>>): ReadonlyMap<string, bigint> {
  const shares = order.map((pot) => ({ pot, exact: fee * BigInt(parts[pot] ?? 0) }));
  const got = new Map<string, bigint>(shares.map(({ pot, exact }) => [pot, exact / million]));
  let left = fee - [...got.values()].reduce((so, each) => so + each, 0n);
  for (const { pot } of shares.toSorted((one, other) => Number((other.exact % million) - (one.exact % million)))) {
    if (left === 0n) break;
    got.set(pot, (got.get(pot) ?? 0n) + 1n);
    left -= 1n;
  }
  return got;
}

type Version = { readonly value: unknown; readonly validFrom: Instant };

/** The newest that held at an instant. */
const inForce = (versions: readonly Version[], at: Instant): unknown => versions.find(({ validFrom }) => validFrom <= at)?.value;

export type Fees = {
  readonly invoices: number;
  readonly fees: bigint;
  /** By rate, how many invoices stand on it. */
  readonly rates: ReadonlyMap<number, number>;
  /** Of those on the first rate, how many were issued after it had ended. */
  readonly late: number;
  readonly wrong: readonly string[];
};

export async function feesAgain({ coop }: Town): Promise<Fees> {
  const history = async (key: "fee.rate" | "fund.split"): Promise<readonly Version[]> =>
    (await told(coop.someone(), listBylawVersions, { key })).items;
  const [rates, splits] = [await history("fee.rate"), await history("fund.split")];
  const used = new Map<number, number>();
  const wrong: string[] = [];
  let [fees, late] = [0n, 0];
  const invoices = await invoicesOf(coop);
  for (const invoice of invoices) {
    const rate = Number(inForce(rates, invoice.signed_at));
    used.set(rate, (used.get(rate) ?? 0) + 1);
    if (rate !== inForce(rates, invoice.posted_at)) late += 1;
    const worth = atHome(invoice);
    const fee = nearest(worth * BigInt(rate), million);
    fees += fee;
    const shares = sharedAmong(fee, inForce(splits, invoice.posted_at) as Readonly<Record<string, number>>);
    const off = order.filter((pot) => BigInt(invoice.pots[pot] ?? 0) !== shares.get(pot));
    if (worth !== invoice.home_net) wrong.push(`${invoice.number}: worth ${worth}, booked as ${invoice.home_net}`);
    if (invoice.budgets !== worth - fee) wrong.push(`${invoice.number}: the members have ${invoice.budgets}, and not ${worth - fee}`);
    if (off.length > 0) wrong.push(`${invoice.number}: ${off.join(", ")} have other parts of ${fee}`);
  }
  return { invoices: invoices.length, fees, rates: used, late, wrong };
}

/** What the price is worth in euros by what was published for the day of the invoice. */
function atHome({ currency, net, issued_on: on }: Invoice): bigint {
  if (currency === "EUR") return net;
  return nearest(net * 10_000n, BigInt(publishedOn(currency, on).replace(".", "")));
}

async function invoicesOf({ db }: Town["coop"]): Promise<readonly Invoice[]> {
  const { rows } = await sql<Invoice>`
    select document.number, document.currency, document.net_minor as net, document.home_net_minor as home_net, document.issued_on,
      engagement.signed_at, entry.at as posted_at,
      -coalesce(sum(leg.amount) filter (where account.code like 'member:%'), 0)::bigint as budgets,
      coalesce(jsonb_object_agg(split_part(account.code, ':', 2), (-leg.amount)::text) filter (where account.code like 'pot:%'), '{}') as pots
    from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
    join money.document on document.id = entry.document_id join marketplace.engagement on engagement.id = document.engagement
    where entry.kind = 'invoice.issued'
    group by document.id, engagement.signed_at, entry.at order by document.number`.execute(db);
  return rows;
}
