// Whoever does not believe in a decision: members contest a vote before it is carried out, an author appeals when a text is kept from the vote.
import type * as api from "@partcommune/shared/governance/api";
import { peopleNeeded } from "@partcommune/shared/governance/rules/majority";
import { appealDays } from "@partcommune/shared/governance/rules/proposal";
import { voteTable } from "@partcommune/shared/governance/rules/vote";
import { objectionToAppealing } from "@partcommune/shared/governance/rules/writing";
import { daysLater } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { contestsOf, saveContest, tallyOf } from "../store/enactments.ts";
import { isAppealed } from "../store/panels.ts";
import { heldProposal, moveProposal } from "../store/proposals.ts";
import { entryOf } from "../store/roll.ts";
import { holdVote, moveVote } from "../store/votes.ts";
import { canonicalTally } from "./counting.ts";
import { callPanel } from "./panels.ts";
import { aboutProposal } from "./proposals.ts";
import { actingMember } from "./speaker.ts";
import { aboutVote } from "./voting-days.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Contests a vote before it is carried out. With the last name needed it waits for a panel, with a count that differs at once. */
export const contestVote: Act<typeof api.contestVote> = async (scope, { vote: id, ground, text }) => {
  const { actor } = scope;
  refuseUnless(actor.kind === "person", "sign-in-first");
  const view = viewOf(scope);
  const { state, rollSize } = found(await holdVote(scope, id));
  refuseIf(objectionToVerb(voteTable, state, "contest"));
  refuseUnless((await entryOf(view, id, actor.person)) !== undefined, "not-on-roll");
  refuseUnless(await saveContest(scope, id, actor.person, ground, text), "contested-already");
  scope.emit({ type: "vote.contested", subject: id, body: { ground }, about: aboutVote(id) });
  const { value: support } = await scope.bylaw("vote.contestSupport", scope.now);
  const told = { contests: (await contestsOf(view, id)).length, needed: peopleNeeded(support, rollSize ?? 0) };
  const proved = ground === "count" && (await countsOtherwise(view, id));
  if (told.contests < told.needed && !proved) return told;
  const panel = await held();
  return { ...told, panel };

  async function held(): Promise<Id> {
    await moveVote(scope, id, state, "hold");
    const called = await callPanel(scope, { cause: "contest", vote: id, proposal: null }, 1);
    scope.emit({ type: "vote.held", subject: id, body: { panel: called }, about: aboutVote(id) });
    return called;
  }
};

/** Whether the same ballots come to something else than what was published: a proof that needs no more names. */
const countsOtherwise = async (view: View, vote: Id): Promise<boolean> =>
  (await canonicalTally(view, vote)) !== (await tallyOf(view, vote))?.tally;

/** The author of a text that two people kept from the vote asks a panel. */
export const appealProposal: Act<typeof api.appealProposal> = async (scope, { proposal: id, text }) => {
  const { member } = await actingMember(scope);
  const proposal = found(await heldProposal(scope, id));
  const appealed = await isAppealed(viewOf(scope), id);
  const { zone } = await bookOf(scope.tx);
  const until = daysLater(proposal.endedAt ?? scope.now, appealDays, zone);
  refuseIf(objectionToAppealing({ ...proposal, appealed, until }, { member, now: scope.now }));
  await moveProposal(scope, id, proposal.state, "appeal", { ended_at: null });
  const panel = await callPanel(scope, { cause: "appeal", vote: null, proposal: id }, 1, text);
  scope.emit({ type: "proposal.appealed", subject: id, body: { panel }, about: aboutProposal(id) });
  return { panel };
};
