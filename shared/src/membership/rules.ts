// The law of membership.
import type { Problems } from "../platform/refusal.ts";

export const problems = {
  "address-taken": { status: 409, says: "A person with this address is known already. Sign in with it instead." },
} as const satisfies Problems;
