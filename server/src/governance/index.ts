// What higher domains may use of governance.
export { sayOf } from "./store/leaving.ts";
export { bylawsWanted, valuesOf } from "./store/wanted.ts";
export { beginProposal } from "./actions/proposals.ts";
export { assemblyHeld, callOffVote, closeInAssembly, conveneInAssembly, openInAssembly } from "./actions/assembly.ts";
export { enterPapers } from "./actions/papers.ts";
export { votesTold, type VoteShown } from "./store/votes-told.ts";
export { openAbout } from "./store/proposals.ts";
export { proposalsAbout, type ProposalAbout } from "./store/about.ts";
export { carriesOut, type Passed } from "./actions/carrying-out.ts";
export { keepEffects } from "./actions/weighing.ts";
export { keptEffectsOf, type KeptEffects } from "./store/weighing.ts";
export { branchNames } from "./store/turnout.ts";
export { openingPlanOf } from "./store/opening.ts";
export { bylawIn, bylawsIn, versionsCited, versionsOf, type VersionCited } from "./store/bylaws.ts";
