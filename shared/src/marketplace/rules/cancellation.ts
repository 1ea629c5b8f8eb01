// The law of cancelling: one side alone while nothing is handed in, afterwards only both together.
import type { Actor } from "../../platform/actor.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, type Instant } from "../../platform/time.ts";
import { engagementTable, sideOf, wordOf, type EngagementState, type Parties, type Side, type Word } from "./engagement.ts";
import { objectionToVerb } from "../../platform/table.ts";

export const problems = {
  "handed-in-already": {
    status: 409,
    says: "Work was handed in, so one side alone can no longer cancel. Ask the other side to agree.",
    rule: "cancelling",
    changedBy: "the other side, by agreeing",
  },
  "cancel-alone": { status: 409, says: "Nothing was handed in yet: your side can cancel alone.", rule: "cancelling" },
  "dispute-open": {
    status: 409,
    says: "A dispute is open. It is settled first; then what is left can be cancelled.",
    rule: "cancelling",
    changedBy: "both sides, by settling the dispute",
  },
  "nothing-left": { status: 409, says: "Everything is approved or settled already: there is nothing left to cancel.", rule: "cancelling" },
  "other-side-agrees": {
    status: 409,
    says: "You asked for this or agreed to it already. It is for the others to agree.",
    rule: "cancelling",
  },
  "request-lapsed": { status: 409, says: "The request stood until {standsUntil}. Ask for it again.", rule: "10 days to agree" },
} as const satisfies Problems;

/** What one side asked, and who has agreed to it; whoever asks has. */
export type Request = { readonly by: Side; readonly standsUntil: Instant; readonly agreed: readonly Word[] };

export type Cancelling = Parties & {
  readonly state: EngagementState;
  /** Something of it was ever handed in. */
  readonly handedIn: boolean;
  readonly disputed: boolean;
  /** Some of it is neither approved nor settled. */
  readonly left: boolean;
  readonly request?: Request | undefined;
};

/** Why this person may not end the whole alone. */
export function objectionToCancelling(engagement: Cancelling, canceller: Actor): Refusal | undefined {
  if (!sideOf(canceller, engagement)) return refuse("approver-needed");
  return objectionToVerb(engagementTable, engagement.state, "cancel") ?? (engagement.handedIn ? refuse("handed-in-already") : undefined);
}

/** Why this person may not ask the other side to cancel with them. */
export function objectionToAskingCancellation(engagement: Cancelling, asking: Actor): Refusal | undefined {
  if (!sideOf(asking, engagement)) return refuse("approver-needed");
  const unfit = objectionToVerb(engagementTable, engagement.state, "askCancellation");
  if (unfit) return unfit;
  return engagement.handedIn ? objectionToBoth(engagement) : refuse("cancel-alone");
}

/** Why even both sides cannot cancel now. */
function objectionToBoth({ disputed, left }: Cancelling): Refusal | undefined {
  if (disputed) return refuse("dispute-open");
  return left ? undefined : refuse("nothing-left");
}

/** Why this person may not agree to what the other side asked. */
export function objectionToJointCancellation(engagement: Cancelling, agreeing: Actor, now: Instant): Refusal | undefined {
  const word = wordOf(agreeing, engagement);
  const { state, request } = engagement;
  if (word === undefined) return refuse("approver-needed");
  const unfit = objectionToVerb(engagementTable, state, "agreeToCancel");
  if (unfit) return unfit;
  if (!request) return refuse("not-in-this-state", { state });
  if (request.agreed.includes(word)) return refuse("other-side-agrees");
  if (!isBefore(now, request.standsUntil)) return refuse("request-lapsed", { standsUntil: request.standsUntil });
  return objectionToBoth(engagement);
}
