// The refusals of the book.
import type { Problems } from "../../platform/refusal.ts";

export const problems = {
  "not-enough": {
    status: 409,
    says: "There is not enough on the account: {short} is missing.",
    rule: "available is never below the floor",
  },
  "pot-floor": {
    status: 409,
    says: "The pot would fall below its floor: {short} is missing.",
    rule: "pot.floors",
    changedBy: "the members, by vote",
  },
  "period-closed": { status: 409, says: "The books are closed until {closedUntil}. Choose a later day.", changedBy: "the treasurer" },
  "over-reversed": { status: 409, says: "More would be taken back than was posted." },
  "account-closed": { status: 409, says: "The account is closed or does not exist." },
  "account-not-empty": { status: 409, says: "An account is closed only when it is empty and nothing is held on it." },
  "hold-ended": { status: 409, says: "What was set aside has been used or released already." },
} as const satisfies Problems;
