// The law of declarations: who may bring work of a client of their own, and on what terms the coop takes it.
import type { Stage } from "../../membership/rules.ts";
import type { Service } from "../../platform/packs.ts";
import type { Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day } from "../../platform/time.ts";
import { objectionToTakingOn } from "./bid.ts";
import { objectionToService, type Client, type Coop } from "./job.ts";
import { objectionToPay } from "./pay.ts";
import { objectionToPlan, type PlannedMilestone } from "./plan.ts";

export const problems = {
  "work-needs-membership": {
    status: 403,
    says: "Work is declared by members, from their trial on.",
    rule: "membership",
    changedBy: "the board, which admits members",
  },
  "own-client": {
    status: 403,
    says: "You speak for this client yourself. Nobody signs both sides of a quote.",
    rule: "nobody pays themselves",
  },
  "too-many-open-quotes": {
    status: 409,
    says: "You have {open} quotes that wait for their clients; {most} is the most at one time.",
    rule: "open bids a member may have",
    changedBy: "the members, by vote",
  },
  "dates-past": { status: 422, says: "The work begins on {startOn}, and that day is past. The earliest is {today}." },
} as const satisfies Problems;

export type Declaration = {
  readonly price: Money;
  readonly startOn: Day;
  readonly endOn: Day;
  readonly service?: Service | undefined;
  readonly plan: readonly PlannedMilestone[];
  /** Days of the work without Saturdays and Sundays. */
  readonly weekdays: bigint;
};
export type Declarer = { readonly stage: Stage; readonly speaksForClient: boolean; readonly openQuotes: number };
export type Terms = Coop & {
  readonly mostOpen: number;
  /** Least pay of an hour where the work is done; absent where members voted none. */
  readonly wageFloor?: Money;
};

/** Why this member may not declare this work for this client; undefined when nothing speaks against it. */
export function objectionToDeclaration(work: Declaration, declarer: Declarer, client: Client, terms: Terms): Refusal | undefined {
  const idle = objectionToTakingOn(declarer.stage, "work-needs-membership");
  if (idle) return idle;
  if (declarer.speaksForClient) return refuse("own-client");
  if (client.blockedReason !== null) return refuse("client-blocked", { reason: client.blockedReason });
  if (declarer.openQuotes >= terms.mostOpen) return refuse("too-many-open-quotes", { open: declarer.openQuotes, most: terms.mostOpen });
  const { price, startOn, endOn } = work;
  if (price.currency !== terms.currency) return refuse("currency-differs", { wanted: terms.currency, given: price.currency });
  if (endOn < startOn) return refuse("dates-reversed", { startOn, endOn });
  if (startOn < terms.today) return refuse("dates-past", { startOn, today: terms.today });
  return objectionToService(work.service, terms) ?? objectionToPlan(work.plan, price, work) ?? objectionToPay(work, terms.wageFloor);
}
