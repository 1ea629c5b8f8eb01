// What went to and fro about milestones, in SQL: hand-ins and requests for changes.
import type { readEngagement } from "@partcommune/shared/marketplace/api";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { filesSentWith } from "../../platform/files/store.ts";
import { htmlWithHeadings } from "../../platform/text.ts";
import type { View } from "../../platform/scope.ts";

type Said = Pick<AnswerOf<typeof readEngagement>["milestones"][number], "handIns" | "changes">;

/** Looks up what was said about each of these milestones, newest last. Whoever asks has the right to read it. */
export async function saidAbout(view: View, milestones: readonly Id[]): Promise<(milestone: Id) => Said> {
  const { db } = view;
  if (milestones.length === 0) return () => ({ handIns: [], changes: [] });
  const handIns = await db
    .selectFrom("marketplace.hand_in")
    .selectAll()
    .where("milestone", "in", milestones)
    .orderBy("at")
    .orderBy("id")
    .execute();
  const changes = await db
    .selectFrom("marketplace.change_request")
    .selectAll()
    .where("milestone", "in", milestones)
    .orderBy("at")
    .orderBy("id")
    .execute();
  const files = await filesSentWith(
    view,
    handIns.map(({ id }) => id),
  );
  return (milestone) => ({
    handIns: handIns
      .filter((row) => row.milestone === milestone)
      .map(({ id, at, text }) => ({ at, text, html: htmlWithHeadings(text, 4), files: files.get(id) ?? [] })),
    changes: changes.filter((row) => row.milestone === milestone).map(({ at, points }) => ({ at, points })),
  });
}
