import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Histogram } from '#engine/counts.ts';
import { createLog } from '../log.ts';
import { family, histogramFamily } from './families.ts';
import { sendByOtlp } from './otlp.ts';

interface Sent {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[] };
    readonly scopeMetrics: readonly { readonly metrics: readonly Record<string, unknown>[] }[];
  }[];
}

test('a collector gets every counter with its labels, its histogram and what it is of, and again when it was away', async () => {
  const sent: { readonly authorization: string | undefined; readonly body: Sent }[] = [];
  let isAway = true;
  let refused = 0;
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer); // a request's
    if (isAway) refused += 1;
    else sent.push({ authorization: request.headers.authorization, body: JSON.parse(Buffer.concat(chunks).toString()) });
    response.writeHead(isAway ? 400 : 200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const latency = new Histogram([1, 10]);
  for (const milliseconds of [0.5, 7, 7, 99]) latency.add(milliseconds);
  const families = [
    family('carillon_charging_requests_total', 'counter', 'Answered.', [[{ operation: 'initial', result: 'granted' }, 3]]),
    family('carillon_charging_reserved', 'gauge', 'Held.', [[{ currency: 'EUR' }, '1.250000000']]),
    histogramFamily('carillon_charging_latency_seconds', 'Until the answer.', latency, 1000),
  ];
  const settings = { endpoint: `http://127.0.0.1:${port}/v1/metrics`, authorization: 'Bearer s', everySeconds: 1 };
  try {
    const sender = await sendByOtlp(() => families, settings, '0.1.0', createLog({ level: 'silent', format: 'text' }));
    while (refused === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    isAway = false;
    await sender.close(); // sends what there is
  } finally {
    server.close();
  }
  assert.ok(sent.length > 0);
  const { authorization, body } = sent.at(-1) ?? {};
  assert.equal(authorization, 'Bearer s');
  const [resource] = body?.resourceMetrics ?? [];
  assert.equal(resource?.resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue, 'carillon');
  const metrics = resource?.scopeMetrics.flatMap(({ metrics: each }) => each) ?? [];
  const points = (name: string, form: string) => {
    const metric = metrics.find((each) => each.name === name) as Record<string, { dataPoints: Record<string, unknown>[] }> | undefined;
    return metric?.[form]?.dataPoints.map(({ startTimeUnixNano: _, timeUnixNano: __, flags: ___, ...point }) => point);
  };
  const label = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  assert.deepEqual(points('carillon_charging_requests', 'sum'), [
    { attributes: [label('operation', 'initial'), label('result', 'granted')], asDouble: 3 },
  ]);
  assert.deepEqual(points('carillon_charging_reserved', 'gauge'), [{ attributes: [label('currency', 'EUR')], asDouble: 1.25 }]);
  assert.deepEqual(points('carillon_charging_latency_seconds', 'histogram'), [
    { attributes: [], bucketCounts: [1, 2, 1], explicitBounds: [0.001, 0.01], count: 4, sum: 0.1135 },
  ]);
});
