// The law of the adviser's desk: what is told about members, who holds a held-up engagement, and by when it is answered.
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, later, type Instant } from "../../platform/time.ts";

export const problems = {
  "engagement-taken": { status: 409, says: "Another adviser looks at it until {until}. One adviser answers at a time." },
} as const satisfies Problems;

export const alertKinds = ["noIncome", "clientLate", "heldUp", "trialEnds"] as const;
export type AlertKind = (typeof alertKinds)[number];

/** How long an adviser holds what they took. */
export const takenMs = 30 * 60_000;

/** Working days within which a held-up engagement is answered, and after which the desk raises an alarm. */
export const answerDays = 1;
export const alarmDays = 2;

export type Taking = { readonly adviser: Id; readonly at: Instant };

/** Until when somebody holds it; undefined when nobody does any more. */
export function takenUntil(taking: Taking | undefined, now: Instant): Instant | undefined {
  const until = taking && later(taking.at, takenMs);
  return until !== undefined && isBefore(now, until) ? until : undefined;
}

/** Why this adviser does not answer now: another one holds it. */
export function objectionToTaken(taking: Taking | undefined, adviser: Id, now: Instant): Refusal | undefined {
  const until = takenUntil(taking, now);
  return until !== undefined && taking?.adviser !== adviser ? refuse("engagement-taken", { until }) : undefined;
}
