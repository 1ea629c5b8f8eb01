// Cash over two years as a line, with the months marked in which coverage is too low. The table beside it says the same.
import type { StressMonth } from "@partcommune/shared/mutual/rules/stress";

const [width, height, edge] = [600, 180, 8];

type ChartProps = { readonly months: readonly StressMonth[]; readonly limit: bigint; readonly says: string };

export function CashChart({ months, limit, says }: ChartProps) {
  const cash = months.map((each) => Number(each.cash));
  const [least, most] = [Math.min(0, ...cash), Math.max(1, ...cash)];
  const x = (month: number): number => edge + (month * (width - 2 * edge)) / Math.max(1, months.length - 1);
  const y = (value: number): number => edge + ((most - value) * (height - 2 * edge)) / (most - least);
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={says}>
      <line className="zero" x1={edge} x2={width - edge} y1={y(0)} y2={y(0)} />
      <polyline className="line" points={cash.map((value, month) => `${x(month).toFixed(1)},${y(value).toFixed(1)}`).join(" ")} />
      {months.map(({ month, coverage }) =>
        coverage !== undefined && coverage < limit ? (
          <circle key={month} className="low" cx={x(month)} cy={y(cash[month] ?? 0)} r={4} />
        ) : undefined,
      )}
    </svg>
  );
}
