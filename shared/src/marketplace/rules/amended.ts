// What an amendment makes of a plan: which milestones are added, changed or dropped, and what then stands; and what of it is money.
import type { Id } from "../../platform/id.ts";
import type { MoneyText } from "../../platform/money.ts";
import type { PlannedMilestone } from "./plan.ts";

/** A milestone of signed work. What was handed in once is no longer changeable. */
export type AgreedMilestone = PlannedMilestone & { readonly id: Id; readonly number: number; readonly changeable: boolean };

/** A milestone as it is wanted; without an id it is a new one. */
export type WantedMilestone = PlannedMilestone & { readonly id?: Id | undefined };

export type PlanChange =
  | { readonly kind: "added"; readonly to: PlannedMilestone }
  | { readonly kind: "changed"; readonly was: AgreedMilestone; readonly to: PlannedMilestone }
  | { readonly kind: "dropped"; readonly was: AgreedMilestone };

const isSame = (one: PlannedMilestone, other: PlannedMilestone): boolean =>
  one.title === other.title && one.amount.minor === other.amount.minor && one.dueOn === other.dueOn && one.parallel === other.parallel;

/** What is wanted other than agreed, milestone by milestone; new ones last. */
export const changesOf = (agreed: readonly AgreedMilestone[], wanted: readonly WantedMilestone[]): readonly PlanChange[] => [
  ...agreed.flatMap((was): readonly PlanChange[] => {
    const to = wanted.find(({ id }) => id === was.id);
    if (!was.changeable || (to && isSame(was, to))) return [];
    return to ? [{ kind: "changed", was, to }] : [{ kind: "dropped", was }];
  }),
  ...wanted.flatMap((to): readonly PlanChange[] => (to.id === undefined ? [{ kind: "added", to }] : [])),
];

/** Every milestone that stands once this is signed, in order; new ones have no number yet. */
export const planAfter = (
  agreed: readonly AgreedMilestone[],
  wanted: readonly WantedMilestone[],
): readonly (PlannedMilestone & { readonly number?: number })[] => [
  ...agreed.flatMap((was) => {
    const to = was.changeable ? wanted.find(({ id }) => id === was.id) : was;
    return to ? [{ ...to, number: was.number }] : [];
  }),
  ...wanted.filter(({ id }) => id === undefined),
];

/** The part of a frozen paper that an amendment can change. */
export type FrozenTerms = {
  readonly text: string;
  readonly endOn: string;
  readonly milestones: readonly FrozenMilestone[];
  readonly team: readonly FrozenPart[];
};
export type FrozenPart = { readonly number: number; readonly member: Id; readonly name: string; readonly share: MoneyText };
export type FrozenMilestone = {
  readonly number: number;
  readonly title: string;
  readonly amount: MoneyText;
  readonly dueOn?: string;
  readonly parallel: boolean;
};

export type Difference = { readonly number: number; readonly was?: FrozenMilestone; readonly becomes?: FrozenMilestone };

const facts = (milestone: FrozenMilestone | undefined): string =>
  JSON.stringify(milestone && [milestone.title, milestone.amount.amount, milestone.dueOn, milestone.parallel]);

/** How the milestones of two papers differ, in the order of their numbers. */
export function differences(before: FrozenTerms, after: FrozenTerms): readonly Difference[] {
  const numbers = new Set([...before.milestones, ...after.milestones].map(({ number }) => number));
  return [...numbers]
    .toSorted((one, other) => one - other)
    .flatMap((number) => {
      const [was, becomes] = [before, after].map(({ milestones }) => milestones.find((each) => each.number === number));
      return facts(was) === facts(becomes) ? [] : [{ number, ...(was ? { was } : {}), ...(becomes ? { becomes } : {}) }];
    });
}
