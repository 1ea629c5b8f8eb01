// Votes counted a second time, slowly and straight from the words of the law, so that a fault would have to be made twice.
import type { Of, Weights } from "@partcommune/shared/governance/rules/counting/colleges";
import type { Points } from "@partcommune/shared/governance/rules/counting/points";
import type { Ranks } from "@partcommune/shared/governance/rules/counting/schulze";
import type { StvStage } from "@partcommune/shared/governance/rules/counting/stv";
import type { Answer } from "@partcommune/shared/governance/rules/counting/yes-no";
import type { College } from "@partcommune/shared/governance/rules/words";

export type Rational = readonly [over: bigint, under: bigint];

const plus = ([a, b]: Rational, [c, d]: Rational): Rational => [a * d + c * b, b * d];
const times = ([a, b]: Rational, [c, d]: Rational): Rational => [a * c, b * d];

/** Whether the first is more, the same, or less: 1, 0 or -1. */
export const against = ([a, b]: Rational, [c, d]: Rational): number => (a * d > c * b ? 1 : a * d < c * b ? -1 : 0);

const whole = (number: number): Rational => [BigInt(number), 1n];

/** The mean of what a college's ballots come to, over the colleges that came to anything, each by its weight; undefined when none did. */
export function meanByHand<Ballot>(
  cast: readonly Of<Ballot>[],
  weights: Weights,
  worth: (ballots: readonly Ballot[]) => Rational | undefined,
): Rational | undefined {
  let [sum, weight]: [Rational, bigint] = [[0n, 1n], 0n];
  for (const college of Object.keys(weights) as College[]) {
    const own = worth(cast.filter((each) => each.college === college).map(({ ballot }) => ballot));
    if (own === undefined) continue;
    sum = plus(sum, times(whole(weights[college] ?? 0), own));
    weight += BigInt(weights[college] ?? 0);
  }
  return weight === 0n ? undefined : times(sum, [1n, weight]);
}

/** The share of yes of one college. */
export function yesByHand(answers: readonly Answer[]): Rational | undefined {
  const said = answers.filter((answer) => answer !== "abstain");
  return said.length === 0 ? undefined : [BigInt(said.filter((answer) => answer === "yes").length), BigInt(said.length)];
}

/** The mean of the points an option has in one college. */
export const pointsByHand =
  (option: string) =>
  (ballots: readonly Points[]): Rational | undefined =>
    ballots.length === 0
      ? undefined
      : [BigInt(ballots.map((points) => points[option] ?? 0).reduce((a, b) => a + b, 0)), BigInt(ballots.length)];

/** The part of one college's ballots that puts one option before another; what is not ranked stands behind all that is. */
const beforeByHand =
  (one: string, other: string) =>
  (ballots: readonly Ranks[]): Rational | undefined => {
    const place = (ranks: Ranks, key: string): number =>
      ranks.flat().includes(key) ? ranks.findIndex((keys) => keys.includes(key)) : 1_000;
    return ballots.length === 0
      ? undefined
      : [BigInt(ballots.filter((ranks) => place(ranks, one) < place(ranks, other)).length), BigInt(ballots.length)];
  };

/** How strongly one option beats another over all ways there are: every way is walked, none is remembered. */
export function wayByHand(
  cast: readonly Of<Ranks>[],
  weights: Weights,
  options: readonly string[],
): (one: string, other: string) => Rational {
  const nothing: Rational = [0n, 1n];
  const pairs = new Map<string, Rational>();
  for (const one of options)
    for (const other of options) pairs.set(`${one} ${other}`, meanByHand(cast, weights, beforeByHand(one, other)) ?? nothing);
  const link = (one: string, other: string): Rational => {
    const [own, back] = [pairs.get(`${one} ${other}`) ?? nothing, pairs.get(`${other} ${one}`) ?? nothing];
    return against(own, back) > 0 ? own : nothing;
  };
  const walk = (from: string, to: string, left: readonly string[]): Rational =>
    left.reduce<Rational>(
      (best, next) => {
        const [first, rest] = [
          link(from, next),
          walk(
            next,
            to,
            left.filter((key) => key !== next),
          ),
        ];
        const weakest = against(first, rest) < 0 ? first : rest;
        return against(weakest, best) > 0 ? weakest : best;
      },
      link(from, to),
    );
  return (one, other) =>
    walk(
      one,
      other,
      options.filter((key) => key !== one && key !== other),
    );
}

type Paper = { readonly ranking: readonly string[]; value: bigint; holder: string | undefined };
type Row = Pick<StvStage, "elected" | "exhausted" | "rounding" | "votes">;

const vote = 100_000n;
const inVotes = (parts: bigint): string => `${parts / vote}.${String(parts % vote).padStart(5, "0")}`;
const total = (papers: readonly Paper[]): bigint => papers.reduce((sum, { value }) => sum + value, 0n);

/** Who stands before whom: by the first of these standings that tells them apart, else by lot. */
const standingBetter =
  (standings: readonly ((key: string) => bigint)[], lot: readonly string[]) =>
  (one: string, other: string): number => {
    const then = standings.find((at) => at(one) !== at(other));
    if (then === undefined) return lot.indexOf(one) - lot.indexOf(other);
    return then(one) > then(other) ? -1 : 1;
  };

/** The stages of a Scottish election. Nothing is carried along but papers: who has what is added up anew at every stage. */
export function stvByHand(
  rankings: readonly (readonly string[])[],
  { candidates, seats, lot }: { readonly candidates: readonly string[]; readonly seats: number; readonly lot: readonly string[] },
): readonly Row[] {
  const papers = rankings.filter((ranking) => ranking.length > 0).map((ranking): Paper => ({ ranking, value: vote, holder: ranking[0] }));
  const quota = (BigInt(papers.length) / BigInt(seats + 1) + 1n) * vote;
  const [elected, gone, settled]: [string[], string[], string[]] = [[], [], []];
  const rows: Row[] = [];
  const past: ((key: string) => bigint)[] = [];
  const has = (key: string): bigint => (settled.includes(key) ? quota : total(papers.filter(({ holder }) => holder === key)));
  const hopeful = (): string[] => candidates.filter((key) => !elected.includes(key) && !gone.includes(key));
  const byStanding = (keys: readonly string[]): string[] => keys.toSorted(standingBetter([has, ...past.toReversed()], lot));
  const passOn = (paper: Paper): void => {
    const from = paper.ranking.indexOf(paper.holder ?? "");
    paper.holder = paper.ranking.slice(from + 1).find((key) => hopeful().includes(key));
  };
  const close = (): void => {
    const [before, vacant] = [elected.length, () => seats - elected.length];
    elected.push(...byStanding(hopeful().filter((key) => has(key) >= quota)).slice(0, vacant()));
    if (hopeful().length <= vacant()) elected.push(...byStanding(hopeful()));
    const standing = new Map(candidates.map((key) => [key, has(key)]));
    past.push((key) => standing.get(key) ?? 0n);
    const exhausted = total(papers.filter(({ holder }) => holder === undefined));
    const held = candidates.filter((key) => !gone.includes(key));
    const lost = BigInt(papers.length) * vote - exhausted - held.reduce((sum, key) => sum + has(key), 0n);
    const votes = held.map((key) => ({ key, votes: inVotes(has(key)) }));
    rows.push({ elected: elected.slice(before), votes, exhausted: inVotes(exhausted), rounding: inVotes(lost) });
  };
  close();
  while (elected.length < seats && hopeful().length > 0) {
    const [most] = byStanding(elected.filter((key) => has(key) > quota));
    const least = byStanding(hopeful()).at(-1) ?? "";
    const [whose, own] = [most ?? least, has(most ?? least)];
    if (most === undefined) gone.push(least);
    for (const paper of papers.filter(({ holder }) => holder === whose)) {
      if (most !== undefined) paper.value = ((own - quota) * paper.value) / own;
      passOn(paper);
    }
    if (most !== undefined) settled.push(most);
    close();
  }
  return rows;
}
