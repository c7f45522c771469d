/** A line the size of a word. Its figures are said beside it, or in a table. */
interface Props {
  readonly values: readonly number[];
  /** What it shows, for who does not see it. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

export function Sparkline({ values, label, width = 120, height = 32 }: Props) {
  const most = Math.max(...values, 0);
  const least = Math.min(...values, 0);
  const span = most - least;
  const step = values.length > 1 ? width / (values.length - 1) : width;
  const y = (value: number): number => (span === 0 ? height - 1 : height - 1 - ((value - least) / span) * (height - 2));
  const points = values.map((value, at) => `${(at * step).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} preserveAspectRatio="none">
      {/* One day is no line yet. */}
      {values.length === 1 && <circle cx={width / 2} cy={height / 2} r={3} fill="var(--series-1)" />}
      <polyline points={points} fill="none" stroke="var(--series-1)" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
