// What went to and fro about milestones, in SQL: hand-ins and requests for changes.
import type { readEngagement } from "@partcommune/shared/marketplace/api";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { filesSentWith } from "../../platform/files/store.ts";
import { htmlWithHeadings } from "../../platform/text.ts";
import type { View } from "../../platform/scope.ts";

type Card = AnswerOf<typeof readEngagement>["milestones"][number];
type Said = Pick<Card, "handIns" | "changes">;

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

export type Added = Card["added"][number];

/** What others of a team added to each of these milestones, newest last. Whoever asks has the right to read it. */
export async function addedTo(view: View, milestones: readonly Id[]): Promise<ReadonlyMap<Id, readonly Added[]>> {
  if (milestones.length === 0) return new Map();
  const rows = await view.db
    .selectFrom("marketplace.part_added as added")
    .innerJoin("membership.member_card as card", "card.id", "added.member")
    .select(["added.id", "added.milestone", "added.at", "added.text", "card.name"])
    .where("added.milestone", "in", milestones)
    .orderBy("added.at")
    .orderBy("added.id")
    .execute();
  const files = await filesSentWith(
    view,
    rows.map(({ id }) => id),
  );
  const cards = rows.map(({ id, milestone, at, text, name }) => ({
    milestone,
    card: { by: name ?? "", at, text, files: files.get(id) ?? [] },
  }));
  return new Map([...Map.groupBy(cards, ({ milestone }) => milestone)].map(([milestone, of]) => [milestone, of.map(({ card }) => card)]));
}
