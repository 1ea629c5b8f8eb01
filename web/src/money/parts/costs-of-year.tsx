// What running the coop costs, for everybody: this year, by what was paid for.
import { readCosts } from "@partcommune/shared/money/api/cost";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Money } from "../../ui/money.tsx";

export function CostsOfYear() {
  const t = useT();
  const { year, costs, incomes, sum } = useWanted(readCosts, {});
  const some = costs.length + incomes.length > 0;
  return (
    <section aria-labelledby="costs">
      <h2 id="costs">{t("costs.fund.title")}</h2>
      <p className="hint">{t(some ? "costs.fund.says" : "costs.fund.none", { year: String(year) })}</p>
      {some && sum ? (
        <dl className="facts sums">
          {costs.map(({ cost, amount }) => (
            <Fact key={cost} says={t(`costs.cost.${cost}`)}>
              <Money of={amount} />
            </Fact>
          ))}
          {incomes.map(({ income, amount }) => (
            <Fact key={income} says={`${t(`costs.income.${income}`)} (${t("costs.fund.income")})`}>
              <Money of={amount} />
            </Fact>
          ))}
          <Fact says={t("costs.fund.sum")}>
            <Money of={sum} />
          </Fact>
        </dl>
      ) : undefined}
    </section>
  );
}
