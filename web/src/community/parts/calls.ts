// Whose page offers to call a gathering.
import { gathering } from "@partcommune/shared/community/rules/gathering";

export const callsGatherings = (stage: string | undefined): boolean => gathering.some((each) => each === stage);
