// What a stress run comes to: in words, as a drawing with its table, and as a link that says the same for ever.
import { pots } from "@partcommune/shared/governance/rules/pots";
import { verdictOf, type Verdict } from "@partcommune/shared/mutual/rules/stress-verdict";
import type { StressMonth } from "@partcommune/shared/mutual/rules/stress";
import { moneyText } from "@partcommune/shared/platform/money";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { useRatio } from "./coverage.tsx";
import { CashChart } from "./cash-chart.tsx";

type RunProps = { readonly run: readonly StressMonth[]; readonly currency: string; readonly limit: bigint };

export function StressRun({ run, currency, limit }: RunProps) {
  const t = useT();
  const say = useMoney();
  const verdict = verdictOf(run, limit);
  const words = useVerdict(verdict, currency, limit);
  const shown = new Set([0, 1, 2, 3, 6, 9, 12, 18, 24]);
  return (
    <section aria-labelledby="verdict" className="asked">
      <h2 id="verdict">{t("mutual.stress.verdict")}</h2>
      <p className="lead" role="status">
        {words.join(" ")}
      </p>
      <CashChart
        months={run}
        limit={limit}
        says={t("mutual.stress.chart", { lowest: say(moneyText({ minor: verdict.lowest.cash, currency })), month: verdict.lowest.month })}
      />
      <details className="folded">
        <summary>{t("mutual.stress.table")}</summary>
        <RunTable months={run.filter(({ month }) => shown.has(month))} currency={currency} />
        <p className="hint">{t("mutual.stress.how")}</p>
      </details>
    </section>
  );
}

/** Each of what a run says as a sentence. */
function useVerdict({ lowest, emptyIn, below, emptied, shortfall }: Verdict, currency: string, limit: bigint): readonly string[] {
  const t = useT();
  const { language } = useSpeech();
  const money = useMoney();
  const ratio = useRatio();
  const say = (minor: bigint): string => money(moneyText({ minor, currency }));
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  const stretches = below.map(({ from, to }) =>
    from === to ? t("mutual.stress.month", { month: from }) : t("mutual.stress.months", { from, to }),
  );
  const dry = emptied.map(({ pot, month }) => t("mutual.stress.dry", { pot: t(`governance.pot.${pot}`), month }));
  return [
    emptyIn === undefined
      ? t("mutual.stress.cashLasts", { cash: say(lowest.cash), month: lowest.month })
      : t("mutual.stress.cashEmpty", { month: emptyIn, cash: say(lowest.cash), at: lowest.month }),
    stretches.length === 0
      ? t("mutual.stress.covered", { limit: ratio(limit) })
      : t("mutual.stress.below", { limit: ratio(limit), when: list.format(stretches) }),
    dry.length === 0 ? t("mutual.stress.potsHold") : t("mutual.stress.emptied", { pots: list.format(dry) }),
    ...(shortfall ? [t("mutual.stress.shortfall", { amount: say(shortfall.minor), limit: ratio(limit) })] : []),
  ];
}

function RunTable({ months, currency }: { readonly months: readonly StressMonth[]; readonly currency: string }) {
  const t = useT();
  const ratio = useRatio();
  const amounts = ["collected", "toMembers", "loss", "cash", "vatDue", "owed"] as const;
  return (
    <div className="framed" role="region" tabIndex={0} aria-label={t("mutual.stress.table")}>
      <table>
        <caption>{t("mutual.stress.caption", { currency })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("mutual.stress.col.month")}</th>
            {amounts.map((name) => (
              <th key={name} scope="col" className="amount">
                {t(`mutual.stress.col.${name}`)}
              </th>
            ))}
            <th scope="col" className="amount">
              {t("mutual.stress.col.coverage")}
            </th>
            {pots.map((pot) => (
              <th key={pot} scope="col" className="amount">
                {t(`governance.pot.${pot}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.map((each) => (
            <tr key={each.month}>
              <th scope="row">{each.month}</th>
              {amounts.map((name) => (
                <td key={name} className="amount">
                  <Money of={moneyText({ minor: name === "owed" ? each.budgets + each.savings : each[name], currency })} />
                </td>
              ))}
              <td className="amount">{each.coverage === undefined ? "–" : ratio(each.coverage)}</td>
              {pots.map((pot) => (
                <td key={pot} className="amount">
                  <Money of={moneyText({ minor: each.pots[pot], currency })} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
