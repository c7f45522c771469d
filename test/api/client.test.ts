/** The generated types with openapi-fetch, as the web uses them: what the description does not have does not compile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import createClient from 'openapi-fetch';
import type { paths } from '#api/client/paths.ts';

test('a typed client asks as the description says, and knows the answer’s fields and problems', async () => {
  const asked: string[] = [];
  const answers = (request: Request): Promise<Response> => {
    asked.push(`${request.method} ${new URL(request.url).pathname} ${request.headers.get('idempotency-key') ?? ''}`);
    const problem = {
      type: 'x',
      title: 'x',
      status: 404,
      detail: 'x',
      instance: 'x',
      code: 'engine.account-unknown',
      remedy: 'x',
      refusals: [],
    };
    const headers = { 'content-type': 'application/problem+json' };
    return Promise.resolve(new Response(JSON.stringify(problem), { status: 404, headers }));
  };
  const client = createClient<paths>({ baseUrl: 'http://carillon.example', fetch: answers });
  const { data, error } = await client.GET('/v1/charging/accounts/{account}', { params: { path: { account: 'a b' } } });
  assert.equal(data?.balances[0]?.left, undefined);
  assert.equal(error?.code, 'engine.account-unknown');
  await client.POST('/v1/charging/accounts/{account}/top-ups', {
    params: { path: { account: 'anna' }, header: { 'Idempotency-Key': 'k' } },
    body: { money: { amount: '1.00', currency: 'EUR' } },
  });
  const body = { subscriber: 'msisdn:1', service: 'voice', requested: { money: { amount: 1, currency: 'EUR' } } } as const;
  await client.POST('/v1/charging/debits', {
    params: { header: { 'Idempotency-Key': 'k' } },
    // @ts-expect-error amounts are text
    body,
  });
  // @ts-expect-error there is no such path
  await client.GET('/v1/nothing');
  assert.deepEqual(asked.slice(0, 2), ['GET /v1/charging/accounts/a%20b ', 'POST /v1/charging/accounts/anna/top-ups k']);
});
