// Standing in an election, and stepping back from it, until its text is fixed.
import type * as api from "@partcommune/shared/governance/api";
import { objectionToCandidacies, objectionToStanding, type Standing } from "@partcommune/shared/governance/rules/election";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { collegeToElect } from "../store/board.ts";
import { dropCandidacy, heldProposal, saveCandidacy, type Held } from "../store/proposals.ts";
import { seatsOf, termsInRow } from "../store/seats.ts";
import { aboutProposal } from "./proposals.ts";
import { actingAssociate, actingMember } from "./speaker.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

export const standForElection: Act<typeof api.standForElection> = async (scope, { proposal: id, text }) => {
  const { member, person } = await actingAssociate(scope);
  const election = found(await heldProposal(scope, id));
  refuseIf(objectionToCandidacies(election));
  refuseIf(objectionToStanding(await standingOf(scope, election, person)));
  await saveCandidacy(scope, id, member, text);
  scope.emit({ type: "candidacy.stood", subject: id, body: {}, about: aboutProposal(id) });
  return {};
};

/** What the register says of who would stand. The seats they hold or wait for may be of another college. */
async function standingOf(scope: Scope, { payload }: Held, person: Id): Promise<Standing> {
  const view = viewOf(scope);
  const { by } = await collegeToElect(view, payload.kind === "election" ? payload.college : "members");
  const seat = (await seatsOf(view)).findLast((each) => each.person === person);
  return { terms: await termsInRow(view, person), most: (await scope.bylaw("board.termsInRow", scope.now)).value, seat, by };
}

export const stepBack: Act<typeof api.stepBack> = async (scope, { proposal: id }) => {
  const { member } = await actingMember(scope);
  refuseIf(objectionToCandidacies(found(await heldProposal(scope, id))));
  if (await dropCandidacy(scope, id, member)) scope.emit({ type: "candidacy.stepped", subject: id, body: {}, about: aboutProposal(id) });
  return {};
};
