// What higher domains, and an operator at the terminal, may use of the marketplace.
export { importEsco, type Imported } from "./actions/import-skills.ts";
export { importedJobs, workHolds } from "./actions/import-jobs.ts";
export { linkSkills } from "./actions/link-skills.ts";
export { readEsco } from "./actions/read-esco.ts";
export { proposedTwins, type Twin } from "./store/skill-twins.ts";
export { worksKnown } from "./store/works.ts";
