// The verbs that join works and budgets: where the money of a work goes, and the end of a budget that no work leads to.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToChoosingBudget } from "@partcommune/shared/marketplace/rules/engagement";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { budgetChosen, closeBudget as end } from "../../money/index.ts";
import { refuseIf } from "../../platform/refused.ts";
import { viewOf, type Action } from "../../platform/scope.ts";
import { saveInto, worksLeading } from "../store/budgets.ts";
import { actingMember } from "./acting-member.ts";
import { aboutWork, engagementSeen } from "./work.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Chooses for one's own part of a work. What is invoiced already stays where it is. */
export const chooseBudget: Act<typeof api.chooseBudget> = async (scope, { engagement: id, chosen }) => {
  const engagement = await engagementSeen(scope, id);
  refuseIf(objectionToChoosingBudget(engagement, scope.actor));
  const into = await budgetChosen(scope, chosen);
  await saveInto(scope, id, actingMember(scope).member, into);
  scope.emit({ type: "engagement.budgetChosen", subject: id, body: {}, about: aboutWork(id) });
  return {};
};

/** Closes a budget that is empty and that no work leads to. */
export const closeBudget: Act<typeof api.closeBudget> = async (scope, { budget }) => {
  await end(scope, budget, async (member) =>
    (await worksLeading(viewOf(scope), member)).flatMap(({ into, title }) => (into === budget ? [title] : [])),
  );
  return {};
};
