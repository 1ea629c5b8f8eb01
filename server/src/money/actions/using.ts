// Using what a member is owed before it is ordered: what then is held no more, and who hears that nothing of it is left.
import { holdsFalling } from "@partcommune/shared/money/rules/collection";
import type { Entry } from "@partcommune/shared/money/rules/entry";
import type { Id } from "@partcommune/shared/platform/id";
import { minus, zero, type Money } from "@partcommune/shared/platform/money";
import type { Scope } from "../../platform/scope.ts";
import type { Usable } from "../store/draws.ts";
import { allPaidOf } from "../store/paying.ts";

/** How much less is held until the client pays when so much is used; what is free already goes first. */
export function freedBy({ left, unfreed, collected, ahead }: Usable, amount: Money): Money {
  const free = minus(left, unfreed);
  const freed = minus(amount, free);
  return collected || ahead || freed.minor <= 0n ? zero(amount.currency) : freed;
}

/** The holds of the budget as they fall by it. */
export function heldLess(
  { invoice, member, into, unfreed, gross, paid, ahead }: Usable,
  freed: Money,
): Pick<Required<Entry>, "ends" | "holds"> {
  const standing = (budget: Money) => [{ member, into, budget, gross, paid, ahead }];
  return freed.minor === 0n ? { ends: [], holds: [] } : holdsFalling(invoice, standing(unfreed), standing(minus(unfreed, freed)));
}

type Used = { readonly payable: Id; readonly member: Id; readonly invoice: Id; readonly engagement: Id; readonly milestone: Id };

/** Nothing of it is left to be paid: whoever did the work has had all of it. */
export async function tellUsed(scope: Scope, { payable, member, invoice, engagement, milestone }: Used): Promise<void> {
  const body = { engagement, milestone, member, whole: (await allPaidOf(scope, [invoice])).has(invoice) };
  scope.emit({ type: "payable.paid", subject: payable, body, about: [`engagement:${engagement}`, `member:${member}`, "desk:money"] });
}
