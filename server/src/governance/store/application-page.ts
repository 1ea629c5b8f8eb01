// One's own application as one reads it, in SQL: what one was answered, and what members were asked about it.
import { sql } from "kysely";
import type { readApplication } from "@partcommune/shared/governance/api";
import { aboutApplicant, proposalTable } from "@partcommune/shared/governance/rules/proposal";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import { statesBefore } from "@partcommune/shared/platform/table";
import { applicationOf } from "../../membership/index.ts";
import type { View } from "../../platform/scope.ts";
import { cardOf, cards, carryingNow } from "./proposal-cards.ts";

export async function ownApplication(view: View): Promise<AnswerOf<typeof readApplication>> {
  const { actor } = view;
  const application = actor.kind === "person" ? await applicationOf(view, actor.person) : undefined;
  if (!application) return {};
  const { member, name, stage, words, refusedBecause } = application;
  const rows = await cards(view)
    .where(sql<boolean>`subjects @> array[${aboutApplicant(member)}::text]`)
    .where("published_at", "is not", null)
    .orderBy("proposal.id", "desc")
    .limit(100)
    .execute();
  const carrying = await carryingNow(view);
  const appeal = rows.find(
    ({ author, state }) => author === member && statesBefore<string, string>(proposalTable, "withdraw").includes(state),
  );
  return {
    application: {
      name,
      stage,
      ...(words === null ? {} : { words }),
      ...(refusedBecause === null ? {} : { refusedBecause }),
      proposals: rows.map((row) => cardOf(row, carrying)),
      ...(appeal ? { appeal: appeal.id } : {}),
    },
  };
}
