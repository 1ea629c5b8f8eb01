// Which works lead to which budgets, in SQL.
import type { listBudgets } from "@partcommune/shared/marketplace/api";
import { engagementTable } from "@partcommune/shared/marketplace/rules/engagement";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { statesBefore } from "@partcommune/shared/platform/table";
import { budgetsOf } from "../../money/index.ts";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";

export type WorkInto = { readonly id: Id; readonly title: string; readonly client: string; readonly into: Id | null };

/** The agreed works of a member that are not over, each with the budget it leads to. */
export const worksLeading = async ({ db }: Pick<View, "db">, member: Id): Promise<readonly WorkInto[]> =>
  db
    .selectFrom("marketplace.engagement_part as part")
    .innerJoin("marketplace.engagement as engagement", "engagement.id", "part.engagement")
    .select(["engagement.id", "engagement.title", "engagement.client_name as client", "part.into_budget as into"])
    .where("part.member", "=", member)
    .where("engagement.state", "in", statesBefore(engagementTable, "chooseBudget"))
    .orderBy("engagement.quoted_at")
    .orderBy("engagement.id")
    .execute();

/** Keeps into which budget a member's part of a work goes. */
export async function saveInto({ tx }: Scope, engagement: Id, member: Id, into: Id | null): Promise<void> {
  await tx
    .updateTable("marketplace.engagement_part")
    .set({ into_budget: into })
    .where("engagement", "=", engagement)
    .where("member", "=", member)
    .execute();
}

/** One's budgets with what is on each and what leads to it. */
export async function budgetsSeen(view: View): Promise<AnswerOf<typeof listBudgets>> {
  const { actor } = view;
  const member = found(actor.kind === "person" ? actor.member : undefined);
  const works = await worksLeading(view, member);
  const items = (await budgetsOf(view, member)).map(({ held, ...budget }) => ({
    ...budget,
    held: [...held],
    works: works.flatMap(({ into, ...work }) => (into === (budget.id ?? null) ? [work] : [])),
  }));
  return { items };
}
