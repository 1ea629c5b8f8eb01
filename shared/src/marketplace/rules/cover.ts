// The law of cover: what is checked before a member may begin. The same list is shown to the member and to the adviser.
import type { Actor } from "../../platform/actor.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Service } from "../../platform/packs.ts";
import type { Money } from "../../platform/money.ts";
import type { Day } from "../../platform/time.ts";
import { isEmployed } from "../../membership/rules/employment.ts";
import type { Stage, Status } from "../../membership/rules.ts";
import { bidding } from "./bid.ts";
import { engagementTable, isOf, type EngagementState } from "./engagement.ts";
import { leastPrice } from "./pay.ts";
import { objectionToVerb } from "../../platform/table.ts";

export const problems = {
  "own-engagement": {
    status: 403,
    says: "You are a side of this engagement. Another adviser answers it.",
    rule: "nobody covers their own work",
  },
  "work-undeclared": {
    status: 409,
    says: "Somebody who does this work is employed and not declared for its days. Enter the reference of the declaration; then it is covered.",
    rule: "whoever is employed is declared before they work",
    changedBy: "an adviser or an officer, with the reference of the social office",
  },
} as const satisfies Problems;

export const coverChecks = ["wageFloor", "status", "declared", "dates", "border", "clientKnown", "vat"] as const;
export type CoverCheck = (typeof coverChecks)[number];

/** Everything the checks ask about an engagement at the second signature. */
export type CoverFacts = {
  readonly price: Money;
  /** Of an hour, where it is paid so: the price is then the most it can come to. */
  readonly rate?: Money | undefined;
  /** Least pay of an hour where the work is done; absent where members voted none. */
  readonly wageFloor?: Money;
  /** Days of the job without Saturdays and Sundays. */
  readonly weekdays: bigint;
  readonly stage: Stage;
  readonly status: Status;
  /** For the days of the work, as the social office was told. */
  readonly declared: boolean;
  readonly startOn: Day;
  readonly today: Day;
  /** Where the work is done; absent: remotely. */
  readonly country?: string;
  readonly coopCountry: string;
  /** An A1 or the declaration of a posted worker is there for the country and the days of the work. */
  readonly mayCross: boolean;
  /** The client entered itself, or an adviser has answered for work of theirs before. */
  readonly clientKnown: boolean;
  /** What the law taxes otherwise than other work. */
  readonly service?: Service | undefined;
};

const checks: Readonly<Record<CoverCheck, (facts: CoverFacts) => boolean>> = {
  wageFloor: ({ price, rate, wageFloor, weekdays }) =>
    wageFloor === undefined || (rate ? rate.minor >= wageFloor.minor : price.minor >= leastPrice(wageFloor, weekdays).minor),
  status: ({ stage }) => bidding.includes(stage),
  // Whoever is employed must be declared to the social office before they work.
  declared: ({ status, declared }) => declared || !isEmployed({ status }),
  dates: ({ startOn, today }) => startOn >= today,
  // Work in another country needs an A1 or the posted worker's line.
  border: ({ country, coopCountry, mayCross }) => mayCross || country === undefined || country === coopCountry,
  // A client whom nobody but its member vouches for is looked at once.
  clientKnown: ({ clientKnown }) => clientKnown,
  // The coop owes the state what a wrong rate leaves out.
  vat: ({ service }) => service === undefined,
};

/** The checks that do not hold. None: the engagement is covered by rule; else it waits for an adviser. */
export const failedChecks = (facts: CoverFacts): readonly CoverCheck[] => coverChecks.filter((check) => !checks[check](facts));

export type Covering = { readonly state: EngagementState; readonly client: string; readonly team: readonly string[] };

/** Why this adviser may not answer for this engagement. */
export function objectionToCovering(engagement: Covering, adviser: Actor, verb: "cover" | "sendBack"): Refusal | undefined {
  const isSide =
    adviser.kind === "person" && (isOf(engagement.team, adviser) || adviser.buysFor.some(({ client }) => client === engagement.client));
  return isSide ? refuse("own-engagement") : objectionToVerb(engagementTable, engagement.state, verb);
}

/** Why no adviser answers for what these checks hold up: the law asks for a declaration, and nobody's word stands in for it. */
export const objectionToUndeclared = (failed: readonly CoverCheck[]): Refusal | undefined =>
  failed.includes("declared") ? refuse("work-undeclared") : undefined;
