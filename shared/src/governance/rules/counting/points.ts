// Approval and score: every option has the mean of the points it got, of each college by its weight; the most points win, ties by lot.
import { compare, type Fraction } from "../majority.ts";
import { byCollege, mean, told, type Of, type Weights } from "./colleges.ts";

/** Points by option; what is not named has none. */
export type Points = Readonly<Record<string, number>>;

export type PointsStage = {
  readonly options: readonly {
    readonly key: string;
    readonly points: number;
    readonly mean: { readonly over: string; readonly under: string };
  }[];
};

/** Every option with its points, the winner first; `lot`: the options in the order that ends ties. */
export function countPoints(
  cast: readonly Of<Points>[],
  weights: Weights,
  lot: readonly string[],
): { readonly carried: boolean; readonly winner?: string; readonly stages: PointsStage } {
  const colleges = byCollege(cast, weights);
  const sum = (ballots: readonly Points[], key: string): number => ballots.reduce((total, points) => total + (points[key] ?? 0), 0);
  const meanOf = (key: string): Fraction =>
    mean(
      colleges.map(([college, ballots]) => ({
        weight: weights[college] ?? 0,
        share: { over: BigInt(sum(ballots, key)), under: BigInt(ballots.length) },
      })),
    );
  if (colleges.length === 0) return { carried: false, stages: { options: [] } };
  const all = colleges.flatMap(([, ballots]) => ballots);
  const options = lot
    .map((key) => ({ key, points: sum(all, key), mean: meanOf(key) }))
    .toSorted((one, other) => -compare(one.mean, other.mean));
  const [first] = options;
  return {
    carried: first !== undefined && first.points > 0,
    ...(first && first.points > 0 ? { winner: first.key } : {}),
    stages: { options: options.map((each) => ({ ...each, mean: told(each.mean) })) },
  };
}
