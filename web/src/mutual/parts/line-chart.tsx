// A figure over time as a line, with a second line where a limit stands. The table beside it says the same.
const [width, height, edge] = [600, 160, 8];

type ChartProps = { readonly values: readonly number[]; readonly limit?: number; readonly says: string };

export function LineChart({ values, limit = 0, says }: ChartProps) {
  const most = Math.max(1e-9, limit, ...values);
  const x = (at: number): number => edge + (at * (width - 2 * edge)) / Math.max(1, values.length - 1);
  const y = (value: number): number => edge + ((most - Math.max(0, value)) * (height - 2 * edge)) / most;
  const points = values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`);
  const [only] = values;
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={says}>
      <line className="zero" x1={edge} x2={width - edge} y1={y(limit)} y2={y(limit)} />
      {values.length > 1 ? <polyline className="line" points={points.join(" ")} /> : undefined}
      {values.length === 1 && only !== undefined ? <circle className="low" cx={width / 2} cy={y(only)} r={4} /> : undefined}
    </svg>
  );
}
