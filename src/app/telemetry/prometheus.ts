/** Counters in the text that Prometheus reads (exposition format 0.0.4). */
import type { HistogramFamily, Labels, MetricFamily } from './families.ts';

export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function prometheusText(families: readonly MetricFamily[]): string {
  return families.map((each) => `${linesOf(each).join('\n')}\n`).join('');
}

function linesOf(each: MetricFamily): readonly string[] {
  const { name, kind, help } = each;
  const head = [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`];
  if (each.kind === 'histogram') return [...head, ...histogramLines(each)];
  return [...head, ...each.values.map(([labels, value]) => `${name}${labelText(labels)} ${value}`)];
}

/** What peers write of themselves is quoted, so that no name ends a line. */
function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([label, value]) => `${label}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function histogramLines({ name, histogram: { bounds, counts, sum }, divisor }: HistogramFamily): readonly string[] {
  let below = 0;
  const lines = bounds.map((bound, place) => {
    below += counts[place] ?? 0;
    return `${name}_bucket{le="${bound / divisor}"} ${below}`;
  });
  below += counts[bounds.length] ?? 0;
  return [...lines, `${name}_bucket{le="+Inf"} ${below}`, `${name}_sum ${sum / divisor}`, `${name}_count ${below}`];
}
