// Yes or no: the share of yes among those who said either, of each college by its weight. Whoever abstains has come, and has no share.
import { isReached, type Majority } from "../majority.ts";
import { byCollege, mean, told, type Of, type Weights } from "./colleges.ts";

export type Answer = "yes" | "no" | "abstain";

export type YesNo = {
  readonly colleges: readonly { readonly college: string; readonly yes: number; readonly no: number; readonly abstain: number }[];
  /** Of yes, over all colleges that said yes or no; none when nobody did. */
  readonly share?: { readonly over: string; readonly under: string };
};

/** Whether it carries; `every`: in each college that said anything, as constitutional changes must. */
export function countYesNo(
  cast: readonly Of<Answer>[],
  weights: Weights,
  majority: Majority,
  every: boolean,
): { readonly carried: boolean; readonly stages: YesNo } {
  const counted = byCollege(cast, weights).map(([college, answers]) => {
    const of = (wanted: Answer): number => answers.filter((answer) => answer === wanted).length;
    return { college, yes: of("yes"), no: of("no"), abstain: of("abstain") };
  });
  const shares = counted
    .filter(({ yes, no }) => yes + no > 0)
    .map(({ college, yes, no }) => ({ weight: weights[college] ?? 0, share: { over: BigInt(yes), under: BigInt(yes + no) } }));
  if (shares.length === 0) return { carried: false, stages: { colleges: counted } };
  const share = mean(shares);
  const carried = isReached(share, majority) && (!every || shares.every((each) => isReached(each.share, majority)));
  return { carried, stages: { colleges: counted, share: told(share) } };
}
