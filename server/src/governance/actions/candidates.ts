// Standing in an election, and stepping back from it, until its text is fixed.
import type * as api from "@partcommune/shared/governance/api";
import { objectionToCandidacies, objectionToStanding, type Standing } from "@partcommune/shared/governance/rules/election";
import type { College } from "@partcommune/shared/governance/rules/words";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { collegeToElect } from "../store/board.ts";
import { dropCandidacy, saveCandidacy } from "../store/candidates.ts";
import { heldProposal } from "../store/proposals.ts";
import { belongs, seatsOf, termsInRow } from "../store/seats.ts";
import { aboutProposal } from "./proposals.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Whoever stands does so as a person: clients and those who work for the coop are no members. */
function askingPerson({ actor }: Scope): Id {
  refuseUnless(actor.kind === "person", "sign-in-first");
  return actor.person;
}

export const standForElection: Act<typeof api.standForElection> = async (scope, { proposal: id, text }) => {
  const person = askingPerson(scope);
  const { payload, ...election } = found(await heldProposal(scope, id));
  refuseIf(objectionToCandidacies(election));
  if (payload.kind === "election") refuseIf(objectionToStanding(await standingOf(scope, payload.college, person)));
  await saveCandidacy(scope, id, person, text);
  scope.emit({ type: "candidacy.stood", subject: id, body: {}, about: aboutProposal(id) });
  return {};
};

/** What the register says of who would stand. The seats they hold or wait for may be of another college. */
async function standingOf(scope: Scope, college: College, person: Id): Promise<Standing> {
  const view = viewOf(scope);
  return {
    belongs: await belongs(view, person, college),
    terms: await termsInRow(view, person),
    most: (await scope.bylaw("board.termsInRow", scope.now)).value,
    seat: (await seatsOf(view)).findLast((each) => each.person === person),
    by: (await collegeToElect(view, college)).by,
  };
}

export const stepBack: Act<typeof api.stepBack> = async (scope, { proposal: id }) => {
  const person = askingPerson(scope);
  refuseIf(objectionToCandidacies(found(await heldProposal(scope, id))));
  if (await dropCandidacy(scope, id, person)) scope.emit({ type: "candidacy.stepped", subject: id, body: {}, about: aboutProposal(id) });
  return {};
};
