// Counting: the tally of every stage, what the vote came to, and until when that may be contested.
import canonicalize from "canonicalize";
import { hash } from "node:crypto";
import { countOf } from "@partcommune/shared/governance/rules/count";
import { castOn, countingOf, noPapers, papersIn } from "@partcommune/shared/governance/rules/paper";
import { inAll, isAskedAnew, isQuorate, standingOf } from "@partcommune/shared/governance/rules/turnout";
import type { Outcome } from "@partcommune/shared/governance/rules/vote";
import type { Id } from "@partcommune/shared/platform/id";
import { found } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope, type View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { drawnFrom } from "../store/receipt.ts";
import { callsOf, cameTo } from "../store/ballots.ts";
import { saveEnactment, saveTally } from "../store/enactments.ts";
import { enteredOf } from "../store/papers.ts";
import { proposalsOf, moveProposal, type Held } from "../store/proposals.ts";
import { saveTurnout } from "../store/turnout.ts";
import { moveVote, voteOf, type HeldVote } from "../store/votes.ts";
import { aboutProposal, inDays } from "./proposals.ts";
import { aboutVote } from "./voting-days.ts";

const sha256 = (text: string): string => hash("sha256", text, "hex");

type Counted = { readonly tally: string; readonly outcome: Outcome; readonly winner: Id | undefined };

/** The ballots as they are stored, or the papers as both tellers counted them, by the rules of the notice. */
async function counted(view: View, vote: HeldVote): Promise<Counted> {
  const calls = await callsOf(view, vote.id);
  const papers = vote.notice.mode === "paper" ? (countingOf(await enteredOf(view, vote.id)).agreed ?? noPapers) : undefined;
  const onRoll = await cameTo(view, vote.id);
  // On paper one college answers, and nobody knows who of it.
  const came = papers ? onRoll.map((each) => ({ ...each, cast: papersIn(papers) })) : onRoll;
  const count = countOf(vote.notice, papers ? castOn(papers, vote.notice) : calls, drawnFrom(vote, calls), standingOf(came));
  const outcome: Outcome = !isQuorate(came, quorumOf(vote), vote.notice) ? "noQuorum" : count.carried ? "passed" : "rejected";
  const tally = found(canonicalize({ vote: vote.id, ...inAll(came), came, outcome, ...count }));
  return { tally, outcome, winner: count.winner };
}

/** What a vote comes to when it is counted now; the published tally word for word, where nothing was touched. */
export const canonicalTally = async (view: View, vote: Id): Promise<string> => (await counted(view, found(await voteOf(view, vote)))).tally;

/** Counts a closed vote, once. */
export const countVote: Action<{ vote: Id }, Record<string, never>> = async (scope, { vote: id }) => {
  const view = viewOf(scope);
  const vote = found(await voteOf(view, id));
  const { tally, outcome, winner } = await counted(view, vote);
  const contest_until = await inDays(scope, vote.notice.contestDays);
  if (!(await moveVote(scope, id, vote.state, "count", { outcome, contest_until }))) return {};
  await saveTally(scope, id, tally, sha256(tally));
  // Papers have no names: nobody can say which groups they came from.
  if (vote.notice.mode !== "paper") await saveTurnout(scope, id, vote.opensAt, (await bookOf(scope.tx)).zone);
  await settle(scope, vote, outcome, winner);
  scope.emit({ type: "vote.counted", subject: id, body: { outcome, hash: sha256(tally) }, about: aboutVote(id) });
  return {};
};

/** After an extension fewer are enough. */
const quorumOf = ({ notice, closesAt }: HeldVote): number => (closesAt > notice.closesAt ? notice.quorum.secondPpm : notice.quorum.ppm);

/** What the vote means for each proposal it was about. */
async function settle(scope: Scope, vote: HeldVote, outcome: Outcome, winner: Id | undefined): Promise<void> {
  const { now } = scope;
  const anew = outcome === "noQuorum" && isAskedAnew(vote.notice);
  for (const proposal of await proposalsOf(scope, vote.id)) {
    const won = outcome === "passed" && (vote.notice.method !== "schulze" || winner === proposal.id);
    if (won) await adopted(scope, vote, proposal);
    else if (anew) await move(scope, proposal, "conveneAnew", { convened_before: true, admitted_at: now });
    else await move(scope, proposal, outcome === "noQuorum" ? "miss" : "reject", { ended_at: now });
  }
}

async function adopted(scope: Scope, { id, notice }: HeldVote, proposal: Held): Promise<void> {
  await move(scope, proposal, "adopt", {});
  // What is constitutional is carried out after its second reading.
  if (notice.class !== "constitutional" || notice.reading === 2)
    await saveEnactment(scope, id, proposal, await inDays(scope, notice.contestDays));
}

type Change = Parameters<typeof moveProposal>[4];

async function move(scope: Scope, { id, state }: Held, verb: "adopt" | "reject" | "miss" | "conveneAnew", change: Change): Promise<void> {
  await moveProposal(scope, id, state, verb, change);
  scope.emit({ type: "proposal.settled", subject: id, body: { verb }, about: aboutProposal(id) });
}
