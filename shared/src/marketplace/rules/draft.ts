// The law of drafts: jobs that are kept while they are written, for those who post for their client alone.
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { postsFor } from "./job.ts";

export const problems = {
  "draft-changed": { status: 409, says: "This draft was written on elsewhere meanwhile. Open it again to go on." },
  "too-many-drafts": { status: 409, says: "{most} drafts are the most at one time. Post one, or throw one away." },
} as const satisfies Problems;

export const mostDrafts = 50;

/** Why this person may not begin one more draft for a client that has so many. */
export function objectionToDraft(client: Id, drafts: number, poster: Actor): Refusal | undefined {
  if (!postsFor(poster, client)) return refuse("poster-needed");
  return drafts >= mostDrafts ? refuse("too-many-drafts", { most: mostDrafts }) : undefined;
}
