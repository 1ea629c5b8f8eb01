// The law of the directory: a member is in it because they said so, under an address they chose.
import type { Problems } from "../../platform/refusal.ts";
import type { Stage } from "../rules.ts";

export const problems = {
  "handle-taken": { status: 409, says: "The address /members/{handle} is another member's. Choose one that is free." },
} as const satisfies Problems;

/** What stands in the address of a member's page. */
export const handlePattern = /^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$/;

/** Stages in which a page is shown to others: it goes with the membership. */
export const shownStages: readonly Stage[] = ["trial", "member", "associate"];
