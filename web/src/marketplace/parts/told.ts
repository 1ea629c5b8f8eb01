// What the pages of an engagement are told, by their short names.
import type { readEngagement } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";

export type EngagementTold = ToldOf<typeof readEngagement>;
export type MilestoneTold = EngagementTold["milestones"][number];
export type MilestoneAct = MilestoneTold["acts"][number];

/** The milestone that is at work: the first that is neither settled nor cancelled, else the last. */
export const currentOf = ({ milestones }: EngagementTold): MilestoneTold | undefined =>
  milestones.find(({ state }) => state !== "settled" && state !== "cancelled") ?? milestones.at(-1);
