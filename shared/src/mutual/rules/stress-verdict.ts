// What a stress run says in words: how low cash gets, when coverage falls below what members voted, which pot is emptied, and what would have been enough.
import { pots, type Pot } from "../../governance/rules/pots.ts";
import { wholePpm, type Ppm } from "../../platform/money.ts";
import type { Shock, StressMonth } from "./stress.ts";

export type Verdict = {
  readonly lowest: { readonly month: number; readonly cash: bigint };
  /** The first month at whose end cash is below zero; absent where it never is. */
  readonly emptyIn?: number;
  /** Months of coverage below the limit, each time from one to another. */
  readonly below: readonly { readonly from: number; readonly to: number }[];
  /** Pots in the order in which they run out. */
  readonly emptied: readonly { readonly pot: Pot; readonly month: number }[];
  /** What on the first day would have kept coverage at the limit, and the month that asks for it. */
  readonly shortfall?: { readonly month: number; readonly minor: bigint };
};

/** Reads a run against the coverage below which members want to be told. */
export function verdictOf(run: readonly StressMonth[], limit: Ppm): Verdict {
  const lowest = run.reduce((so, { month, cash }) => (cash < so.cash ? { month, cash } : so), { month: 0, cash: run[0]?.cash ?? 0n });
  const empty = run.find(({ cash }) => cash < 0n);
  const shortfall = run.map((month) => ({ month: month.month, minor: missing(month, limit) })).reduce(larger, { month: 0, minor: 0n });
  const emptied = pots.flatMap((pot) => {
    const month = run.find((each) => each.pots[pot] < 0n);
    return month ? [{ pot, month: month.month }] : [];
  });
  return {
    lowest,
    ...(empty ? { emptyIn: empty.month } : {}),
    below: stretches(run.filter((month) => missing(month, limit) > 0n).map(({ month }) => month)),
    emptied: emptied.toSorted((one, other) => one.month - other.month),
    ...(shortfall.minor > 0n ? { shortfall } : {}),
  };
}

type Missing = NonNullable<Verdict["shortfall"]>;

const larger = (so: Missing, each: Missing): Missing => (each.minor > so.minor ? each : so);

/** How much more cash a month would need at its end; rounded up, so that it is enough. */
function missing({ cash, vatDue, owedToSisters, budgets, savings }: StressMonth, limit: Ppm): bigint {
  const wanted = limit * (budgets + savings);
  return (wanted + wholePpm - 1n) / wholePpm - (cash - vatDue - owedToSisters);
}

/** Months that follow each other, as one. */
function stretches(months: readonly number[]): Verdict["below"] {
  const found: { from: number; to: number }[] = [];
  for (const month of months) {
    const last = found.at(-1);
    if (last && last.to === month - 1) last.to = month;
    else found.push({ from: month, to: month });
  }
  return found;
}

export const presets = ["client", "barred", "late", "all"] as const;
export type Preset = (typeof presets)[number];

/** What part of the turnover hangs on the largest client, and on the largest branch or activity in one country. */
export type Hanging = { readonly client: Ppm; readonly barred: Ppm };

/** Nothing breaks. */
export const calm: Shock = { lost: 0n, lostUnpaid: 0n, delay: 0, askedBack: 0n, claimsTimes: wholePpm, claimsMonths: 0 };
const frightened = { askedBack: 500_000n, claimsTimes: 2n * wholePpm, claimsMonths: 6 };
const barredUnpaid: Ppm = 200_000n;

/** The largest client fails; the largest branch or activity is barred from one day to the next; everyone pays a month later; all three. */
export function shockOf(preset: Preset, { client, barred }: Hanging): Shock {
  if (preset === "client") return { ...calm, lost: client, lostUnpaid: wholePpm };
  if (preset === "barred") return { ...calm, ...frightened, lost: barred, lostUnpaid: barredUnpaid };
  if (preset === "late") return { ...calm, delay: 1 };
  const both = client + barred;
  const lostUnpaid = both > 0n ? (client * wholePpm + barred * barredUnpaid) / both : 0n;
  return { ...calm, ...frightened, lost: both > wholePpm ? wholePpm : both, lostUnpaid, delay: 1 };
}
