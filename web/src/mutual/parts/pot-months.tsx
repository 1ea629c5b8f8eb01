// The pots month by month: one hatched bar each, and the same as a table.
import { pots } from "@partcommune/shared/governance/rules/pots";
import type { readFundHistory } from "@partcommune/shared/mutual/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Hatch } from "../../ui/hatch.tsx";
import { Money } from "../../ui/money.tsx";
import { useMonth } from "../../ui/when.tsx";

type Months = ToldOf<typeof readFundHistory>["months"];

export function PotMonths({ months }: { readonly months: Months }) {
  const t = useT();
  const say = useMonth();
  const [first, last] = [months[0], months.at(-1)];
  const most = Math.max(1, ...months.map(({ total }) => Number(total.amount)));
  return (
    <section aria-labelledby="pots">
      <h2 id="pots">{t("history.pots")}</h2>
      <div className="columns" role="img" aria-label={t("history.pots.says")}>
        {months.map(({ month, total }) => (
          <Hatch key={month} style={{ height: `${Math.max(0, (Number(total.amount) / most) * 100)}%` }} />
        ))}
      </div>
      {first && last && first !== last ? (
        <p className="hint">
          {say(first.month.slice(0, 7))} – {say(last.month.slice(0, 7))}
        </p>
      ) : undefined}
      <details className="folded">
        <summary>{t("history.table")}</summary>
        <Table months={months} />
      </details>
    </section>
  );
}

function Table({ months }: { readonly months: Months }) {
  const t = useT();
  const say = useMonth();
  return (
    <table className="cards">
      <caption>{t("history.pots.says")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("history.month")}</th>
          {pots.map((pot) => (
            <th key={pot} scope="col" className="amount">
              {t(`governance.pot.${pot}`)}
            </th>
          ))}
          <th scope="col" className="amount">
            {t("history.total")}
          </th>
        </tr>
      </thead>
      <tbody>
        {months.toReversed().map(({ month, pots: held, total }) => (
          <tr key={month}>
            <th scope="row">{say(month.slice(0, 7))}</th>
            {held.map(({ pot, balance }) => (
              <td key={pot} className="amount" data-label={t(`governance.pot.${pot}`)}>
                <Money of={balance} />
              </td>
            ))}
            <td className="amount" data-label={t("history.total")}>
              <strong>
                <Money of={total} />
              </strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
