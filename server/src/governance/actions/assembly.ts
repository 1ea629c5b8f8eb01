// Votes in an assembly, for the domain that holds it: convened when it is called, opened and closed by its chair, called off when it does not come to them.
import { objectionToVerb } from "@partcommune/shared/platform/table";
import { countingOf } from "@partcommune/shared/governance/rules/paper";
import { fallenStates, proposalTable } from "@partcommune/shared/governance/rules/proposal";
import { objectionToSitting } from "@partcommune/shared/governance/rules/sitting";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { heldProposal, moveProposal, proposalsOf } from "../store/proposals.ts";
import { enteredOf } from "../store/papers.ts";
import { saveAssembly } from "../store/roll.ts";
import { moveVote, voteOf } from "../store/votes.ts";
import { conveneOn } from "./convening.ts";
import { countVote } from "./counting.ts";
import { aboutProposal, refuseUnaskable } from "./proposals.ts";
import { aboutVote, closeVote, openVote } from "./voting-days.ts";

export type InAssembly = {
  readonly gathering: Id;
  readonly from: Instant;
  readonly closesAt: Instant;
  readonly elects: boolean;
  readonly paper: boolean;
};

/** Puts an admitted proposal on the agenda of an assembly. The vote, with its notice from now on. */
export async function conveneInAssembly(scope: Scope, id: Id, { gathering, from, closesAt, elects, paper }: InAssembly): Promise<Id> {
  const proposal = found(await heldProposal(scope, id));
  refuseIf(objectionToVerb(proposalTable, proposal.state, "convene"));
  const first = proposal.amends === null ? undefined : await heldProposal(scope, proposal.amends);
  const beside = first !== undefined && !fallenStates.includes(first.state);
  refuseIf(objectionToSitting({ ...proposal, admittedAt: proposal.admittedAt ?? scope.now, beside }, from, elects));
  await refuseUnaskable(scope, proposal.payload, proposal.id);
  return found(await conveneOn(scope, proposal, { opensAt: from, assembly: { gathering, closesAt, paper } }));
}

/** Opens it and freezes its roll. */
export const openInAssembly = async (scope: Scope, vote: Id): Promise<void> => void (await openVote(scope, { vote }));

/** Closes and counts it in one moment, so that the assembly hears what it came to. On paper the chair waits for the tellers; the clock does not. */
export async function closeInAssembly(scope: Scope, vote: Id): Promise<void> {
  if (scope.actor.kind === "person") await refuseUncounted(scope, vote);
  await closeVote(scope, { vote });
  await countVote(scope, { vote });
}

async function refuseUncounted(scope: Scope, vote: Id): Promise<void> {
  const view = viewOf(scope);
  const { notice } = found(await voteOf(view, vote));
  const isCounted = notice.mode !== "paper" || countingOf(await enteredOf(view, vote)).agreed !== undefined;
  refuseUnless(isCounted, "papers-uncounted");
}

/** Ends a vote that was not opened; its proposals wait for a day again. */
export async function callOffVote(scope: Scope, id: Id): Promise<void> {
  const { state } = found(await voteOf(viewOf(scope), id));
  for (const proposal of await proposalsOf(scope, id)) {
    await moveProposal(scope, proposal.id, proposal.state, "release", { vote: null });
    scope.emit({ type: "proposal.released", subject: proposal.id, body: {}, about: aboutProposal(proposal.id) });
  }
  refuseUnless(await moveVote(scope, id, state, "callOff", { ended_at: scope.now }), "not-in-this-state", { state });
  scope.emit({ type: "vote.calledOff", subject: id, body: {}, about: aboutVote(id) });
}

/** Records that an assembly was held; some time after the first the coop is no longer being founded. */
export const assemblyHeld = async (scope: Scope, gathering: Id, at: Instant): Promise<void> => saveAssembly(scope, gathering, at);
