/** Requests that the schemas allow, and requests that they do not, to every operation: no fault of ours, and every answer as declared. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import fc from 'fast-check';
import { Check } from 'typebox/value';
import { openApiOf } from '#api/openapi.ts';
import type { Operation } from '#api/operation.ts';
import { Problem } from '#api/schemas.ts';
import { describedOperations } from '#app/api/operations.ts';
import { withTestDatabase } from '../support/database.ts';
import { anyOf, wrongIn } from './any-value.ts';
import { type Answered, applyExample, type ServerUnderTest, startServer } from './server-under-test.ts';

const SEED = Number(process.env.API_SEED ?? 20_261_122);
/** Of each operation. More with API_RUNS. */
const RUNS = Number(process.env.API_RUNS ?? 8);

/** Names that are there, so that what is asked comes further than to a look-up. */
const known: Readonly<Record<string, readonly string[]>> = {
  account: ['anna', 'bert', 'msisdn:491701234567'],
  reference: ['call-1', 'call-2'],
  session: ['http:test%20client/s/call-1'],
};

interface Tried {
  readonly path: string;
  readonly method: string;
  readonly body: unknown;
}

function triesOf({ path, method, parameters, query, body }: Operation): fc.Arbitrary<Tried> {
  const names = Object.entries(parameters?.properties ?? {}).map(([name, schema]) =>
    fc.oneof(anyOf(schema).map(String), fc.constantFrom(...(known[name] ?? ['1']))).map((value): [string, string] => [name, value]),
  );
  return fc
    .record({
      names: fc.tuple(...names),
      query: query === undefined ? fc.constant({}) : anyOf(query),
      extra: fc.option(fc.constantFrom('limit=x', 'other=1', '%=%', 'cursor=W10'), { nil: undefined, freq: 4 }),
      body: body === undefined ? fc.constant(undefined) : anyOf(body).chain((value) => fc.oneof(fc.constant(value), wrongIn(value))),
    })
    .map(({ names: given, query: asked, extra, body: sent }) => {
      const filled = given.reduce((before, [name, value]) => before.replace(`{${name}}`, encodeURIComponent(value)), path);
      const words = new URLSearchParams(Object.entries(asked as object).map(([name, value]) => [name, String(value)])).toString(); // a record, as its schema says
      const all = [words, extra ?? ''].filter((each) => each !== '').join('&');
      return { method, path: all === '' ? filled : `${filled}?${all}`, body: sent };
    });
}

function checkAnswer(operation: Operation, tried: Tried, { status, headers, body }: Answered, { faults }: ServerUnderTest): void {
  const said = `${operation.id}: ${tried.method} ${tried.path} ${JSON.stringify(tried.body)?.slice(0, 500)} → ${status} ${JSON.stringify(body)?.slice(0, 500)} ${faults.at(-1) ?? ''}`;
  assert.ok(status < 500, said);
  if (status < 300) return; // the server itself compares what it answers with the schema, and fails when it differs
  if (status === 304) return;
  assert.match(String(headers['content-type']), /application\/problem\+json/, said);
  assert.ok(Check(Problem, body) && body.status === status, said);
}

test('whatever is asked of any operation, there is no fault of ours and every answer is as declared', () =>
  withTestDatabase(async (database) => {
    await applyExample(database);
    const server = await startServer(database);
    try {
      const voice = { subscriber: 'msisdn:491701234567', service: 'voice', facts: { called: '4930123456' } };
      await server.post('/v1/charging/accounts', { account: 'anna', plan: 'mira', identities: [voice.subscriber] }, 'o1');
      await server.post('/v1/charging/accounts', { account: 'bert', plan: 'mira' }, 'o2');
      await server.post('/v1/charging/accounts/anna/top-ups', { money: { amount: '500', currency: 'EUR' } }, 'o3');
      await server.post('/v1/charging/sessions', { reference: 'call-1', ...voice });
      let count = 0;
      for (const operation of describedOperations()) {
        if (operation.kind === 'events') continue; // a stream does not end by itself: test/api/charging.test.ts
        await fc.assert(
          fc.asyncProperty(triesOf(operation), async (tried) => {
            count += 1;
            const { method, path, body } = tried;
            const answered = await server.ask(path, { method, key: `fuzz-${count}`, ...(body === undefined ? {} : { body }) });
            checkAnswer(operation, tried, answered, server);
          }),
          { seed: SEED, numRuns: RUNS },
        );
      }
      assert.ok(count >= describedOperations().length * RUNS * 0.9);
      assert.deepEqual(server.faults, []);
    } finally {
      await server.close();
    }
  }));

test('the description is sound OpenAPI 3.1, as Redocly sees it', async () => {
  const source = JSON.stringify(openApiOf(describedOperations(), '1'));
  // As text: the type of the same as an object takes the compiler four seconds.
  const config = await createConfig('extends: [recommended]\nrules: {no-server-example.com: off, no-empty-servers: off}\n');
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  assert.deepEqual(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]).slice(0, 10), []);
});
