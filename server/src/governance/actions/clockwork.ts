// What the clock does to a proposal: an idea lapses, words are fixed, silence admits.
import { admissionDays } from "@partcommune/shared/governance/rules/proposal";
import type { Id } from "@partcommune/shared/platform/id";
import { found } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { isCarried } from "../store/proposal-cards.ts";
import { classNow, heldProposal, moveProposal, type Held } from "../store/proposals.ts";
import { electable } from "../store/candidates.ts";
import { ideasLeftBehind } from "../store/due.ts";
import { nameJudges } from "../store/judging.ts";
import { aboutProposal, deliberated, inDays, lapsed } from "./proposals.ts";

type Step = Action<{ proposal: Id }, Record<string, never>>;

/** An idea that too few put their name to in time. */
export const lapseProposal: Step = async (scope, { proposal: id }) => {
  await lapsed(scope, found(await heldProposal(scope, id)));
  return {};
};

/** An idea that needed twice the names has all it takes, now that the rejection before it is long enough ago. */
export const supportProposal: Step = async (scope, { proposal: id }) => {
  if (await isCarried(viewOf(scope), id)) await deliberated(scope, found(await heldProposal(scope, id)));
  return {};
};

/** The end of the deliberation: the words are fixed and two people look at them. Whose names went away meanwhile lapses, as an election nobody stands in. */
export const fixProposal: Step = async (scope, { proposal: id }) => {
  const proposal = found(await heldProposal(scope, id));
  const carried = await isCarried(viewOf(scope), id);
  const hasCandidates = proposal.kind !== "election" || (await electable(viewOf(scope), id)).length > 0;
  if (!carried || !hasCandidates) await lapsed(scope, proposal);
  else if (await moveProposal(scope, id, proposal.state, "fix", await fixed(scope, proposal))) {
    await nameJudges(scope, id);
    scope.emit({ type: "proposal.fixed", subject: id, body: {}, about: aboutProposal(id) });
  }
  for (const left of await ideasLeftBehind(scope, id)) await lapsed(scope, { id: left, state: "idea" });
  return {};
};

/** From now on nobody changes a word, nor how grave it is. */
const fixed = async (scope: Scope, { payload }: Held) => ({
  judge_until: await inDays(scope, admissionDays),
  class: await classNow(scope, payload),
});

/** The two did not agree in time that it may not be voted: it may. */
export const passProposal: Step = async (scope, { proposal: id }) => {
  if (await moveProposal(scope, id, "final", "pass", { admitted_at: scope.now }))
    scope.emit({ type: "proposal.admitted", subject: id, body: {}, about: aboutProposal(id) });
  return {};
};
