// Yes or no: the share of yes among those who said either, of each college by its weight. Whoever abstains has come, and has no share.
import { isReached, type Majority } from "../majority.ts";
import type { College } from "../words.ts";
import { byCollege, mean, told, type Of, type Weights } from "./colleges.ts";

export type Answer = "yes" | "no" | "abstain";

export type YesNo = {
  readonly colleges: readonly { readonly college: string; readonly yes: number; readonly no: number; readonly abstain: number }[];
  /** Of yes, over all colleges that said yes or no; none when nobody did. */
  readonly share?: { readonly over: string; readonly under: string };
};

/** Whether it carries; `each`: the colleges that must carry it too, each by itself. One in which nobody said yes has not. */
export function countYesNo(
  cast: readonly Of<Answer>[],
  weights: Weights,
  majority: Majority,
  each: readonly College[],
): { readonly carried: boolean; readonly stages: YesNo } {
  const counted = byCollege(cast, weights).map(([college, answers]) => {
    const of = (wanted: Answer): number => answers.filter((answer) => answer === wanted).length;
    return { college, yes: of("yes"), no: of("no"), abstain: of("abstain") };
  });
  const shares = counted
    .filter(({ yes, no }) => yes + no > 0)
    .map(({ college, yes, no }) => ({ college, weight: weights[college] ?? 0, share: { over: BigInt(yes), under: BigInt(yes + no) } }));
  if (shares.length === 0) return { carried: false, stages: { colleges: counted } };
  const share = mean(shares);
  const carriedIn = (college: College): boolean => shares.some((one) => one.college === college && isReached(one.share, majority));
  const carried = isReached(share, majority) && each.every(carriedIn);
  return { carried, stages: { colleges: counted, share: told(share) } };
}
