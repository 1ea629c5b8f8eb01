// Whether somebody may call a gathering, by the stage of their membership. The law says it too; its words would weigh on every first load.

export const callsGatherings = (stage: string | undefined): boolean => stage === "trial" || stage === "member" || stage === "associate";
