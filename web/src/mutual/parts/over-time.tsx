// One figure over time: its chart, and the same as a table.
import type { ReactNode } from "react";
import { useT } from "../../platform/i18n.tsx";
import { LineChart } from "./line-chart.tsx";

type Point = { readonly key: string; readonly when: string; readonly value: number; readonly says: ReactNode };

type OverTimeProps = {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly column: string;
  readonly points: readonly Point[];
  readonly limit?: number;
};

export function OverTime({ id, title, says, column, points, limit }: OverTimeProps) {
  const t = useT();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{says}</p>
      {points.length === 0 ? (
        <p role="status">{t("history.none")}</p>
      ) : (
        <>
          <LineChart values={points.map(({ value }) => value)} says={title} {...(limit === undefined ? {} : { limit })} />
          {points.length > 1 ? (
            <p className="hint">
              {points[0]?.when} – {points.at(-1)?.when}
            </p>
          ) : undefined}
          <details className="folded">
            <summary>{t("history.table")}</summary>
            <table className="cards">
              <caption>{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("history.when")}</th>
                  <th scope="col" className="amount">
                    {column}
                  </th>
                </tr>
              </thead>
              <tbody>
                {points.toReversed().map(({ key, when, says: cell }) => (
                  <tr key={key}>
                    <th scope="row">{when}</th>
                    <td className="amount" data-label={column}>
                      {cell}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  );
}
