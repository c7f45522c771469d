/** Live counters as data, whoever reads them: Prometheus asks for their text, OTLP sends their points. */
import type { Histogram } from '#engine/counts.ts';

export type Labels = Readonly<Record<string, string>>;

/** A counter or gauge with its values by their labels; amounts of money are exact decimals. */
export interface ValueFamily {
  readonly name: string;
  readonly kind: 'counter' | 'gauge';
  readonly help: string;
  readonly values: readonly (readonly [labels: Labels, value: number | string])[];
}

export interface HistogramFamily {
  readonly name: string;
  readonly kind: 'histogram';
  readonly help: string;
  readonly histogram: Histogram;
  /** Bounds and sum are counted in so many to the family's unit. */
  readonly divisor: number;
}

export type MetricFamily = ValueFamily | HistogramFamily;

export function family(
  name: string,
  kind: ValueFamily['kind'],
  help: string,
  values: Iterable<ValueFamily['values'][number]>,
): ValueFamily {
  return { name, kind, help, values: [...values] };
}

export const histogramFamily = (name: string, help: string, histogram: Histogram, divisor: number): HistogramFamily => ({
  ...{ name, kind: 'histogram', help, histogram, divisor },
});
