// The law of the guarantee: what is asked when an engagement is signed, and by when a member is paid whatever the client does.
import { minus, share, type Money, type Ppm } from "../../platform/money.ts";
import type { Id } from "../../platform/id.ts";
import type { Instant } from "../../platform/time.ts";

/** The questions in the order they are asked. Each has one sentence in every language, and names who can change the answer. */
export const guaranteeQuestions = ["G1", "G2", "G3", "G4", "G5", "G6", "G7"] as const;
export type GuaranteeQuestion = (typeof guaranteeQuestions)[number];

/** The bylaws that the answers obey; the versions in force at signing are kept with the promise. */
export const guaranteeBylaws = [
  "fee.rate",
  "guarantee.countries",
  "guarantee.clientExposure",
  "guarantee.startAmount",
  "guarantee.clientShare",
  "guarantee.holdShare",
  "guarantee.workingDays",
] as const;

/** Everything the seven questions need, as it stands at the second signature. */
export type GuaranteeFacts = {
  /** The member's budget that would be paid. */
  readonly amount: Money;
  readonly client: { readonly country: string; readonly confirmed: boolean; readonly blocked: boolean; readonly isTheMember: boolean };
  /** Promised to this client's engagements before this one, and not collected. */
  readonly exposure: Money;
  readonly countries: readonly string[];
  readonly clientExposure: Money;
  readonly startAmount: Money;
  readonly clientShare: Ppm;
  readonly holdShare: Ppm;
  /** The guarantee pot: all of it, and what of it is neither held nor under its floor. */
  readonly pot: { readonly balance: Money; readonly available: Money };
  /** In the bank, less the VAT that is not ours. */
  readonly cash: Money;
};

/** What a no is made of: what is there, what this promise would take of it, and how much is missing for that. */
export type Lack = { readonly has: Money; readonly needs: Money; readonly short: Money };

export type GuaranteeAnswer = { readonly question: GuaranteeQuestion; readonly holds: boolean; readonly lack?: Lack };

/** What a payment to a member binds of the pot until the client has paid. */
export const holdFor = (amount: Money, holdShare: Ppm): Money => share(amount, holdShare);

const asked: Readonly<Record<GuaranteeQuestion, (facts: GuaranteeFacts) => boolean>> = {
  G1: ({ client }) => client.confirmed,
  G2: ({ client, countries }) => countries.includes(client.country),
  G3: isWithinExposure,
  G4: ({ client }) => !client.blocked,
  G5: ({ client }) => !client.isTheMember,
  G6: ({ pot, amount, holdShare }) => pot.available.minor >= holdFor(amount, holdShare).minor,
  G7: ({ cash, amount }) => cash.minor >= amount.minor,
};

/** Below the start amount a client may be any part of the pot; above it only the voted part; never more than the voted sum. */
function isWithinExposure({ exposure, amount, clientExposure, startAmount, clientShare, pot }: GuaranteeFacts): boolean {
  const bound = exposure.minor + amount.minor;
  return bound <= clientExposure.minor && (bound <= startAmount.minor || bound <= share(pot.balance, clientShare).minor);
}

/** The two questions about money that everybody may see; their no is told with its figures. */
const lacks: Readonly<Partial<Record<GuaranteeQuestion, (facts: GuaranteeFacts) => Lack>>> = {
  G6: ({ pot, amount, holdShare }) => lackOf(pot.balance, holdFor(amount, holdShare), pot.available),
  G7: ({ cash, amount }) => lackOf(cash, amount, cash),
};

const lackOf = (has: Money, needs: Money, free: Money): Lack => ({ has, needs, short: minus(needs, free) });

/** All seven answers, so that a person reads every reason at once. */
export const guaranteeAnswers = (facts: GuaranteeFacts): readonly GuaranteeAnswer[] =>
  guaranteeQuestions.map((question) => {
    const holds = asked[question](facts);
    const lack = holds ? undefined : lacks[question]?.(facts);
    return { question, holds, ...(lack ? { lack } : {}) };
  });

export type Promised = { readonly workingDays: number; readonly answers: readonly GuaranteeAnswer[]; readonly promisedAt: Instant };

/** What was answered for several, as one reads it of all together: a question holds where it holds for each. None: nothing was asked. */
export function promiseOfAll([first, ...others]: readonly Promised[]) {
  if (!first) return undefined;
  const holds = (question: GuaranteeQuestion): boolean =>
    [first, ...others].every(({ answers }) => answers.some((answer) => answer.question === question && answer.holds));
  const answers = guaranteeQuestions.map((question) => ({
    question,
    holds: holds(question),
    ...largestLack([first, ...others], question),
  }));
  return { guaranteed: isGuaranteed(answers), workingDays: first.workingDays, answers, promisedAt: first.promisedAt };
}

/** Where several lack, the figures of whoever lacks most. */
function largestLack(promised: readonly Promised[], question: GuaranteeQuestion): { readonly lack?: Lack } {
  const found = promised.flatMap(({ answers }) => answers.flatMap((answer) => (answer.question === question && answer.lack) || []));
  const [lack] = found.toSorted((one, other) => Number(other.short.minor - one.short.minor));
  return lack ? { lack } : {};
}

/** A promise needs every yes. */
export const isGuaranteed = (answers: readonly GuaranteeAnswer[]): boolean => answers.every(({ holds }) => holds);

/** Which of an engagement's answers, in the order they were given, a milestone stands under: the last that names it, else the last that names none. */
export const answerFor = <Answer extends { readonly milestones: readonly Id[] | null }>(
  answers: readonly Answer[],
  milestone: Id,
): Answer | undefined =>
  answers.findLast(({ milestones }) => milestones?.includes(milestone)) ?? answers.findLast(({ milestones }) => milestones === null);
