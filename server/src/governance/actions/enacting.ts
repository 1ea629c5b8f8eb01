// Carrying out what passed: after the time to contest, once, from the notice, by the database's own function for bylaws.
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import { objectionToPayload } from "@partcommune/shared/governance/rules/writing";
import { dayAfter, dayOf, startOfDay } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { admitByVote } from "../../membership/index.ts";
import { found } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { newestBylaws } from "../store/bylaws.ts";
import * as store from "../store/enactments.ts";
import { namedIn } from "../store/named.ts";
import { passedOf, moveProposal } from "../store/proposals.ts";
import { seatById } from "../store/seats.ts";
import { moveVote, voteOf, type HeldVote } from "../store/votes.ts";
import { aboutProposal, inDays } from "./proposals.ts";
import { fillSeats, vacateSeat } from "./seats.ts";
import { aboutVote } from "./voting-days.ts";

/** The end of a vote: what passed is carried out, and begins on the day after at the earliest. */
export const endVote: Action<{ vote: Id }, Record<string, never>> = async (scope, { vote: id }) => {
  const vote = found(await voteOf(viewOf(scope), id));
  if (!(await moveVote(scope, id, vote.state, "end", { ended_at: scope.now }))) return {};
  scope.emit({ type: "vote.ended", subject: id, body: {}, about: aboutVote(id) });
  if (vote.outcome !== "passed") return {};
  const waiting = await store.enactmentOf(viewOf(scope), id);
  await (waiting ? carriedOut(scope, vote, waiting) : readAgain(scope, vote));
  return {};
};

async function carriedOut(scope: Scope, vote: HeldVote, { proposal, payload }: store.Waiting): Promise<void> {
  const { zone } = await bookOf(scope.tx);
  const validFrom = beginningOf(payload, startOfDay(dayAfter(dayOf(scope.now, zone)), zone), zone);
  scope.reach("enacting");
  const done = (await isGone(scope, payload, proposal)) ? await store.block(scope, vote.id) : await store.enact(scope, vote.id, validFrom);
  scope.reach("enacted");
  if (done === "blocked") {
    await moveProposal(scope, proposal, "passed", "block", { ended_at: scope.now });
    return scope.emit({ type: "proposal.blocked", subject: proposal, body: {}, about: aboutProposal(proposal) });
  }
  if (done !== "done") throw new Error(`vote ${vote.id} passed and there was nothing to carry out`);
  await moveProposal(scope, proposal, "passed", "enact", { ended_at: scope.now });
  await take(scope, vote, { proposal, payload }, validFrom);
  scope.emit({ type: "proposal.enacted", subject: proposal, body: { vote: vote.id }, about: aboutProposal(proposal) });
}

/** The rule it would change was changed, the seat it would end has ended, the seats it would fill are held, or whoever it would let in is in, or has taken their application back. */
async function isGone(scope: Scope, payload: Payload, proposal: Id): Promise<boolean> {
  const view = viewOf(scope);
  return objectionToPayload(payload, await newestBylaws(view), await namedIn(view, payload, proposal)) !== undefined;
}

/** The first instant of the day it names, never before the earliest. */
function beginningOf(payload: Payload, earliest: Instant, zone: string): Instant {
  if (payload.kind !== "bylaws" || payload.from === undefined) return earliest;
  const named = startOfDay(payload.from, zone);
  return named > earliest ? named : earliest;
}

/** What each kind of proposal does, in the same transaction. */
async function take(scope: Scope, vote: HeldVote, { proposal, payload }: store.Waiting, validFrom: Instant): Promise<void> {
  if (payload.kind === "bylaws") {
    const keys = payload.changes.map(({ key }) => key);
    scope.emit({ type: "bylaw.enacted", subject: vote.id, body: { proposal, keys, validFrom }, about: ["bylaws"] });
  }
  if (payload.kind === "election") await fillSeats(scope, vote, payload);
  if (payload.kind === "recall") await vacateSeat(scope, found(await seatById(viewOf(scope), payload.seat)), "recall");
  if (payload.kind === "admission") await admitByVote(scope, payload.member);
}

/** A constitutional change that passed once is voted again, in the same words, after some time. */
async function readAgain(scope: Scope, vote: HeldVote): Promise<void> {
  const not_before = await inDays(scope, (await scope.bylaw("proposal.secondReadingDays", scope.now)).value);
  for (const { id } of await passedOf(scope, vote.id)) {
    await moveProposal(scope, id, "passed", "readAgain", { reading: 2, convened_before: false, not_before, admitted_at: scope.now });
    scope.emit({ type: "proposal.readAgain", subject: id, body: {}, about: aboutProposal(id) });
  }
}
