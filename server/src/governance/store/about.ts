// Proposals about one thing, for the page of that thing.
import { sql } from "kysely";
import type { ProposalState } from "@partcommune/shared/governance/rules/proposal";
import type { Id } from "@partcommune/shared/platform/id";
import type { View } from "../../platform/scope.ts";

export type ProposalAbout = { readonly id: Id; readonly title: string; readonly state: ProposalState };

/** The newest published proposals about a subject. */
export async function proposalsAbout({ db }: Pick<View, "db">, subject: string): Promise<readonly ProposalAbout[]> {
  const rows = await db
    .selectFrom("governance.proposal")
    .select(["id", "title", "state"])
    .where(sql<boolean>`subjects @> array[${subject}::text]`)
    .where("state", "!=", "draft")
    .orderBy("id", "desc")
    .limit(20)
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as ProposalState }));
}
