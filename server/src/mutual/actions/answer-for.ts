// Which of an engagement's answers a milestone stands under.
import type { Id } from "@partcommune/shared/platform/id";
import type { Answered } from "../store/promises.ts";

/** The last answer that names the milestone; else the last of those that name none. */
export const answerFor = (answers: readonly Answered[], milestone: Id): Answered | undefined =>
  answers.findLast(({ milestones }) => milestones?.includes(milestone)) ?? answers.findLast(({ milestones }) => milestones === null);
