// From the notice and the ballots to what a vote came to: one door to every method, the same in browser and server.
import type { Choice } from "./ballot.ts";
import type { Of } from "./counting/colleges.ts";
import { drawnBy } from "./counting/lot.ts";
import { countPoints, type Points } from "./counting/points.ts";
import { countSchulze, type Ranks } from "./counting/schulze.ts";
import { countStv } from "./counting/stv.ts";
import { countYesNo, type Answer } from "./counting/yes-no.ts";
import type { Notice } from "./notice.ts";
import type { College } from "./words.ts";

export type Cast = { readonly college: College; readonly choice: Choice };

/** What a count says: whether it carries, which option won, who is elected, and every stage for whoever recounts. */
export type Count = { readonly carried: boolean; readonly winner?: string; readonly elected?: readonly string[]; readonly stages: unknown };

/** Counts a vote as its notice says; `chance`, 32 bytes in hex (`chanceOf`), ends ties; `standing`: the colleges that anybody stood in. */
export function countOf(notice: Notice, cast: readonly Cast[], chance: string, standing: readonly College[]): Count {
  const { method, weights } = notice;
  const each = notice.everyCollege ? standing : [];
  const majority = { over: BigInt(notice.majority.over), under: BigInt(notice.majority.under), strict: notice.majority.strict };
  if (method === "yesNo") return countYesNo(ballots(cast, answerOf), weights, majority, each);
  const lot = lotOf(notice, chance);
  if (method === "schulze") return countSchulze(ballots(cast, ranksOf), weights, { lot, keep: "keep", majority, each });
  if (method === "stv") return elected(notice, cast, chance);
  return countPoints(ballots(cast, pointsOf), weights, lot);
}

const lotOf = ({ vote, options }: Notice, chance: string): readonly string[] =>
  drawnBy(
    chance,
    vote,
    options.map(({ key }) => key),
  );

const ballots = <Ballot>(cast: readonly Cast[], read: (choice: Choice) => Ballot): readonly Of<Ballot>[] =>
  cast.map(({ college, choice }) => ({ college, ballot: read(choice) }));

const answerOf = (choice: Choice): Answer => (typeof choice === "string" ? choice : "abstain");
const ranksOf = (choice: Choice): Ranks => (typeof choice === "object" && "ranks" in choice ? choice.ranks : []);
function pointsOf(choice: Choice): Points {
  if (typeof choice === "string") return {};
  if ("approve" in choice) return Object.fromEntries(choice.approve.map((key) => [key, 1]));
  return "scores" in choice ? choice.scores : {};
}

/** The ballots of the one college that elects, as rankings. */
const rankingsOf = ({ weights }: Notice, cast: readonly Cast[]): readonly (readonly string[])[] =>
  cast.filter(({ college }) => weights[college] !== undefined).map(({ choice }) => ranksOf(choice).flat());

function elected(notice: Notice, cast: readonly Cast[], chance: string): Count {
  const candidates = notice.options.map(({ key }) => key);
  const count = countStv(rankingsOf(notice, cast), { candidates, seats: notice.seats ?? 1, lot: lotOf(notice, chance) });
  return { carried: count.elected.length > 0, ...count };
}

/** Who the same ballots elect in the place of those who are gone, beside those who sit; nobody when no candidate is left. */
export function countback(
  notice: Notice,
  cast: readonly Cast[],
  chance: string,
  { gone, seated }: { readonly gone: readonly string[]; readonly seated: readonly string[] },
): string | undefined {
  const candidates = notice.options.map(({ key }) => key).filter((key) => !gone.includes(key));
  const rankings = rankingsOf(notice, cast).map((ranking) => ranking.filter((key) => !gone.includes(key)));
  const again = countStv(rankings, { candidates, seats: notice.seats ?? 1, lot: lotOf(notice, chance) });
  return again.elected.find((key) => !seated.includes(key));
}
