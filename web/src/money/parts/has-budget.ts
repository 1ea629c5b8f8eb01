// Whose membership has money of its own: not before admission, and not after leaving.
export const hasBudget = (stage: string | undefined): boolean =>
  stage !== undefined && stage !== "applicant" && stage !== "refused" && stage !== "left";
