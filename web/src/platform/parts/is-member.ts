// Who is in the coop, by the stage of their membership: not before admission, and not after leaving, though papers stay.

/** Whether somebody is a member, or was one: what they read of their money and works stays theirs. */
export const hasPapers = (stage: string | undefined): boolean => stage !== undefined && stage !== "applicant" && stage !== "refused";

export const isMember = (stage: string | undefined): boolean => hasPapers(stage) && stage !== "left";
