// Whether somebody may bid and ask, by the stage of their membership. The law says it too; its words would weigh on every first load.

export const mayBid = (stage: string | undefined): boolean => stage === "trial" || stage === "member" || stage === "associate";
