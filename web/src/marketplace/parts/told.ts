// What the pages of an engagement are told, by their short names.
import type { readEngagement } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";

export type EngagementTold = ToldOf<typeof readEngagement>;
export type MilestoneTold = EngagementTold["milestones"][number];
export type MilestoneAct = MilestoneTold["acts"][number];

/** Acts that somebody waits for; asking for changes or disputing is a choice beside them. */
const waitedFor: readonly MilestoneAct[] = ["handIn", "addPart", "approve"];

/** Whether the reader's hand is what this milestone waits for. */
export const isAsked = ({ acts }: MilestoneTold): boolean => acts.some((act) => waitedFor.includes(act));

/** The milestone that comes next for whoever reads: the first that waits for them, else the first at which money or work is open, else the last. */
export const currentOf = ({ milestones }: EngagementTold): MilestoneTold | undefined =>
  milestones.find(isAsked) ??
  milestones.find(({ state }) => state !== "settled" && state !== "cancelled" && state !== "waiting") ??
  milestones.find(({ state }) => state === "waiting") ??
  milestones.at(-1);

/** The job whose agreement another coop refused, for the client who can open it again. */
export const jobRefused = ({ state, side, cancelledBecause, job }: EngagementTold): string | undefined =>
  state === "lapsed" && side === "client" && cancelledBecause !== undefined ? job : undefined;
