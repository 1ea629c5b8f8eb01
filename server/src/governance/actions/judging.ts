// Whether a text may be voted: two people look at it, on listed grounds alone. Both noes stop it; whatever else, it goes on.
import type * as api from "@partcommune/shared/governance/api";
import { proposalTable } from "@partcommune/shared/governance/rules/proposal";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action } from "../../platform/scope.ts";
import { judgesOf, saveJudgement } from "../store/judging.ts";
import { heldProposal, moveProposal } from "../store/proposals.ts";
import { aboutProposal } from "./proposals.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

export const judgeProposal: Act<typeof api.judgeProposal> = async (scope, { proposal: id, admissible, ground, text }) => {
  const { actor } = scope;
  refuseUnless(actor.kind === "person", "sign-in-first");
  const { state } = found(await heldProposal(scope, id));
  refuseIf(objectionToVerb(proposalTable, state, "judge"));
  refuseUnless(admissible || (ground !== undefined && text !== undefined && text !== ""), "ground-needed");
  refuseUnless(await saveJudgement(scope, id, actor.person, { admissible, ground, text }), "judge-needed");
  scope.emit({ type: "proposal.judged", subject: id, body: { admissible }, about: aboutProposal(id) });
  const said = (await judgesOf(viewOf(scope), id)).map((judge) => judge.admissible);
  if (said.includes(undefined)) return {};
  if (said.every(Boolean) && (await moveProposal(scope, id, state, "admit", { admitted_at: scope.now })))
    scope.emit({ type: "proposal.admitted", subject: id, body: {}, about: aboutProposal(id) });
  if (said.every((each) => each === false) && (await moveProposal(scope, id, state, "refuse", { ended_at: scope.now })))
    scope.emit({ type: "proposal.refused", subject: id, body: {}, about: aboutProposal(id) });
  return {};
};
