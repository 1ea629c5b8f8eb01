// Standing in an election, and stepping back from it, until its text is fixed.
import type * as api from "@partcommune/shared/governance/api";
import { objectionToStanding } from "@partcommune/shared/governance/rules/election";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found, refuseIf } from "../../platform/refused.ts";
import { viewOf, type Action } from "../../platform/scope.ts";
import { dropCandidacy, heldProposal, saveCandidacy } from "../store/proposals.ts";
import { termsInRow } from "../store/seats.ts";
import { aboutProposal } from "./proposals.ts";
import { actingAssociate, actingMember } from "./speaker.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

export const standForElection: Act<typeof api.standForElection> = async (scope, { proposal: id, text }) => {
  const { member, person } = await actingAssociate(scope);
  const election = found(await heldProposal(scope, id));
  const { value: most } = await scope.bylaw("board.termsInRow", scope.now);
  refuseIf(objectionToStanding(election, await termsInRow(viewOf(scope), person), most));
  await saveCandidacy(scope, id, member, text);
  scope.emit({ type: "candidacy.stood", subject: id, body: {}, about: aboutProposal(id) });
  return {};
};

export const stepBack: Act<typeof api.stepBack> = async (scope, { proposal: id }) => {
  const { member } = await actingMember(scope);
  refuseIf(objectionToStanding(found(await heldProposal(scope, id)), 0, 1));
  if (await dropCandidacy(scope, id, member)) scope.emit({ type: "candidacy.stepped", subject: id, body: {}, about: aboutProposal(id) });
  return {};
};
