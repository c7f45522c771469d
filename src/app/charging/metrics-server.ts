/** Counters by HTTP, for Prometheus: GET /metrics, and nothing else. */
import { createServer } from 'node:http';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { MetricFamily } from '../telemetry/families.ts';
import { PROMETHEUS_TYPE, prometheusText } from '../telemetry/prometheus.ts';

export interface MetricsServer {
  /** For people. */
  readonly listening: string;
  close(): Promise<void>;
}

/** Throws RefusedError (`serve.cannot-listen`). */
export async function serveMetrics(families: () => readonly MetricFamily[], host: string, port: number): Promise<MetricsServer> {
  const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000 }, (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': PROMETHEUS_TYPE }).end(prometheusText(families()));
  });
  server.maxConnections = 32;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new RefusedError(refuse('serve.cannot-listen', `metrics: ${error.message}`, { field: 'charging.metricsListen' }))),
    );
    server.listen({ host, port }, resolve);
  });
  return {
    listening: `metrics on http://${host}:${port}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
