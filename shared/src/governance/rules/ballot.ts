// The law of casting: what a ballot of each method may say, until when it is taken, and who may cast for somebody else.
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, later, type Instant } from "../../platform/time.ts";
import type { Id } from "../../platform/id.ts";
import type { Method, VoteState } from "./vote.ts";

export const problems = {
  "vote-closed": {
    status: 409,
    says: "This vote closed on {closedAt}. Nothing cast after it counts.",
    rule: "the clock of the coop closes a vote",
  },
  "contested-already": { status: 409, says: "You have contested this vote already." },
  "vote-not-open": { status: 409, says: "This vote opens on {opensAt}.", rule: "a vote has its days" },
  "choice-unlike": { status: 422, says: "This is not an answer to the question: {because}." },
  "proxy-to-oneself": { status: 422, says: "Nobody holds their own proxy. Vote, or choose somebody else." },
  "proxy-to-leaver": {
    status: 409,
    says: "Whoever is leaving the coop votes for nobody else. Vote yourself, or choose somebody else.",
    rule: "who leaves decides for themselves alone",
    changedBy: "the one you named, by staying",
  },
  "proxy-chained": {
    status: 409,
    says: "Whoever holds a proxy gives none, and whoever gave one holds none.",
    rule: "a proxy goes one step",
  },
  "proxies-enough": {
    status: 409,
    says: "This member holds {most} proxies in this vote already.",
    rule: "proxy.cap",
    changedBy: "the members, by vote",
  },
  "proxy-too-early": {
    status: 409,
    says: "A proxy is used from {from} on. Until then whoever gave it may still vote.",
    rule: "proxy.windowHours",
    changedBy: "the members, by vote",
  },
  "proxy-unknown": { status: 403, says: "You hold no proxy of this person in this vote.", rule: "a proxy is written" },
  "proxy-spent": {
    status: 409,
    says: "This vote was cast already: by whoever gave the proxy, or by whoever holds it.",
    rule: "one member, one vote",
  },
} as const satisfies Problems;

export type Choice =
  | "yes"
  | "no"
  | "abstain"
  | { readonly approve: readonly string[] }
  | { readonly scores: Readonly<Record<string, number>> }
  | { readonly ranks: readonly (readonly string[])[] };

export type Days = { readonly state: VoteState; readonly opensAt: Instant; readonly closesAt: Instant };

/** Why nothing can be cast now; the coop's clock decides, whatever a request says of the time. */
export function objectionToTime({ state, opensAt, closesAt }: Days, now: Instant): Refusal | undefined {
  if (state === "convened") return refuse("vote-not-open", { opensAt });
  if ((state !== "open" && state !== "extended") || !isBefore(now, closesAt)) return refuse("vote-closed", { closedAt: closesAt });
  return undefined;
}

const shapes: Readonly<Record<Method, (choice: Choice) => boolean>> = {
  yesNo: (choice) => typeof choice === "string",
  approval: (choice) => typeof choice === "object" && "approve" in choice,
  score: (choice) => typeof choice === "object" && "scores" in choice,
  schulze: (choice) => typeof choice === "object" && "ranks" in choice,
  stv: (choice) => typeof choice === "object" && "ranks" in choice && choice.ranks.every((place) => place.length === 1),
};

const named = (choice: Choice): readonly string[] => {
  if (typeof choice === "string") return [];
  if ("approve" in choice) return choice.approve;
  return "scores" in choice ? Object.keys(choice.scores) : choice.ranks.flat();
};

/** Why this is no answer to the question. */
export function objectionToChoice(choice: Choice, method: Method, options: readonly string[]): Refusal | undefined {
  const keys = named(choice);
  if (!shapes[method](choice)) return refuse("choice-unlike", { because: "method" });
  if (keys.some((key) => !options.includes(key))) return refuse("choice-unlike", { because: "option" });
  if (new Set(keys).size !== keys.length) return refuse("choice-unlike", { because: "twice" });
  return undefined;
}

export type Side = "giver" | "holder";

/** Why this person may not let that one vote for them. `of`: the side each of them is on in this vote, if any. */
export function objectionToProxy(
  { giver, holder }: { readonly giver: Id; readonly holder: Id },
  of: {
    readonly giver?: Side | undefined;
    readonly holder?: Side | undefined;
    readonly held: number;
    readonly cap: number;
    /** Whether the holder is leaving the coop. */
    readonly isLeaving: boolean;
  },
): Refusal | undefined {
  if (giver === holder) return refuse("proxy-to-oneself");
  if (of.isLeaving) return refuse("proxy-to-leaver");
  if (of.giver === "holder" || of.holder === "giver") return refuse("proxy-chained");
  if (of.held >= of.cap) return refuse("proxies-enough", { most: of.cap });
  return undefined;
}

/** Why a proxy cannot be used now: its giver has until the last hours to vote after all. */
export function objectionToUsingProxy(closesAt: Instant, windowHours: number, now: Instant): Refusal | undefined {
  const from = later(closesAt, -windowHours * 3_600_000);
  return now < from ? refuse("proxy-too-early", { from }) : undefined;
}
