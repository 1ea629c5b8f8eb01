// The way of a price: what becomes common, and what goes to the member's budget.
import { listBylaws } from "@partcommune/shared/governance/api";
import { budgetOf } from "@partcommune/shared/money/rules/split";
import { minus, moneyText, sum, type Money } from "@partcommune/shared/platform/money";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Bar } from "../../ui/bar.tsx";
import { later } from "../../ui/later.tsx";
import { useMoney } from "../../ui/money.tsx";

/** Shown to whoever is employed; a price is read without it. */
const InHand = later(async () => (await import("../../money/parts/in-hand.tsx")).InHand);

/** What becomes of the price of one or several invoices: common money and the member's budget, by the same function as the server's. */
type WayProps = {
  readonly prices: readonly [Money, ...Money[]];
  /** Several people do it: what is not common is shared among them. */
  readonly together?: boolean;
};

export function Way({ prices: [first, ...others], together = false }: WayProps) {
  const t = useT();
  const say = useMoney();
  const { items } = useWanted(listBylaws, {});
  const rate = items.find(({ key }) => key === "fee.rate")?.value as number | undefined;
  if (rate === undefined) return undefined;
  const whole = sum(first, ...others);
  const budget = budgetOf([first, ...others], BigInt(rate));
  const fee = minus(whole, budget);
  const said = { price: say(moneyText(whole)), fee: say(moneyText(fee)), budget: say(moneyText(budget)) };
  return (
    <>
      <Bar
        says={t("marketplace.home.example.says", said)}
        slices={[
          { key: "budget", parts: Number(budget.minor), as: "mine" },
          { key: "fee", parts: Number(fee.minor), as: "common" },
        ]}
      />
      <p>{t(together ? "teams.way" : "marketplace.bids.way", said)}</p>
      {together ? undefined : <InHand budget={budget} />}
    </>
  );
}
