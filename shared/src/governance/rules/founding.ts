// When a coop may be founded.
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";

export const problems = {
  "already-founded": {
    status: 409,
    says: "This coop is founded already. Its rules now change by vote.",
    rule: "one founding",
    changedBy: "the members, by vote",
  },
} as const satisfies Problems;

/** A coop is founded once; from then on its rules change by vote alone. */
export const objectionToFounding = (coop: { readonly founded: boolean }): Refusal | undefined =>
  coop.founded ? refuse("already-founded") : undefined;
