// What founders planned to open their fund with, in SQL.
import type { OpeningPlan } from "@partcommune/shared/governance/rules/opening";
import type { Scope, View } from "../../platform/scope.ts";

/** Keeps the plan as it was made at the founding. */
export async function savePlan({ tx, now }: Scope, plan: OpeningPlan): Promise<void> {
  await tx
    .insertInto("governance.opening_plan")
    .values({ plan: JSON.stringify(plan), planned_at: now })
    .execute();
}

/** The plan; undefined where founders made none. */
export async function openingPlanOf({ db }: Pick<View, "db">): Promise<OpeningPlan | undefined> {
  const row = await db.selectFrom("governance.opening_plan").select("plan").executeTakeFirst();
  return row?.plan as OpeningPlan | undefined;
}
