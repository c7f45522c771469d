/** What holds for every operation alike: parts of answers, orders, versions, names of changes. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { hasFields, queryOf } from '#api/fields.ts';
import { isList } from '#api/lines.ts';
import { guardOf } from '#api/versions.ts';
import { makeApiKey } from '#app/access/keys.ts';
import { describedOperations } from '#app/api/operations.ts';
import { runCli } from '../support/cli.ts';
import { withWorld } from '../support/partner-world.ts';
import { startServer } from './server-under-test.ts';

const operations = describedOperations();
const ann = { id: 'u1', name: 'Ann', email: 'ann@house.test', role: 'administrator', party: undefined } as const;

/** Changes whose content names them: sending one again does nothing more, or is refused. */
const NATURAL = [
  ...['authorise', 'enquirePrice', 'reserveSession', 'updateSession', 'commitSession', 'releaseSession', 'debit', 'refund'],
  ...['sendUpload', 'removeUpload', 'sendPortalFile'],
  // Of what is open, the one link that there is.
  ...['makePortalCardLink', 'makeCardLink'],
  // Secrets are shown once: no answer of theirs is kept.
  ...['inviteUser', 'inviteUserAgain', 'makeApiKey', 'makeVouchers', 'invitePortalUser', 'makePortalKey'],
  ...['setUserRole', 'blockUser', 'dropSecondFactor', 'revokeApiKey', 'blockPortalUser', 'revokePortalKey', 'setChargingParty'],
];

test('every list names its orders in its schema, and what is read can be had in part', () => {
  for (const operation of operations.filter(isList)) assert.ok('sort' in (queryOf(operation)?.properties ?? {}), operation.id);
  const whole = operations.filter((each) => each.kind === 'json' && each.method === 'GET' && !hasFields(each));
  assert.deepEqual(
    whole.map(({ id }) => id),
    [],
  );
});

test('every change asks for its name, or is named by its content', () => {
  const natural = operations.filter(({ repetition }) => repetition === 'natural').map(({ id }) => id);
  assert.deepEqual(natural.toSorted(), NATURAL.toSorted());
});

test('every change of something that has an address of its own can be made of the version that was seen', () => {
  const unguarded = operations.filter(
    (each) => each.method !== 'GET' && each.path.includes('{') && guardOf(each, operations) === undefined,
  );
  assert.deepEqual(
    unguarded.map(({ id }) => id),
    [
      // Sessions have the number of their update, a rate is added to what is there, a voucher is used once.
      ...['updateSession', 'commitSession', 'releaseSession', 'addRate', 'redeemOwnVoucher'],
    ],
  );
});

test('every PUT, PATCH and DELETE of the description takes If-Match; what a PUT sets is what its version is of', async () => {
  const changing = operations.filter(({ method }) => method === 'PUT' || method === 'PATCH' || method === 'DELETE');
  assert.ok(changing.length > 15);
  assert.deepEqual(
    changing.filter((each) => guardOf(each, operations) === undefined).map(({ id }) => id),
    [],
  );
  // Where it is not read at its own address, what is read there has it.
  const above = changing.flatMap((each) => {
    const guard = guardOf(each, operations);
    return each.method !== 'PUT' || guard === undefined || guard.path === each.path ? [] : [[each.id, guard.id]];
  });
  assert.deepEqual(above, [
    ['setSpendingControl', 'listSpendingControls'],
    ['setUserRole', 'getUser'],
    ['blockUser', 'getUser'],
    ['blockPortalUser', 'getPortalUser'],
    ['setOwnSpendingControl', 'listOwnSpendingControls'],
  ]);
});

test('no change is taken without its name; parts, orders and versions hold; of two who saw the same, one changes it', () =>
  withWorld({}, async ({ database }) => {
    const server = await startServer(database);
    const { ask } = server;
    try {
      let unnamed = 0;
      for (const operation of operations.filter(({ repetition }) => repetition === 'key')) {
        const { method, parameters, path } = operation;
        const filled = Object.keys(parameters?.properties ?? {}).reduce((before, name) => before.replace(`{${name}}`, '1'), path);
        // Whatever else is wrong, nothing is done: it is refused before anything is looked up.
        const { status, body } = await ask(filled, {
          method,
          ...(operation.body === undefined ? {} : { body: {} }),
          ...(operation.byPeople === true ? { person: ann } : {}),
        });
        assert.equal(status, 400, `${operation.id} ${JSON.stringify(body)}`);
        if (body.code === 'api.idempotency-key-missing') unnamed += 1;
        else assert.equal(body.code, 'api.field-wrong', operation.id);
      }
      assert.ok(unnamed > 20, String(unnamed));
      for (const name of ['ann', 'ben', 'cleo'])
        await makeApiKey(database, { name, permissions: ['parties:read'], createdBy: 'test', expiresMicros: undefined, party: undefined });
      const { body: keys } = await ask('/v1/api-keys?fields=name&sort=-name');
      for (const each of keys.items) assert.deepEqual(Object.keys(each), ['name']);
      const names = keys.items.map(({ name }: { name: string }) => name);
      assert.deepEqual(names, ['test client', 'cleo', 'ben', 'ann']);
      const { body: first } = await ask('/v1/api-keys?sort=-name&limit=1');
      const { body: rest } = await ask(`/v1/api-keys?sort=-name&cursor=${first.next}`);
      assert.deepEqual(
        [...first.items, ...rest.items].map(({ name }) => name),
        names,
      );
      const lines = await ask('/v1/api-keys?fields=name', { headers: { accept: 'application/x-ndjson' } });
      assert.deepEqual(Object.keys(JSON.parse(lines.body.split('\n')[0])), ['name']);
      for (const wrong of ['fields=nothing', 'sort=permissions', 'fields=a,,b', 'fields='])
        assert.equal((await ask(`/v1/api-keys?${wrong}`)).body.code, 'api.field-wrong', wrong);

      const webhook = '/v1/webhooks/crm';
      const put = (path: string, match?: string) =>
        ask(webhook, {
          ...{
            method: 'PUT',
            key: `put-${randomUUID()}`,
            body: { url: `https://crm.example.com/${path}`, secret: 'env:CRM', types: ['*'] },
          },
          headers: match === undefined ? {} : { 'if-match': match },
        });
      const add = ['webhooks', 'add', 'crm', 'https://crm.example.com/1', '--secret', 'env:CRM', '--type', '*'];
      const added = await runCli(add, { environment: { DATABASE_URL: database.url, CRM: 'a secret of thirty-two characters' } });
      assert.equal(added.status, 0, added.stderr);
      const seen = await ask(webhook);
      const etag = String(seen.headers.etag);
      assert.match(etag, /^"[\w-]{22}"$/);
      assert.equal((await ask(webhook, { headers: { 'if-none-match': etag } })).status, 304);
      assert.equal((await ask(`${webhook}?fields=url`)).headers.etag, etag);
      const both = await Promise.all([put('2', etag), put('3', etag)]);
      assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 412]);
      assert.equal((await put('4', etag)).body.code, 'api.precondition-failed');
      assert.equal((await put('4', String((await ask(webhook)).headers.etag))).status, 200);
      assert.equal((await put('5', '*')).status, 200);
      // Made only where there is none; and what is counted of it is no change of it.
      const make = (name: string, none: string) =>
        ask(`/v1/webhooks/${name}`, {
          ...{ method: 'PUT', key: `make-${randomUUID()}`, headers: { 'if-none-match': none } },
          body: { url: 'https://crm.example.com/6', secret: 'env:CRM', types: ['*'] },
        });
      assert.equal((await make('crm', '*')).body.code, 'api.precondition-failed');
      assert.equal((await make('other', '*')).status, 200);
      assert.equal((await make('third', '"1"')).body.refusals[0].field, 'If-None-Match');
      const still = (await ask(webhook)).headers.etag;
      assert.equal((await ask(`${webhook}/tests`, { method: 'POST', key: 'test-1' })).status, 202);
      assert.deepEqual([(await ask(webhook)).body.waiting, (await ask(webhook)).headers.etag], [1, still]);
      assert.equal((await ask('/v1/webhooks/nobody')).status, 404);
      const without = await ask('/v1/accruals', { method: 'POST', body: {}, key: 'a1', headers: { 'if-match': etag } });
      assert.deepEqual([without.status, without.body.refusals[0].field], [400, 'If-Match']);
    } finally {
      await server.close();
    }
  }));

test('many changes come in one request, each done once or refused by itself', () =>
  withWorld({ domestic: true }, async ({ database }) => {
    const server = await startServer(database);
    const lines = { 'content-type': 'application/x-ndjson' };
    const many = async (path: string, body: string, key: string) => {
      const answer = await server.ask(path, { method: 'POST', body, key, headers: lines });
      const told = typeof answer.body === 'string' ? answer.body.trim().split('\n') : [];
      return { ...answer, lines: answer.status === 200 ? told.map((each) => JSON.parse(each)) : [] };
    };
    const payment = (reference: string, amount: string) =>
      JSON.stringify({
        reference,
        direction: 'in',
        day: '2026-11-20',
        from: 'Somebody',
        money: { amount, currency: 'USD' },
      });
    try {
      const { body: description } = await server.ask('/openapi.json');
      const { requestBody } = description.paths['/v1/payments'].post;
      assert.deepEqual(Object.keys(requestBody.content), ['application/json', 'application/x-ndjson']);
      const body = [payment('p-1', '10.00'), '', '{"amount": 1', payment('p-2', 'much'), payment('p-3', '30.00')].join('\n');
      const first = await many('/v1/payments', body, 'bulk-1');
      assert.deepEqual(
        first.lines.map(({ line, status }) => [line, status]),
        [
          [1, 201],
          [3, 400],
          [4, 400],
          [5, 201],
        ],
        JSON.stringify(first.lines),
      );
      assert.deepEqual(
        first.lines.slice(1, 3).map(({ problem }) => problem.code),
        ['api.body-malformed', 'api.field-wrong'],
      );
      const again = await many('/v1/payments', body, 'bulk-1');
      assert.deepEqual(
        again.lines,
        first.lines.map((each, at) => (each.problem === undefined ? each : { ...each, problem: again.lines[at].problem })),
      );
      const { rows } = await database.pool.query('select from payment');
      assert.equal(rows.length, 2);
      // Two of the longest keys that differ in their first letter only.
      const tail = 'k'.repeat(127);
      const [one, other] = [
        await many('/v1/payments', payment('p-4', '40.00'), `a${tail}`),
        await many('/v1/payments', payment('p-4', '40.00'), `b${tail}`),
      ];
      assert.deepEqual([one.lines[0].status, other.lines[0].problem?.status], [201, 409], JSON.stringify([one.lines, other.lines]));
      assert.equal((await many('/v1/payments', '\n\n', 'bulk-2')).body.code, 'api.body-malformed');
      assert.equal((await many('/v1/payments', '{}\n'.repeat(10_001), 'bulk-3')).body.code, 'api.body-too-large');
      assert.equal((await many('/v1/accruals', '{}\n', 'bulk-4')).body.code, 'api.body-type');
    } finally {
      await server.close();
    }
  }));
