// Whoever applied asks the members: shows them some words, and appeals to them where the board said no.
import type * as api from "@partcommune/shared/governance/api/admission";
import { objectionToAppeal, objectionToPresenting } from "@partcommune/shared/governance/rules/admission";
import { aboutApplicant, proposalTable, type Payload } from "@partcommune/shared/governance/rules/proposal";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import { applicationOf, showWords, type Application } from "../../membership/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import * as store from "../store/proposals.ts";
import { aboutProposal, inDays } from "./proposals.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** The application of whoever acts, and whether members are asked about it. */
async function ownApplication(scope: Scope): Promise<Application & { readonly asked: boolean }> {
  const { actor } = scope;
  refuseUnless(actor.kind === "person", "sign-in-first");
  const application = found(await applicationOf(viewOf(scope), actor.person));
  return { ...application, asked: (await store.openAbout(scope, aboutApplicant(application.member))).length > 0 };
}

export const presentMyself: Act<typeof api.presentMyself> = async (scope, { text }) => {
  const { member, stage, asked } = await ownApplication(scope);
  refuseIf(objectionToPresenting(stage, asked));
  await showWords(scope, member, text);
  return {};
};

export const stopPresenting: Act<typeof api.stopPresenting> = async (scope) => {
  const { member, stage, asked } = await ownApplication(scope);
  refuseIf(objectionToPresenting(stage, asked));
  await showWords(scope, member, null);
  return {};
};

/** A proposal at once: it needs the names of associates, as any other. */
export const appealToMembers: Act<typeof api.appealToMembers> = async (scope, words) => {
  const { member, stage, asked } = await ownApplication(scope);
  refuseIf(objectionToAppeal(stage, asked));
  await showWords(scope, member, words.text);
  const payload: Payload = { kind: "admission", member };
  const idea_until = await inDays(scope, (await scope.bylaw("proposal.ideaDays", scope.now)).value);
  const times = { published_at: scope.now, idea_until };
  const id = await store.saveProposal(scope, { author: member, verb: "appeal", times }, { ...words, payload, inAssembly: false });
  scope.emit({ type: "proposal.published", subject: id, body: { title: words.title }, about: aboutProposal(id) });
  return { id };
};

export const takeAppealBack: Act<typeof api.takeAppealBack> = async (scope) => {
  const { member } = await ownApplication(scope);
  const { id, state } = found((await store.openAbout(scope, aboutApplicant(member))).find(({ author }) => author === member));
  refuseIf(objectionToVerb(proposalTable, state, "withdraw"));
  await store.moveProposal(scope, id, state, "withdraw", { ended_at: scope.now });
  scope.emit({ type: "proposal.withdrawn", subject: id, body: {}, about: aboutProposal(id) });
  return {};
};
