// Votes on paper in SQL: what each teller counted, round by round.
import type { Entered, Papers } from "@partcommune/shared/governance/rules/paper";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

/** Every count of a vote, in the order of the rounds. */
export async function enteredOf({ db }: Pick<View, "db">, vote: Id): Promise<readonly Entered[]> {
  const rows = await db
    .selectFrom("governance.paper_count")
    .select(["teller", "round", "yes", "no", "abstain"])
    .where("vote", "=", vote)
    .orderBy("round")
    .orderBy("teller")
    .execute();
  return rows.map(({ teller, round, ...papers }) => ({ teller, round, papers }));
}

export async function saveCount({ tx, now }: Scope, vote: Id, round: number, teller: Id, papers: Papers): Promise<void> {
  await tx
    .insertInto("governance.paper_count")
    .values({ vote, round, teller, ...papers, at: now })
    .execute();
}
