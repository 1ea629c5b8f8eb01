// What an advance is reckoned from, as it stands now.
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import { pot } from "@partcommune/shared/money/rules/accounts";
import type { AdvanceFacts } from "@partcommune/shared/money/rules/advance";
import type { Id } from "@partcommune/shared/platform/id";
import { zero, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";
import { owedBy } from "./advances.ts";
import { balanceOf } from "./ledger.ts";
import { factsOfPayable } from "./payables.ts";

/** The facts of a member's limit, and the versions of the rules among them. What is secured is asked of whoever promises. */
export async function advanceFacts(
  view: View,
  member: Id,
  secured: Money,
): Promise<{ readonly facts: AdvanceFacts; readonly bylaws: readonly bigint[] }> {
  const { currency } = secured;
  const cap = await view.bylaw("advance.cap", view.now);
  const budgetShare = await view.bylaw("advance.budgetShare", view.now);
  const on = await balanceOf(view, pot("advances"));
  const facts = {
    cap: { minor: bylawMinor(cap.value, currency), currency },
    budgetShare: budgetShare.value,
    owed: { minor: await owedBy(view, member), currency },
    secured,
    pot: {
      // The book's debit is positive; what is on a pot is a credit.
      balance: { minor: -(on?.balance.minor ?? 0n), currency },
      held: on?.held ?? zero(currency),
      floor: on?.floor ?? zero(currency),
    },
  };
  return { facts, bylaws: [cap.id, budgetShare.id] };
}

/** The next day by which a member is paid for guaranteed work: then a share of it repays what they owe. */
export async function nextDue({ db, now }: Pick<View, "db" | "now">, member: Id): Promise<Day | undefined> {
  const row = await factsOfPayable(db, now)
    .clearSelect()
    .select(({ fn }) => fn.min("payable.due_on").as("on"))
    .where("payable.member", "=", member)
    .where("item.id", "is", null)
    .executeTakeFirst();
  return row?.on ?? undefined;
}
