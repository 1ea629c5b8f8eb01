// A panel is called, and what follows from what it says, or from its saying nothing.
import { canonicalTally } from "./counting.ts";
import { isTooFew, mostRounds, seatsFrom, type Decision } from "@partcommune/shared/governance/rules/panel";
import { associateBy } from "@partcommune/shared/governance/rules/roll";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { found } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { annulEnactment, tallyOf } from "../store/enactments.ts";
import { movePanel, savePanel, type Case, type HeldPanel } from "../store/panels.ts";
import { drawable } from "../store/pool.ts";
import { moveProposal, settledBy } from "../store/proposals.ts";
import { firstAssembly } from "../store/roll.ts";
import { moveVote, voteOf } from "../store/votes.ts";
import { openDraw } from "./lot-opening.ts";
import { aboutProposal } from "./proposals.ts";
import { aboutVote } from "./voting-days.ts";

export const aboutPanel = ({ id, vote, proposal }: Case & { readonly id: Id }): readonly string[] => [
  "panels",
  `panel:${id}`,
  ...(vote === null ? [] : [`vote:${vote}`]),
  ...(proposal === null ? [] : [`proposal:${proposal}`]),
];

/** Calls a panel and opens its lot. Where too few are left to draw from, whoever had a turn lately can be drawn as well, and then those who carried the text and the board. */
export async function callPanel(scope: Scope, of: Case, round: 1 | 2, text?: string): Promise<Id> {
  const seniority = (await scope.bylaw("roll.seniorityDays", scope.now)).value;
  const by = associateBy(await firstAssembly(viewOf(scope)), seniority, scope.now);
  const { people, widened } = await poolOf(scope, of, by);
  const wished = (await scope.bylaw(of.cause === "contest" ? "dispute.panelSize" : "dispute.appealSize", scope.now)).value;
  const seats = isTooFew(people.length) ? 0 : seatsFrom(wished, people.length);
  const { cause, vote, proposal } = of;
  const id = await savePanel(scope, { cause, vote, proposal, round, seats, widened, text });
  scope.emit({
    type: "panel.called",
    subject: id,
    body: { cause, of: found(vote ?? proposal ?? undefined) },
    about: aboutPanel({ id, ...of }),
  });
  if (seats === 0) await lapse(scope, { id, cause, vote, proposal, round, seats, state: "drawing", challengeUntil: null });
  else await openDraw(scope, id, people, 1);
  return id;
}

/** From whom is drawn: the narrowest circle that is large enough, or else everybody whom it does not concern. */
async function poolOf(scope: Scope, of: Case, by: Instant): Promise<{ readonly people: readonly Id[]; readonly widened: boolean }> {
  const view = viewOf(scope);
  for (const circle of ["rested", "free"] as const) {
    const people = await drawable(view, of, by, circle);
    if (!isTooFew(people.length)) return { people, widened: false };
  }
  return { people: await drawable(view, of, by, "all"), widened: true };
}

/** A panel ends without a decision: one more is drawn, and after that what was contested stands. */
export async function lapse(scope: Scope, panel: HeldPanel): Promise<void> {
  await movePanel(scope, panel.id, panel.state, "lapse", { ended_at: scope.now });
  scope.emit({ type: "panel.lapsed", subject: panel.id, body: {}, about: aboutPanel(panel) });
  if (panel.round < mostRounds && panel.seats > 0) await callPanel(scope, panel, 2);
  else await carryOut(scope, panel, panel.cause === "contest" ? "reject" : "stand");
}

/** A panel has decided: what it says is done in the same moment. */
export async function decide(scope: Scope, panel: HeldPanel, decision: Decision): Promise<void> {
  const again = decision === "recount" ? await canonicalTally(viewOf(scope), found(panel.vote ?? undefined)) : undefined;
  await movePanel(scope, panel.id, panel.state, "decide", { decision, ended_at: scope.now, recount: again ?? null });
  scope.emit({ type: "panel.decided", subject: panel.id, body: { decision }, about: aboutPanel(panel) });
  const differs = again !== undefined && again !== (await tallyOf(viewOf(scope), found(panel.vote ?? undefined)))?.tally;
  await carryOut(scope, panel, differs ? "annul" : decision);
}

async function carryOut(scope: Scope, { vote, proposal }: Case, decision: Decision): Promise<void> {
  if (decision === "annul") return annulVote(scope, found(vote ?? undefined));
  if (decision === "reject" || decision === "recount") return upholdVote(scope, found(vote ?? undefined));
  const id = found(proposal ?? undefined);
  const change = decision === "admit" ? { admitted_at: scope.now, ended_at: null } : { ended_at: scope.now };
  await moveProposal(scope, id, "appealed", decision, change);
  const type = decision === "admit" ? "proposal.admitted" : "proposal.refused";
  scope.emit({ type, subject: id, body: {}, about: aboutProposal(id) });
}

/** It stands: the clock ends it once the time to contest is over, at once where it is. */
async function upholdVote(scope: Scope, id: Id): Promise<void> {
  await moveVote(scope, id, found(await voteOf(viewOf(scope), id)).state, "uphold");
  scope.emit({ type: "vote.upheld", subject: id, body: {}, about: aboutVote(id) });
}

/** It is as if there had been no vote: nothing is carried out. */
async function annulVote(scope: Scope, id: Id): Promise<void> {
  await moveVote(scope, id, found(await voteOf(viewOf(scope), id)).state, "annul", { ended_at: scope.now });
  await annulEnactment(scope, id);
  const proposals = await settledBy(scope, id);
  for (const { id: proposal, state } of proposals) await moveProposal(scope, proposal, state, "annul", { ended_at: scope.now });
  const about = [...aboutVote(id), "proposals", ...proposals.map((each) => `proposal:${each.id}`)];
  scope.emit({ type: "vote.annulled", subject: id, body: {}, about });
}
