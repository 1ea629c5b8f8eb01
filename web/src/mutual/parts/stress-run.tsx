// What a stress run comes to: in words, as a drawing with its table, and as a link that says the same for ever.
import type { ReactNode } from "react";
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
        <RunTables months={run.filter(({ month }) => shown.has(month))} currency={currency} />
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

type Column = { readonly key: string; readonly says: string; readonly cell: (month: StressMonth) => ReactNode };
type TableProps = { readonly months: readonly StressMonth[]; readonly currency: string };

/** Money and coverage first, then the pots: beside each other they would be wider than a page. */
function RunTables({ months, currency }: TableProps) {
  const t = useT();
  const ratio = useRatio();
  const amount = (minor: bigint): ReactNode => <Money of={moneyText({ minor, currency })} />;
  const names = ["collected", "toMembers", "loss", "cash", "vatDue", "owed"] as const;
  const flows = names.map((key) => ({
    key,
    says: t(`mutual.stress.col.${key}`),
    cell: (each: StressMonth) => amount(key === "owed" ? each.budgets + each.savings : each[key]),
  }));
  const coverage = {
    key: "coverage",
    says: t("mutual.stress.col.coverage"),
    cell: (each: StressMonth) => (each.coverage === undefined ? "–" : ratio(each.coverage)),
  };
  const held = pots.map((pot) => ({ key: pot, says: t(`governance.pot.${pot}`), cell: (each: StressMonth) => amount(each.pots[pot]) }));
  return (
    <>
      <RunTable caption={t("mutual.stress.caption", { currency })} months={months} columns={[...flows, coverage]} />
      <RunTable caption={t("mutual.stress.caption.pots", { currency })} months={months} columns={held} />
    </>
  );
}

function RunTable({
  caption,
  months,
  columns,
}: Pick<TableProps, "months"> & { readonly caption: string; readonly columns: readonly Column[] }) {
  const t = useT();
  return (
    <table className="cards">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t("mutual.stress.col.month")}</th>
          {columns.map(({ key, says }) => (
            <th key={key} scope="col" className="amount">
              {says}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {months.map((each) => (
          <tr key={each.month}>
            <th scope="row">{t("mutual.stress.row", { month: each.month })}</th>
            {columns.map(({ key, says, cell }) => (
              <td key={key} className="amount" data-label={says}>
                {cell(each)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
