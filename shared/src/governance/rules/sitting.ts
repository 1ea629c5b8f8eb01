// The law of voting in an assembly: which proposals may be put on an agenda, and how long they wait for one.
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { dayMs, isBefore, later, type Instant } from "../../platform/time.ts";

/** How long a proposal that its author wants voted in an assembly waits for one, before it is voted like any other. */
export const assemblyWaitDays = 90;

export const problems = {
  "assembly-not-asked": {
    status: 422,
    says: "“{title}” was not written for an assembly: it is voted on days of its own.",
    rule: "its author says where a proposal is voted",
    changedBy: "its author, while they may still word it anew",
  },
  "assembly-too-early": { status: 422, says: "“{title}” is read a second time, from {from} on.", rule: "proposal.secondReadingDays" },
  "assembly-too-late": {
    status: 422,
    says: "“{title}” waits for an assembly until {until}. Call this one for an earlier day, or leave it out.",
    rule: "nobody keeps a proposal from its vote",
  },
  "beside-another": {
    status: 422,
    says: "“{title}” is another version of a proposal. Put that one on the agenda: all its versions are voted together.",
    rule: "versions of one question are voted together",
  },
  "subject-at-stake": {
    status: 409,
    says: "“{title}” waits: another vote about the same is not settled yet.",
    rule: "what is one question is not voted twice at once",
  },
  "month-full": {
    status: 409,
    says: "{asked} votes open in that month already, and {most} are the most that members agreed to be asked.",
    rule: "vote.monthlyLimit",
    changedBy: "the members, by vote",
  },
  "item-kind-unlike": { status: 422, says: "“{title}” does not fit: an election is put as one, everything else as a vote." },
} as const satisfies Problems;

/** What else is voted: what it is about, how many votes open in the same month, and how many may. */
export type Beside = { readonly atStake: ReadonlySet<string>; readonly asked: number; readonly most: number };

/** Why a question is not put to the vote now, on whatever day. */
export function objectionToAsking(
  { title, subjects }: { readonly title: string; readonly subjects: readonly string[] },
  { atStake, asked, most }: Beside,
): Refusal | undefined {
  if (subjects.some((each) => atStake.has(each))) return refuse("subject-at-stake", { title });
  return asked >= most ? refuse("month-full", { asked, most }) : undefined;
}

/** A proposal that waits for a vote. `beside`: it is another version of one that is still to be voted. */
export type Waiting = {
  readonly title: string;
  readonly kind: string;
  readonly inAssembly: boolean;
  readonly admittedAt: Instant;
  readonly notBefore: Instant | null;
  readonly beside: boolean;
};

/** Why a proposal is not voted in an assembly that begins then. */
export function objectionToSitting(waiting: Waiting, from: Instant, elects: boolean): Refusal | undefined {
  const { title, kind, inAssembly, admittedAt, notBefore, beside } = waiting;
  if ((kind === "election") !== elects) return refuse("item-kind-unlike", { title });
  if (beside) return refuse("beside-another", { title });
  if (!inAssembly) return refuse("assembly-not-asked", { title });
  if (notBefore !== null && isBefore(from, notBefore)) return refuse("assembly-too-early", { title, from: notBefore });
  const since = notBefore === null || isBefore(notBefore, admittedAt) ? admittedAt : notBefore;
  const until = later(since, assemblyWaitDays * dayMs);
  return isBefore(until, from) ? refuse("assembly-too-late", { title, until }) : undefined;
}
