/** Bars of at most six series beside each other, the rest as one; the table below says all of it. */
import { Group, Text } from '@mantine/core';
import { formatFigure } from '../../parts/figures.ts';
import { Scrolling } from '../../parts/scrolling.tsx';
import { useLanguage } from '../../shell/language.ts';
import classes from './bar-chart.module.css';

export const MOST_SERIES = 6;
/** Days and hours stand close; what has a name needs room for it. */
const MOST_TIMES = 31;
const MOST_NAMES = 12;

export interface ChartGroup {
  readonly label: string;
  /** In the order of the series; for drawing only. */
  readonly values: readonly number[];
}

interface Props {
  readonly label: string;
  readonly series: readonly string[];
  readonly groups: readonly ChartGroup[];
  /** Groups are days or hours (so when it is left out), not names. */
  readonly isTime?: boolean;
  /** What the rest of the names is called; left out, it is left to the table, as averages are: they are not added. */
  readonly other?: string | undefined;
}

const WIDTH = 960;
const HEIGHT = 240;
const FOOT = 28;
const LEFT = 64;

export function BarChart({ label, series, groups, isTime = true, other }: Props) {
  const language = useLanguage();
  const shown = isTime ? groups.slice(0, MOST_TIMES) : largest(groups, other);
  const values = shown.flatMap((group) => group.values);
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const span = most - least || 1;
  const y = (value: number): number => 8 + ((most - value) / span) * (HEIGHT - FOOT - 8);
  const wide = (WIDTH - LEFT) / Math.max(shown.length, 1);
  const bar = Math.min(48, (wide * 0.8) / Math.max(series.length, 1));
  const every = Math.ceil(shown.length / 16);
  return (
    <figure className={classes.chart ?? ''}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Scrolling label={label}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} width="100%" className={classes.drawing ?? ''}>
          {[most, least]
            .filter((value, at) => at === 0 || value < 0)
            .map((value) => (
              <text key={value} x={LEFT - 6} y={y(value) + 4} textAnchor="end" className={classes.axis ?? ''}>
                {short(value, language)}
              </text>
            ))}
          <line x1={LEFT} x2={WIDTH} y1={y(0)} y2={y(0)} className={classes.zero ?? ''} />
          {shown.map((group, at) => (
            <g key={group.label}>
              {group.values.map((value, place) => (
                <rect
                  key={series[place] ?? ''}
                  x={LEFT + at * wide + (wide - bar * series.length) / 2 + place * bar}
                  y={Math.min(y(value), y(0))}
                  width={Math.max(bar - 1, 1)}
                  height={Math.abs(y(value) - y(0))}
                  fill={`var(--series-${place + 1})`}
                >
                  <title>{`${group.label}${series.length > 1 ? `, ${series[place]}` : ''}: ${formatFigure(String(value), { language })}`}</title>
                </rect>
              ))}
              {at % every === 0 && (
                <text x={LEFT + at * wide + wide / 2} y={HEIGHT - 8} textAnchor="middle" className={classes.axis ?? ''}>
                  {cut(group.label, Math.max(4, Math.floor((wide * every) / 8) - 1))}
                </text>
              )}
            </g>
          ))}
        </svg>
      </Scrolling>
      {series.length > 1 && (
        <Group gap="md" component="figcaption">
          {series.map((name, at) => (
            <Text key={name} size="sm">
              <span className={classes.key ?? ''} style={{ background: `var(--series-${at + 1})` }} aria-hidden /> {name}
            </Text>
          ))}
        </Group>
      )}
    </figure>
  );
}

/** The largest, and the rest as one where it can be added up. */
function largest(groups: readonly ChartGroup[], other: string | undefined): readonly ChartGroup[] {
  if (groups.length <= MOST_NAMES) return groups;
  const size = ({ values }: ChartGroup): number => values.reduce((sum, value) => sum + Math.abs(value), 0);
  const sorted = groups.toSorted((a, b) => size(b) - size(a));
  if (other === undefined) return sorted.slice(0, MOST_NAMES);
  const rest = sorted.slice(MOST_NAMES - 1);
  const values = (rest[0]?.values ?? []).map((_, at) => rest.reduce((sum, group) => sum + (group.values[at] ?? 0), 0));
  return [...sorted.slice(0, MOST_NAMES - 1), { label: other, values }];
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Digits are Latin in every language, as in the table below. */
function short(value: number, language: string): string {
  return new Intl.NumberFormat(`${language}-u-nu-latn`, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}
