// How much of a year's work hangs on one client, sister, branch or activity: what breaks one of them breaks so much of the coop.
import { wholePpm, type Ppm } from "../../platform/money.ts";
import type { Level } from "./coverage.ts";

export const concentrations = ["client", "sister", "branch", "activity", "activityCountry"] as const;
export type ConcentrationKind = (typeof concentrations)[number];

/** What members voted for each: clients and sisters by one limit, kinds of work by another. */
export type Limits = { readonly client: Ppm; readonly branch: Ppm };

export const limitOf = (by: ConcentrationKind, { client, branch }: Limits): Ppm => (by === "client" || by === "sister" ? client : branch);

/** A year's turnover on one of a kind. */
export type Slice = { readonly by: ConcentrationKind; readonly key: string; readonly minor: bigint };

export type Concentration = {
  readonly by: ConcentrationKind;
  readonly key: string;
  readonly ppm: Ppm;
  readonly limit: Ppm;
  readonly level: Level;
};

/** The largest of each kind, of the whole. A kind without any is not told. */
export function concentrationsOf(slices: readonly Slice[], whole: bigint, limits: Limits): readonly Concentration[] {
  if (whole <= 0n) return [];
  return concentrations.flatMap((by) => {
    const largest = slices.filter((slice) => slice.by === by).reduce(larger, undefined);
    if (!largest || largest.minor <= 0n) return [];
    const ppm = (largest.minor * wholePpm) / whole;
    const limit = limitOf(by, limits);
    return [{ by, key: largest.key, ppm, limit, level: concentrationLevel(ppm, limit) }];
  });
}

const larger = (so: Slice | undefined, each: Slice): Slice => (so && so.minor >= each.minor ? so : each);

/** Over what members voted it is red, and amber from two thirds of it. */
export function concentrationLevel(ppm: Ppm, limit: Ppm): Level {
  if (ppm > limit) return "red";
  return 3n * ppm >= 2n * limit ? "amber" : "fine";
}

/** What the presets of a stress run strike: the largest client, and the larger of branch and activity in one country. */
export function hangingOf(found: readonly Concentration[]): { readonly client: Ppm; readonly barred: Ppm } {
  const of = (kind: ConcentrationKind): Ppm => found.find(({ by }) => by === kind)?.ppm ?? 0n;
  const [branch, activity] = [of("branch"), of("activityCountry")];
  return { client: of("client"), barred: branch > activity ? branch : activity };
}
