// A vote on paper, for the domain whose tellers count it.
import { countingOf, objectionToEntering, type Papers } from "@partcommune/shared/governance/rules/paper";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { enteredOf, saveCount } from "../store/papers.ts";
import { voteOf, whileClosing } from "../store/votes.ts";
import { aboutVote } from "./voting-days.ts";

/** Keeps what a teller counted, among so many who are present; whether both have counted the same now. */
export async function enterPapers(scope: Scope, id: Id, teller: Id, papers: Papers, present: number): Promise<boolean> {
  await whileClosing(scope, id);
  const view = viewOf(scope);
  const { notice, state, rollSize } = found(await voteOf(view, id));
  const counting = countingOf(await enteredOf(view, id));
  refuseIf(objectionToEntering({ mode: notice.mode, state, counting, most: Math.min(present, rollSize ?? 0) }, teller, papers));
  await saveCount(scope, id, counting.round, teller, papers);
  const isAgreed = countingOf(await enteredOf(view, id)).agreed !== undefined;
  scope.emit({ type: "vote.papersEntered", subject: id, body: { round: counting.round }, about: aboutVote(id) });
  return isAgreed;
}
