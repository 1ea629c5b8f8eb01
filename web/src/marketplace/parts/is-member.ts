// Whether somebody may bid, by the stage of their membership.

export const isMember = (stage: string | undefined): boolean =>
  stage !== undefined && stage !== "applicant" && stage !== "refused" && stage !== "left";
