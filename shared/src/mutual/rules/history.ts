// How the fund stood at the end of each month, added up from what each month moved, the oldest first.
import { pots, type PerPot } from "../../governance/rules/pots.ts";
import { divideHalfEven, type Ppm } from "../../platform/money.ts";
import type { Day } from "../../platform/time.ts";
import { coverageOf } from "./coverage.ts";

export type Moved = { readonly month: Day; readonly of: string; readonly account: string; readonly minor: bigint };

export type MonthStood = { readonly month: Day; readonly pots: PerPot<bigint>; readonly coverage: Ppm | undefined };

/** Each of these months, in their order, with what the fund then held and whether it covered what was owed. */
export function monthsStood(moved: readonly Moved[], months: readonly Day[]): readonly MonthStood[] {
  const sums = new Map<string, bigint>();
  let at = 0;
  return months.map((month) => {
    for (let each = moved[at]; each && each.month <= month; each = moved[(at += 1)]) {
      const key = `${each.of} ${each.account}`;
      sums.set(key, (sums.get(key) ?? 0n) + each.minor);
    }
    const of = (name: string): bigint => sums.get(`${name} `) ?? 0n;
    // A coop that owes us is no debt of ours: each is looked at by itself.
    const others = [...sums].reduce((so, [key, minor]) => (key.startsWith("sisters ") && minor > 0n ? so + minor : so), 0n);
    const coverage = coverageOf({
      bank: of("bank"),
      vatDue: of("vatDue"),
      owedToMembers: of("owedToMembers"),
      inTransit: of("inTransit"),
      owedToSisters: of("owedToSisters") + others,
    });
    return { month, pots: Object.fromEntries(pots.map((pot) => [pot, of(`pot:${pot}`)])) as PerPot<bigint>, coverage };
  });
}

const step = 1_000n;

/** An amount as it is told of somebody nobody is to know: to the next ten. */
export const rounded = (minor: bigint): bigint => divideHalfEven(minor, step) * step;
