// What a line of the bank is made of that means several things: the parts that somebody said, or each transfer of a payout that the bank booked as one sum.
import { itemsWithout } from "@partcommune/shared/money/rules/bank-line";
import type { Id } from "@partcommune/shared/platform/id";
import { found } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import type { Meaning, Part } from "../store/bank-lines.ts";
import { batchFound } from "../store/matching.ts";

/** Of a line that means one thing, none. */
export async function partsOf(scope: Scope, means: Meaning): Promise<readonly Part[]> {
  if (means.kind === "several") return means.parts;
  if (means.kind !== "batchSettled") return [];
  return (await batchMeant(scope, means)).items.map(({ id: item, amount }) => ({ amount, means: { kind: "payoutSettled", item } }));
}

/** A payout with those of its transfers that are meant. One that does not wait in it cannot be left out. */
export async function batchMeant(
  scope: Pick<Scope, "tx">,
  { payout, without = [] }: { readonly payout: Id; readonly without?: readonly Id[] | undefined },
) {
  const batch = found(await batchFound(scope, payout));
  return { ...batch, items: found(itemsWithout(batch.items, without)) };
}
