// What an opening fund could carry: how many engagements at once, and until when the cash lasts.
import type { Carried, Expected, Fund } from "@partcommune/shared/mutual/rules/carrying";
import { moneyText, type Money } from "@partcommune/shared/platform/money";
import { useT } from "../../platform/i18n.tsx";
import { Money as Amount, useMoney } from "../../ui/money.tsx";

type ForecastProps = {
  readonly expected: Expected;
  readonly carried: Carried;
  /** With what one begins who expects this work. */
  readonly begins: Fund;
};

/** In words, and month by month for whoever wants it. */
export function Forecast({ expected: { pot, floor, averageJob }, carried, begins }: ForecastProps) {
  const t = useT();
  const money = useMoney();
  const say = (amount: Money): string => money(moneyText(amount));
  const { byPot, byCash, atOnce, ofOneClient, needed, budget, hold } = carried;
  return (
    <section className="asked" aria-live="polite" aria-labelledby="forecast">
      <h2 id="forecast">{t("mutual.opening.forecast")}</h2>
      <p className="lead">
        {atOnce > 0
          ? t("mutual.opening.atOnce", { count: atOnce, job: say(averageJob) })
          : pot.minor < floor.minor + hold.minor
            ? t("mutual.opening.belowFloor", { pot: say(pot), floor: say(floor) })
            : t("mutual.opening.noCash", { budget: say(budget) })}
      </p>
      {atOnce > 0 ? (
        <p>
          {t("mutual.opening.bounds", { byPot, byCash, ofOneClient })} {t("mutual.opening.needed", { count: needed })}
        </p>
      ) : undefined}
      <p>
        <strong>{useLasting(carried)}</strong>
      </p>
      {needed > 0 ? <p>{t("mutual.opening.begins", { pot: say(begins.pot), cash: say(begins.cash) })}</p> : undefined}
      <Months carried={carried} />
    </section>
  );
}

/** Until when the cash lasts, or when it is lowest. */
function useLasting({ emptyIn, months }: Carried): string {
  const t = useT();
  const money = useMoney();
  if (emptyIn !== undefined) return t("mutual.opening.emptyIn", { month: emptyIn });
  const [first, ...others] = months;
  const worst = others.reduce((so, each) => (so && so.lowest.minor <= each.lowest.minor ? so : each), first);
  return worst ? t("mutual.opening.lasts", { month: worst.month, cash: money(moneyText(worst.lowest)) }) : "";
}

const shown = new Set([1, 2, 3, 4, 5, 6, 9, 12, 18, 24, 30, 36]);

function Months({ carried: { months } }: { readonly carried: Carried }) {
  const t = useT();
  return (
    <details className="folded">
      <summary>{t("mutual.opening.months")}</summary>
      <table className="cards">
        <thead>
          <tr>
            <th scope="col">{t("mutual.opening.month")}</th>
            <th scope="col" className="amount">
              {t("mutual.opening.cash")}
            </th>
            <th scope="col" className="amount">
              {t("mutual.opening.lowest")}
            </th>
            <th scope="col" className="amount">
              {t("mutual.opening.inPot")}
            </th>
          </tr>
        </thead>
        <tbody>
          {months
            .filter(({ month }) => shown.has(month))
            .map(({ month, cash, lowest, pot }) => (
              <tr key={month}>
                <th scope="row">{month}</th>
                <td className="amount" data-label={t("mutual.opening.cash")}>
                  <Amount of={moneyText(cash)} />
                </td>
                <td className="amount" data-label={t("mutual.opening.lowest")}>
                  <Amount of={moneyText(lowest)} />
                </td>
                <td className="amount" data-label={t("mutual.opening.inPot")}>
                  <Amount of={moneyText(pot)} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      <p className="hint">{t("mutual.opening.how")}</p>
    </details>
  );
}
