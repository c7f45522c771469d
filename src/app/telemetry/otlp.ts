/** Counters sent to a collector of OpenTelemetry: OTLP over HTTP, every so many seconds. The libraries are loaded when a collector is set, and not before. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { HrTime } from '@opentelemetry/api';
import type { CollectionResult, MetricData } from '@opentelemetry/sdk-metrics';
import type { Logger } from 'pino';
import type { SecretReference } from '#core/usage/collecting.ts';
import { readSecret } from '../collecting/secrets.ts';
import type { ServingSettings } from '../serving-settings.ts';
import type { HistogramFamily, MetricFamily, ValueFamily } from './families.ts';

export interface OtlpSettings {
  /** `http://collector:4318/v1/metrics`. */
  readonly endpoint: string;
  /** Of the header Authorization; undefined: none. */
  readonly authorization: string | undefined;
  readonly everySeconds: number;
}

export interface OtlpSender {
  /** Sends what there is once more, for as long as a few seconds, and ends. */
  readonly close: () => Promise<void>;
}

const { version }: { version: string } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

/** Undefined where no collector is set. Throws RefusedError (`collect.secret-missing`). */
export async function openOtlp(
  { endpoint, authorization, everySeconds }: ServingSettings['telemetry'],
  families: () => readonly MetricFamily[],
  log: Logger,
): Promise<OtlpSender | undefined> {
  if (endpoint === '') return undefined;
  const secret = authorization === '' ? undefined : (await readSecret(authorization as SecretReference)).trim(); // as the setting was checked
  return sendByOtlp(families, { endpoint, authorization: secret, everySeconds }, version, log);
}

const SCOPE = 'carillon';
/** An attempt ends after so long, also at the end of the process. */
const TIMEOUT_MS = 5_000;

/** A collector that cannot be reached is told to the log, and asked again with the next turn: counters are cumulative, so nothing is lost. */
export async function sendByOtlp(
  families: () => readonly MetricFamily[],
  { endpoint, authorization, everySeconds }: OtlpSettings,
  version: string,
  log: Logger,
): Promise<OtlpSender> {
  const [{ DiagLogLevel, diag }, { resourceFromAttributes }, metrics, { OTLPMetricExporter }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-metrics'),
    import('@opentelemetry/exporter-metrics-otlp-http'),
  ]);
  const note = (text: string, ...more: unknown[]): void => log.warn({ otlp: more.map(String) }, `OpenTelemetry: ${text}`);
  diag.setLogger({ error: note, warn: note, info: () => undefined, debug: () => undefined, verbose: () => undefined }, DiagLogLevel.WARN);
  const timeoutMillis = Math.min(TIMEOUT_MS, everySeconds * 1_000);
  const startTime = hrTimeOf(Date.now());
  const resource = resourceFromAttributes({
    'service.name': 'carillon',
    'service.version': version,
    'service.instance.id': `${hostname()}:${process.pid}`,
  });
  const { AggregationTemporality, DataPointType } = metrics;
  const dataOf = (each: MetricFamily): MetricData => {
    const point = { startTime, endTime: hrTimeOf(Date.now()) };
    const common = { descriptor: descriptorOf(each), aggregationTemporality: AggregationTemporality.CUMULATIVE };
    if (each.kind === 'histogram')
      return { ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints: [{ ...point, attributes: {}, value: histogramOf(each) }] };
    const dataPoints = each.values.map(([attributes, value]) => ({ ...point, attributes, value: Number(value) }));
    if (each.kind === 'gauge') return { ...common, dataPointType: DataPointType.GAUGE, dataPoints };
    return { ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints };
  };
  const collect = async (): Promise<CollectionResult> => ({
    resourceMetrics: { resource, scopeMetrics: [{ scope: { name: SCOPE, version }, metrics: families().map(dataOf) }] },
    errors: [],
  });
  const exporter = new OTLPMetricExporter({
    url: endpoint,
    timeoutMillis,
    ...(authorization === undefined ? {} : { headers: { Authorization: authorization } }),
  });
  const reader = new metrics.PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: everySeconds * 1_000,
    exportTimeoutMillis: timeoutMillis,
    metricProducers: [{ collect }],
  });
  const provider = new metrics.MeterProvider({ resource, readers: [reader] });
  return { close: () => provider.shutdown() };
}

const hrTimeOf = (milliseconds: number): HrTime => [Math.floor(milliseconds / 1_000), (milliseconds % 1_000) * 1_000_000];

/** Names as Prometheus has them, so that a chart is the same whichever way its figures came; the unit is the name's. */
function descriptorOf({ name, help }: ValueFamily | HistogramFamily): MetricData['descriptor'] {
  const unit = /_seconds$/.test(name) ? 's' : /_bytes$/.test(name) ? 'By' : '';
  return { name: name.replace(/_total$/, ''), description: help, unit, valueType: 1 }; // DOUBLE
}

function histogramOf({ histogram: { bounds, counts, sum }, divisor }: HistogramFamily) {
  return {
    buckets: { boundaries: bounds.map((bound) => bound / divisor), counts: [...counts] },
    sum: sum / divisor,
    count: counts.reduce((all, each) => all + each, 0),
    hasMinMax: false,
  };
}
