// Who is in the coop, by the stage of their membership: not before admission, and not after leaving.
export const isMember = (stage: string | undefined): boolean =>
  stage !== undefined && stage !== "applicant" && stage !== "refused" && stage !== "left";
