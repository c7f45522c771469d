import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { test } from 'node:test';
import type { TaxQuestion } from '#core/tax/tax.ts';
import { jsonTaxService } from './json-tax-service.ts';

const question: TaxQuestion = {
  seller: { country: 'US', region: 'US-NY', registrations: { US: '1' }, isBusiness: true },
  buyer: { country: 'US', region: 'US-CA', registrations: {}, isBusiness: true, isReseller: true },
  taxDay: '2026-10-31',
  currency: 'USD',
  lines: [
    { line: 1, service: 'voice', netNanos: 100_000_000_000n },
    { line: 2, service: 'sms', netNanos: 10_500_000_000n },
  ],
};

const good = {
  taxes: [
    {
      rule: 'US-CA-TAX',
      name: 'State tax',
      category: 'S',
      jurisdiction: 'US-CA',
      percent: '7.25',
      lines: [1, 2],
      base: '110.50',
      tax: '8.01',
      explanation: 'State tax of California.',
    },
  ],
  lines: [
    { line: 1, net: '100.00', tax: '7.25' },
    { line: 2, net: '10.50', tax: '0.76' },
  ],
};

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A server of our own on this machine, which answers as the handlers say, one request each; the last one ever after. */
async function asked(handlers: readonly Handler[], options: { readonly attempts?: number; readonly timeoutMs?: number } = {}) {
  const seen: { readonly headers: IncomingMessage['headers']; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      seen.push({ headers: request.headers, body });
      handlers[Math.min(seen.length, handlers.length) - 1]?.(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const waits: number[] = [];
  const service = jsonTaxService({
    url: `http://127.0.0.1:${address.port}/tax?key=secret`,
    token: 't0ken',
    timeoutMs: options.timeoutMs ?? 2_000,
    attempts: options.attempts ?? 3,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
  });
  const answer = await service.answer(question);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { answer, seen, waits };
}

const answering =
  (body: unknown, status = 200): Handler =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
  };

function codes(answer: Awaited<ReturnType<typeof asked>>['answer']): readonly string[] {
  return answer.ok ? [] : [...new Set(answer.refusals.map(({ code }) => code))];
}

test('the question goes out with exact amounts and the token, and the answer comes back as taxes', async () => {
  const { answer, seen } = await asked([answering(good)]);
  assert.ok(answer.ok);
  assert.equal(answer.value.taxNanos, 8_010_000_000n);
  assert.deepEqual(answer.value.taxes[0]?.lines, [1, 2]);
  const [request] = seen;
  assert.equal(request?.headers.authorization, 'Bearer t0ken');
  assert.deepEqual(JSON.parse(request?.body ?? '{}').lines, [
    { line: 1, service: 'voice', amount: '100' },
    { line: 2, service: 'sms', amount: '10.5' },
  ]);
});

test('a service that is busy or failing is asked again with the same key, after longer and longer waits', async () => {
  const { answer, seen, waits } = await asked([answering('busy', 429), answering('down', 503), answering(good)]);
  assert.ok(answer.ok);
  assert.deepEqual(waits, [200, 400]);
  assert.equal(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size, 1);
  const never = await asked([answering('down', 500)], { attempts: 2 });
  assert.deepEqual(codes(never.answer), ['tax.service-unreachable']);
  assert.equal(never.seen.length, 2);
});

test('a service that says no is not asked again, and its secrets are not shown', async () => {
  const { answer, seen } = await asked([answering('no such region', 422)]);
  assert.deepEqual(codes(answer), ['tax.service-refused']);
  assert.equal(seen.length, 1);
  assert.ok(!answer.ok && !JSON.stringify(answer.refusals).includes('secret'));
});

test('a service that does not answer, or stops in the middle, is a time-out', async () => {
  const silent = await asked([() => undefined], { attempts: 2, timeoutMs: 100 });
  assert.deepEqual(codes(silent.answer), ['tax.service-timeout']);
  assert.equal(silent.seen.length, 2);
  const half: Handler = (_, response) => {
    response.writeHead(200).write('{"taxes":');
  };
  assert.deepEqual(codes((await asked([half], { attempts: 1, timeoutMs: 100 })).answer), ['tax.service-timeout']);
});

test('a connection that breaks, and a server that is not there, are unreachable', async () => {
  const broken: Handler = (request) => request.socket.destroy();
  assert.deepEqual(codes((await asked([broken], { attempts: 2 })).answer), ['tax.service-unreachable']);
  const nowhere = jsonTaxService({ url: 'http://127.0.0.1:1/', timeoutMs: 500, attempts: 1, wait: async () => undefined });
  assert.deepEqual(codes(await nowhere.answer(question)), ['tax.service-unreachable']);
});

test('a redirection is not followed: the token would go elsewhere', async () => {
  const elsewhere: Handler = (_, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  };
  assert.deepEqual(codes((await asked([elsewhere], { attempts: 1 })).answer), ['tax.service-unreachable']);
});

test('an answer that does not fit the question is refused, with every fault', async () => {
  const [tax] = good.taxes;
  const broken: readonly [string, unknown][] = [
    ['no JSON', '<html>'],
    ['no object', '[]'],
    ['no taxes', { lines: good.lines }],
    ['part of a cent', { ...good, taxes: [{ ...tax, tax: '8.011' }] }],
    ['a number', { ...good, taxes: [{ ...tax, tax: 8.01 }] }],
    ['another line', { ...good, taxes: [{ ...tax, lines: [1, 3] }] }],
    ['no explanation', { ...good, taxes: [{ ...tax, explanation: '' }] }],
    ['another category', { ...good, taxes: [{ ...tax, category: 'X' }] }],
    ['lines that do not add up', { ...good, lines: [good.lines[0], { line: 2, net: '10.50', tax: '0.75' }] }],
    ['a line left out', { ...good, lines: [{ line: 1, net: '100.00', tax: '8.01' }] }],
    ['another net', { ...good, lines: [{ line: 1, net: '99.00', tax: '7.25' }, good.lines[1]] }],
  ];
  for (const [what, body] of broken) assert.deepEqual(codes((await asked([answering(body)])).answer), ['tax.service-answer-broken'], what);
});
