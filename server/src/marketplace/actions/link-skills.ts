// A person has looked at skills that share a name, and says which of them are the same.
import { found, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import * as store from "../store/skill-twins.ts";

export type Pairs = { readonly pairs: readonly { readonly theirs: string; readonly ours: string }[] };

/** Links the pairs: whatever names the one is found by the other from now on. */
export const linkSkills: Action<Pairs, { readonly linked: number }> = async (scope, { pairs }) => {
  const [theirs, ours]: [string[], string[]] = [[], []];
  for (const pair of pairs) {
    const [their, our] = found(await store.twinIds(scope, pair));
    refuseUnless(await store.linkTwin(scope, their, our), "not-found");
    theirs.push(their);
    ours.push(our);
    scope.emit({ type: "skill.linked", subject: their, body: { as: our }, about: ["skills"] });
  }
  await store.meanTwins(scope, theirs, ours);
  return { linked: pairs.length };
};
