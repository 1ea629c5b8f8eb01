// Rules of the register that no part of the software obeys yet: they can be voted, and the pages say that nothing follows from it so far. A test holds this list against the code.
import type { BylawKeyName } from "./bylaws.ts";

const unheeded: readonly BylawKeyName[] = [
  "insurance.claimCap",
  "insurance.waitingDays",
  "coaching.hours",
  "surplus.budgetShare",
  "share.minimum",
  "member.associateMonths",
  "vote.openedMinimum",
  "vote.trustees",
  "delegation.on",
  "delegation.cap",
  "jury.size",
  "jury.days",
  "treaty.exposureTotal",
  "treaty.loanCap",
  "initiative.support",
  "initiative.seedCap",
  "gathering.costCap",
];

/** Whether something follows from what members vote of this rule. */
export const isHeeded = (key: string): boolean => unheeded.every((each) => each !== key);
